"""What can be done, by which roles, in which unit of the record and in which status: restated by hand."""

from dataclasses import dataclass

WORKERS = frozenset({"officer", "releaser", "focal_point", "analyst", "system"})
EVERYBODY = WORKERS | {"secretariat", "auditor", "agency_admin"}
DRAFTERS, HEADS, NOBODY = frozenset({"officer", "system"}), frozenset({"releaser"}), frozenset[str]()


@dataclass(frozen=True)
class Act:
    """A write: the roles that may do it in which unit of the record, the statuses in which it can be done."""

    roles: frozenset[str]
    where: str
    statuses: frozenset[str] | None = None
    answer: int = 200
    scope: str = "write"
    session: bool = False
    """Only for whoever is signed in: no key does it."""


def statuses(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEAD = DRAFTERS | HEADS
HANDLERS = frozenset({"focal_point", "system"})
SECRETARIAT, ADMIN = frozenset({"secretariat"}), frozenset({"agency_admin"})
OWED = statuses("sent received")
BEFORE_APPROVAL = statuses("planned convened minuted")
ACTS: dict[str, Act] = {
    "item.create": Act(DRAFTERS, "owner", None, 201),
    "item.edit": Act(DRAFTERS, "owner", statuses("draft returned")),
    "item.submit": Act(DRAFTERS, "owner", statuses("draft returned")),
    "item.return": Act(HEADS, "owner", statuses("submitted")),
    "item.release": Act(HEADS, "owner", statuses("submitted")),
    "item.recall": Act(HEADS, "owner", statuses("released")),
    "item.readers": Act(WORKERS, "below", None, 200, "read"),
    "item.preview": Act(WORKERS, "below", None, 200, "read"),
    "item.share": Act(HEADS, "owner", statuses("released")),
    "item.correct": Act(DRAFTERS, "owner", statuses("released")),
    "item.withdraw_correction": Act(DRAFTERS | HEADS, "owner"),
    "item.release_correction": Act(HEADS, "owner"),
    "attachment.add": Act(DRAFTERS, "owner", statuses("draft returned"), 201),
    "attachment.remove": Act(DRAFTERS, "owner", statuses("draft returned")),
    "delivery.acknowledge": Act(HANDLERS, "recipient", statuses("delivered opened")),
    "delivery.evaluate": Act(frozenset({"analyst", "system"}), "recipient", statuses("acknowledged evaluated used")),
    "delivery.assign": Act(HANDLERS, "recipient", statuses("delivered opened acknowledged evaluated used")),
    "delivery.acknowledge_correction": Act(HANDLERS, "recipient"),
    "delivery.acknowledge_recall": Act(HANDLERS, "recipient", statuses("recalled")),
    "delivery.confirm_disposal": Act(HANDLERS, "recipient", statuses("recalled")),
    "delivery.pass_on": Act(HANDLERS, "recipient", statuses("delivered opened acknowledged evaluated used"), 422),
    "consent.ask": Act(WORKERS, "recipient", None, 201),
    "consent.grant": Act(HEADS, "owner", statuses("asked")),
    "consent.refuse": Act(HEADS, "owner", statuses("asked")),
    "consent.revoke": Act(HEADS, "owner", statuses("granted")),
    "consent.withdraw": Act(WORKERS, "recipient", statuses("asked")),
    "request.create": Act(DRAFTERS, "owner", None, 201),
    "request.edit": Act(DRAFTERS, "owner", statuses("draft")),
    "request.discard": Act(DRAFTERS, "owner", statuses("draft")),
    "request.send": Act(HEADS, "owner", statuses("draft")),
    "request.receive": Act(HANDLERS, "recipient", statuses("sent")),
    "request.prepare": Act(frozenset({"officer", "analyst", "system"}), "recipient", OWED),
    "request.answer": Act(HEADS, "recipient", OWED),
    "request.refuse": Act(HEADS, "recipient", OWED),
    "request.withdraw": Act(HEADS, "owner", OWED),
    "request.reopen": Act(HEADS, "owner", statuses("answered refused")),
    "request.message": Act(WORKERS, "both", OWED, 201),
    "case.create": Act(LEAD, "owner", None, 201),
    "case.edit": Act(LEAD, "owner", statuses("open")),
    "case.close": Act(LEAD, "owner", statuses("open")),
    "case.reopen": Act(LEAD, "owner", statuses("closed")),
    "case.confirm": Act(frozenset({"releaser", "focal_point"}), "unconfirmed"),
    "case.join": Act(LEAD, "owner", statuses("open"), 201),
    "case.leave": Act(LEAD, "owner", statuses("open")),
    "case.lot": Act(LEAD, "owner", statuses("open"), 201),
    "case.weigh": Act(LEAD, "owner", statuses("open")),
    "case.link": Act(LEAD, "owner", statuses("open"), 201),
    "case.entry": Act(LEAD, "both", statuses("open"), 201),
    "case.receive": Act(frozenset({"releaser", "focal_point"}), "recipient"),
    "case.task_force": Act(LEAD, "owner", statuses("open"), 201),
    "case.end_task_force": Act(LEAD, "owner", statuses("open")),
    "lot.custody": Act(LEAD, "owner", None, 201),
    "lot.reweigh": Act(LEAD, "owner", statuses("open")),
    "lot.split": Act(LEAD, "owner", statuses("open"), 201),
    "lot.merge": Act(LEAD, "owner", statuses("open"), 201),
    "lot.compare": Act(LEAD, "owner"),
    "conference.create": Act(SECRETARIAT, "agency", None, 201),
    "conference.edit": Act(SECRETARIAT, "agency", BEFORE_APPROVAL),
    "conference.convene": Act(SECRETARIAT, "agency", statuses("planned")),
    "conference.minute": Act(SECRETARIAT, "agency", statuses("convened")),
    "conference.approve": Act(SECRETARIAT, "agency", statuses("minuted")),
    "conference.attendance": Act(SECRETARIAT, "agency", statuses("planned"), 201),
    "conference.invite": Act(SECRETARIAT, "agency", statuses("planned")),
    "conference.tick": Act(SECRETARIAT, "agency", statuses("planned")),
    "conference.agenda": Act(SECRETARIAT, "agency", statuses("planned"), 201),
    "conference.reorder": Act(SECRETARIAT, "agency", statuses("planned")),
    "conference.paper": Act(SECRETARIAT, "agency", BEFORE_APPROVAL, 201),
    "conference.copy": Act(SECRETARIAT, "agency"),
    "conference.assent": Act(HEADS | SECRETARIAT, "central", None, 201),
    "conference.set_aside": Act(SECRETARIAT, "agency"),
    "conference.resolution": Act(SECRETARIAT, "agency", statuses("convened minuted"), 201),
    "conference.action_item": Act(SECRETARIAT, "agency", statuses("convened minuted approved"), 201),
    "commendation.create": Act(frozenset({"officer", "releaser"}), "owner", None, 201),
    "commendation.decide": Act(HEADS, "owner", statuses("nominated")),
    "commendation.withdraw": Act(frozenset({"officer", "releaser"}), "owner", statuses("nominated")),
    "conference.register": Act(SECRETARIAT, "agency", statuses("approved"), 201),
    "action_item.show": Act(SECRETARIAT, "agency", statuses("open"), 201),
    "action_item.end": Act(SECRETARIAT, "agency", statuses("open")),
    "action_item.decide": Act(SECRETARIAT, "agency", statuses("open")),
    "report.ask": Act(EVERYBODY, "self", None, 202, "read"),
    "report.seal": Act(HEADS, "owner", statuses("prepared")),
    "report.withdraw": Act(HEADS | SECRETARIAT, "owner", statuses("prepared")),
    "report.take": Act(EVERYBODY, "self", None, 200, "read"),
    "report.inspect": Act(HEADS, "owner", statuses("sealed")),
    "report.prepare": Act(SECRETARIAT, "self", None, 202),
    "statement.create": Act(DRAFTERS, "owner", None, 201),
    "statement.edit": Act(DRAFTERS, "owner", statuses("draft")),
    "statement.prefill": Act(DRAFTERS, "owner", statuses("draft"), 422),
    "statement.sheet": Act(DRAFTERS, "owner", statuses("draft"), 400),
    "statement.confirm": Act(HEADS, "owner", statuses("draft")),
    "difference.explain": Act(frozenset({"officer", "releaser"}), "owner", None, 201),
    "report_text.create": Act(SECRETARIAT, "agency", None, 201),
    "report_text.write": Act(SECRETARIAT, "agency"),
    "docket.create": Act(frozenset({"officer", "focal_point"}), "owner", None, 201),
    "docket.tell": Act(HEADS, "owner", statuses("held")),
    "docket.end": Act(HEADS, "owner", statuses("held")),
    "delegation.give": Act(HEADS, "owner", None, 201, session=True),
    "delegation.revoke": Act(ADMIN, "below", None, 200, "admin"),
    "notice.read": Act(EVERYBODY, "self"),
    "notice.read_all": Act(EVERYBODY, "self"),
    "notice.choose": Act(EVERYBODY, "self"),
    "unit.rename": Act(ADMIN, "below", None, 200, "admin"),
    "quantity.read": Act(EVERYBODY, "self", None, 200, "read"),
    "reorganisation.plan": Act(ADMIN, "below", None, 201, "admin"),
    "reorganisation.change": Act(ADMIN, "below", statuses("draft"), 200, "admin"),
    "reorganisation.apply": Act(ADMIN, "below", statuses("draft"), 200, "admin"),
    "reorganisation.undo": Act(ADMIN, "below", statuses("applied"), 200, "admin"),
    "key.issue": Act(ADMIN, "below", None, 201, "admin"),
    "key.revoke": Act(ADMIN, "below", None, 200, "admin"),
}
