"""Who gets which answer: the rules of the house, restated by hand. Imports nothing of the registry."""

from dataclasses import dataclass, field, replace

ABOVE = {"police_north": "police", "police_south": "police", "border_north": "border"}
ABOVE |= {"coast_north": "coast", "customs_north": "customs"}
WORKERS = frozenset({"officer", "releaser", "focal_point", "analyst", "system"})
EVERYBODY = WORKERS | {"secretariat", "auditor", "agency_admin"}
DRAFTERS, HEADS, NOBODY = frozenset({"officer", "system"}), frozenset({"releaser"}), frozenset[str]()

READING: dict[str, frozenset[str]] = {
    "public": EVERYBODY,
    "key": EVERYBODY,
    "delegation": EVERYBODY,
    "docket": WORKERS,
    "item": WORKERS | {"secretariat"},
    "delivery": WORKERS | {"secretariat"},
    "attachment": WORKERS | {"secretariat"},
    "request": WORKERS,
    "figures": WORKERS | {"secretariat"},
    "case": WORKERS,
    "audit": frozenset({"auditor"}),
    "commendation": EVERYBODY,
    "consent": WORKERS,
    "impact": WORKERS,
    "version": WORKERS | {"auditor"},
    "explained": WORKERS | {"auditor"},
    "statement": WORKERS | {"secretariat"},
    "notice": EVERYBODY,
    "report_text": frozenset({"secretariat"}),
    "scorecard": frozenset({"releaser", "analyst", "secretariat"}),
    "reorganisation": EVERYBODY,
}
"""Roles that ever read a kind of record."""


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
    "action_item.decide": Act(SECRETARIAT, "agency", statuses("open")),
    "action_item.end": Act(SECRETARIAT, "agency", statuses("open")),
    "report.ask": Act(EVERYBODY, "self", None, 202, "read"),
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


@dataclass(frozen=True)
class Person:
    """Who asks: roles by unit, what the key may be used for (None: a session), whether known at all."""

    name: str
    roles: dict[str, frozenset[str]] = field(default_factory=dict)
    scopes: frozenset[str] | None = None
    known: bool = True
    stands_in: str = ""
    """The unit for whose head the person decides now."""

    def holds(self, roles: frozenset[str], scope: str) -> bool:
        return (self.scopes is None or scope in self.scopes) and any(held & roles for held in self.roles.values())

    def has(self, roles: frozenset[str], unit: str, scope: str, *, below: bool) -> bool:
        """One of the roles in the unit itself, or (`below`) in the unit above it."""
        units = {unit, ABOVE.get(unit, unit)} if below else {unit}
        return self.holds(roles, scope) and any(self.roles.get(u, NOBODY) & roles for u in units)


@dataclass(frozen=True)
class Thing:
    """What is asked for: its kind, its status, the unit that owns it, the units that received it or take part."""

    kind: str
    name: str = ""
    status: str = ""
    owner: str = ""
    others: tuple[str, ...] = ()
    author: str = ""
    agencies: tuple[str, ...] = ()


def sees(person: Person, thing: Thing) -> bool:
    """Whether the record exists for the person."""

    def reads(roles: frozenset[str], unit: str) -> bool:
        return person.has(roles, unit, "read", below=True)

    delivered = any(reads(READING["item"], unit) for unit in thing.others)
    match thing.kind:
        case "item" | "attachment":
            return reads(WORKERS, thing.owner) or (thing.status == "released" and delivered)
        case "delivery":
            return reads(WORKERS, thing.owner) or delivered
        case "case" | "docket" | "consent" | "request":
            return any(reads(WORKERS, unit) for unit in (thing.owner, *thing.others))
        case "impact" | "version" | "explained":
            return reads(READING[thing.kind], thing.owner)
        case "commendation" | "statement":
            told, others = ("awarded", EVERYBODY) if thing.kind == "commendation" else ("confirmed", SECRETARIAT)
            return reads(WORKERS, thing.owner) or (thing.status == told and person.holds(others, "read"))
        case "delegation" | "reorganisation":
            named = person.name in {thing.name, thing.author}
            return named or person.has(ADMIN, thing.owner, "admin", below=True)
        case "notice":
            return person.name == thing.author and person.holds(EVERYBODY, "read")
        case "key":
            return person.name == thing.author or person.has(ADMIN, thing.owner, "admin", below=True)
    return person.holds(READING[thing.kind], "read")


DELEGATED = {"item.return", "item.release", "item.recall", "case.confirm", "statement.confirm"}
DELEGATED |= {"docket.tell", "docket.end", "item.share", "item.release_correction", "item.withdraw_correction"}
DELEGATED |= {"consent.grant", "consent.refuse", "consent.revoke"}
"""What a delegate of the head decides in the head's unit, signed in. Delegating is not among it."""


def may(person: Person, act_name: str, thing: Thing) -> bool:
    """Whether the person may do the act to the record in any status."""
    act = ACTS[act_name]
    if act.session and person.scopes is not None:
        return False
    units = (thing.owner, *thing.others) if act.where == "unconfirmed" else (thing.owner,)
    if act_name in DELEGATED and person.stands_in and person.stands_in in units:
        return True
    match act.where:
        case "owner":
            return person.has(act.roles, thing.owner, act.scope, below=False)
        case "below":
            return person.has(act.roles, thing.owner, act.scope, below=True)
        case "central":
            return any(person.has(act.roles, unit, act.scope, below=False) for unit in set(person.roles) - set(ABOVE))
        case "self":
            return person.holds(act.roles, act.scope)
        case "agency":
            return any(
                person.has(act.roles, unit, act.scope, below=False)
                for unit in person.roles
                if unit.split("_")[0] in thing.agencies
            )
        case "recipient" | "unconfirmed" | "both":
            units = thing.others if act.where == "recipient" else (thing.owner, *thing.others)
            return any(person.has(act.roles, unit, act.scope, below=False) for unit in units)
    raise AssertionError(act.where)


def expected(person: Person, kind: str, act_name: str | None, thing: Thing | None, *, new: bool = False) -> int:
    """The status code of a request: for reading (no act), or for a write; `new` is what does not exist yet."""
    if not person.known:
        return 401
    if not person.holds(READING[kind], "read"):
        return 403
    if thing is not None and not new and not sees(person, thing):
        return 404
    if act_name is None:
        return 200
    act, subject = ACTS[act_name], thing or Thing(kind)
    if act_name == "consent.ask" and not sees(person, replace(subject, kind="delivery")):
        return 400
    if act_name == "difference.explain":
        return explained(person, act, subject)
    if (
        act_name in {"key.revoke", "delegation.revoke"}
        and person.name == subject.author
        and person.holds(EVERYBODY, "write")
    ):
        return act.answer
    if not may(person, act_name, subject) or (act_name in FOUR_EYES and person.name == subject.author):
        return 403
    return timely(person, act_name, act, subject)


def timely(person: Person, act_name: str, act: Act, subject: Thing) -> int:
    """Whether it can be done now."""
    if act_name in CORRECTED:
        return act.answer if subject.name.split(">")[0].endswith(CORRECTED[act_name]) else 409
    if act.where == "unconfirmed":
        left = any(person.has(act.roles, u, act.scope, below=False) for u in UNCONFIRMED.get(subject.name, ()))
        return act.answer if left else 409
    writing = act_name == "attachment.add" and subject.name.endswith("_correcting")
    return act.answer if act.statuses is None or subject.status in act.statuses or writing else 409


def explained(person: Person, act: Act, subject: Thing) -> int:
    """Of the differences of an agency: its own people in the very unit, or the secretariat of anybody."""
    if not person.holds(act.roles | SECRETARIAT, "write"):
        return 403
    if not sees(person, replace(subject, kind="statement", status="confirmed")):
        return 400
    return act.answer if person.holds(SECRETARIAT, "write") or may(person, "difference.explain", subject) else 403


FOUR_EYES = {"item.release", "item.share", "item.release_correction"}
CORRECTED = {
    "item.withdraw_correction": "_correcting",
    "item.release_correction": "_correcting",
    "delivery.acknowledge_correction": "_corrected",
}
"""What needs a correction that waits, or one that was sent, by the end of the story's name."""

UNCONFIRMED = {"case_joint": ("customs", "border"), "case_north": ("customs_north",)}
"""Units that have not confirmed their part yet, by story."""
