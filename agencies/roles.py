"""Who may do what: the one table. docs/access.md is generated from it.

A role is held in a unit. `GRANTS` says what each role may do; `REACH` says where: reading reaches the unit and
everything below it (a chain of command sees its own), writing stays in the very unit the role is held in.
Write does not imply delete: nothing here deletes a record.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person, or a system, is in a unit for a time."""

    OFFICER = "officer"
    RELEASER = "releaser"
    FOCAL_POINT = "focal_point"
    ANALYST = "analyst"
    SECRETARIAT = "secretariat"
    AUDITOR = "auditor"
    AGENCY_ADMIN = "agency_admin"
    SYSTEM = "system"


class Reach(StrEnum):
    """Where a permission holds, counted from the unit of the role."""

    UNIT = "unit"
    SUBTREE = "subtree"


class Scope(StrEnum):
    """What an API key may be used for; a key never gives more than its user has."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


class Permission(StrEnum):
    """One stable code per thing a person may do."""

    DIRECTORY_READ = "directory.read"
    DOCUMENT_READ = "document.read"
    ITEM_READ_OWN = "item.read_own"
    ITEM_READ_DELIVERED = "item.read_delivered"
    ITEM_DRAFT = "item.draft"
    ITEM_SUBMIT = "item.submit"
    ITEM_RELEASE = "item.release"
    DOCKET_READ = "docket.read"
    DOCKET_WRITE = "docket.write"
    DOCKET_TELL = "docket.tell"
    DELIVERY_HANDLE = "delivery.handle"
    DELIVERY_EVALUATE = "delivery.evaluate"
    CONSENT_READ = "consent.read"
    CONSENT_ASK = "consent.ask"
    REQUEST_READ = "request.read"
    REQUEST_DRAFT = "request.draft"
    REQUEST_SEND = "request.send"
    REQUEST_HANDLE = "request.handle"
    REQUEST_PREPARE = "request.prepare"
    REQUEST_ANSWER = "request.answer"
    REQUEST_MESSAGE = "request.message"
    CASE_READ = "case.read"
    CASE_WRITE = "case.write"
    CASE_CONFIRM = "case.confirm"
    COMMENDATION_READ = "commendation.read"
    COMMENDATION_WRITE = "commendation.write"
    COMMENDATION_DECIDE = "commendation.decide"
    CONFERENCE_READ = "conference.read"
    CONFERENCE_WRITE = "conference.write"
    CONFERENCE_ASSENT = "conference.assent"
    STATEMENT_READ = "statement.read"
    STATEMENT_READ_CONFIRMED = "statement.read_confirmed"
    STATEMENT_WRITE = "statement.write"
    STATEMENT_CONFIRM = "statement.confirm"
    DIFFERENCE_EXPLAIN = "difference.explain"
    REPORT_READ = "report.read"
    REPORT_COUNT_ALL = "report.count_all"
    REPORT_PREPARE = "report.prepare"
    REPORT_SEAL = "report.seal"
    REPORT_NARRATE = "report.narrate"
    SCORECARD_READ = "scorecard.read"
    DELEGATION_GIVE = "delegation.give"
    NOTICE_READ = "notice.read"
    NOTICE_MANAGE = "notice.manage"
    AUDIT_READ = "audit.read"
    PEOPLE_MANAGE = "people.manage"
    UNIT_MANAGE = "unit.manage"
    KEY_MANAGE = "key.manage"


P = Permission

_EVERYONE = frozenset(
    {P.DIRECTORY_READ, P.DOCUMENT_READ, P.CONFERENCE_READ, P.REPORT_READ, P.NOTICE_READ, P.NOTICE_MANAGE}
)
_READER = _EVERYONE | {
    P.ITEM_READ_OWN,
    P.ITEM_READ_DELIVERED,
    P.CONSENT_READ,
    P.CONSENT_ASK,
    P.DOCKET_READ,
    P.REQUEST_READ,
    P.REQUEST_MESSAGE,
    P.CASE_READ,
    P.COMMENDATION_READ,
    P.STATEMENT_READ,
}

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: _READER
    | {
        P.ITEM_DRAFT,
        P.ITEM_SUBMIT,
        P.DOCKET_WRITE,
        P.REQUEST_DRAFT,
        P.REQUEST_PREPARE,
        P.CASE_WRITE,
        P.COMMENDATION_WRITE,
        P.STATEMENT_WRITE,
        P.DIFFERENCE_EXPLAIN,
    },
    Role.RELEASER: _READER
    | {P.ITEM_RELEASE, P.DOCKET_TELL, P.REQUEST_SEND, P.REQUEST_ANSWER}
    | {P.CASE_WRITE, P.CASE_CONFIRM, P.STATEMENT_CONFIRM, P.DIFFERENCE_EXPLAIN}
    | {P.COMMENDATION_WRITE, P.COMMENDATION_DECIDE}
    | {P.DELEGATION_GIVE, P.SCORECARD_READ, P.CONFERENCE_ASSENT, P.REPORT_SEAL},
    Role.FOCAL_POINT: _READER | {P.DELIVERY_HANDLE, P.DOCKET_WRITE, P.REQUEST_HANDLE, P.CASE_CONFIRM},
    Role.ANALYST: _READER | {P.DELIVERY_EVALUATE, P.REQUEST_PREPARE, P.SCORECARD_READ},
    Role.SECRETARIAT: _EVERYONE
    | {P.ITEM_READ_DELIVERED, P.CONFERENCE_WRITE, P.CONFERENCE_ASSENT, P.STATEMENT_READ_CONFIRMED, P.DIFFERENCE_EXPLAIN}
    | {P.REPORT_COUNT_ALL, P.REPORT_NARRATE, P.REPORT_PREPARE, P.SCORECARD_READ},
    Role.AUDITOR: _EVERYONE | {P.AUDIT_READ},
    Role.AGENCY_ADMIN: _EVERYONE | {P.PEOPLE_MANAGE, P.UNIT_MANAGE, P.KEY_MANAGE},
    Role.SYSTEM: _READER
    | {P.ITEM_DRAFT, P.ITEM_SUBMIT, P.DELIVERY_HANDLE, P.DELIVERY_EVALUATE, P.CASE_WRITE, P.STATEMENT_WRITE}
    | {P.REQUEST_DRAFT, P.REQUEST_HANDLE, P.REQUEST_PREPARE},
}

_SUBTREE = {
    P.DIRECTORY_READ,
    P.DOCUMENT_READ,
    P.ITEM_READ_OWN,
    P.ITEM_READ_DELIVERED,
    P.CONSENT_READ,
    P.DOCKET_READ,
    P.REQUEST_READ,
    P.CASE_READ,
    P.COMMENDATION_READ,
    P.CONFERENCE_READ,
    P.STATEMENT_READ,
    P.STATEMENT_READ_CONFIRMED,
    P.REPORT_READ,
    P.REPORT_COUNT_ALL,
    P.SCORECARD_READ,
    P.AUDIT_READ,
    P.PEOPLE_MANAGE,
    P.UNIT_MANAGE,
    P.KEY_MANAGE,
}
REACH: dict[Permission, Reach] = {p: Reach.SUBTREE if p in _SUBTREE else Reach.UNIT for p in P}

DELEGABLE: tuple[Permission, ...] = (P.ITEM_RELEASE, P.DOCKET_TELL, P.CASE_CONFIRM, P.STATEMENT_CONFIRM)
"""What a head may delegate: decisions that cannot wait. Not among them: delegating itself, so nobody sub-delegates."""

DELEGATES: tuple[Role, ...] = (Role.OFFICER, Role.FOCAL_POINT, Role.ANALYST)
"""Whom it may be delegated to: people who read the unit's own records. No system stands in for a head; an auditor, an
administrator and the secretariat would lose what sets them apart."""

_ADMIN = {P.PEOPLE_MANAGE, P.UNIT_MANAGE, P.KEY_MANAGE}


def scope_of(permission: Permission) -> Scope:
    """The API key scope that a permission needs."""
    if permission in _ADMIN:
        return Scope.ADMIN
    is_read = ".read" in permission or permission is P.REPORT_COUNT_ALL
    return Scope.READ if is_read else Scope.WRITE
