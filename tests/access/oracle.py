"""Who gets which answer: the rules of the house, restated by hand. Imports nothing of the registry."""

from dataclasses import dataclass, field, replace

from tests.access.acts import ACTS, ADMIN, EVERYBODY, HEADS, NOBODY, SECRETARIAT, WORKERS, Act

ABOVE = {"police_north": "police", "police_south": "police", "border_north": "border"}
ABOVE |= {"coast_north": "coast", "customs_north": "customs"}

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
    "sealed": EVERYBODY,
    "paper": EVERYBODY,
}
"""Roles that ever read a kind of record."""


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


def sees_told(person: Person, thing: Thing) -> bool:
    """What belongs to a unit until it is told to others: in which statuses, and to whom."""
    told, others = TOLD[thing.kind]
    if thing.kind == "sealed":
        mine = person.has(HEADS | SECRETARIAT, thing.owner, "write", below=False) and person.holds(EVERYBODY, "read")
    else:
        mine = person.has(EVERYBODY if thing.kind == "paper" else WORKERS, thing.owner, "read", below=True)
    return mine or (thing.status in told and person.holds(others, "read"))


TOLD = {
    "commendation": ({"awarded"}, EVERYBODY),
    "statement": ({"confirmed"}, SECRETARIAT),
    "sealed": ({"prepared", "sealed"}, EVERYBODY),
    "paper": ({"to_all"}, EVERYBODY),
}


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
        case "commendation" | "statement" | "sealed" | "paper":
            return sees_told(person, thing)
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
    if act_name == "report.inspect" and person.holds(SECRETARIAT, "read"):
        return True
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
