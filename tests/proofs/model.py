"""An item and its deliveries as the rules of the house say, in plain Python: what happens, or which refusal is due.

Written from the rules by hand; imports nothing of the registry. The item belongs to central police.
"""

from dataclasses import dataclass, field

ROLES: dict[str, tuple[str, frozenset[str]]] = {
    "police_officer": ("police", frozenset({"officer"})),
    "police_officer_2": ("police", frozenset({"officer"})),
    "police_officer_and_head": ("police", frozenset({"officer", "releaser"})),
    "police_head": ("police", frozenset({"releaser"})),
    "north_head": ("police_north", frozenset({"releaser"})),
    "customs_head": ("customs", frozenset({"releaser"})),
    "customs_officer": ("customs", frozenset({"officer"})),
    "customs_focal_point": ("customs", frozenset({"focal_point"})),
    "customs_analyst": ("customs", frozenset({"analyst"})),
    "customs_system": ("customs", frozenset({"system"})),
    "border_focal_point": ("border", frozenset({"focal_point"})),
    "border_analyst": ("border", frozenset({"analyst"})),
    "coast_focal_point": ("coast", frozenset({"focal_point"})),
    "secretariat": ("police", frozenset({"secretariat"})),
}
READERS = {"officer", "releaser", "focal_point", "analyst", "system", "secretariat"}
PEOPLE_OF: dict[str, set[str]] = {
    "edit": {"officer", "system"},
    "submit": {"officer", "system"},
    "return": {"releaser"},
    "release": {"releaser"},
    "recall": {"releaser"},
    "open": READERS,
    "acknowledge": {"focal_point", "system"},
    "assign": {"focal_point", "system"},
    "evaluate": {"analyst", "system"},
    "use": {"officer", "releaser", "system"},
}
MOVES: dict[tuple[str, str], str] = {
    ("draft", "submit"): "submitted",
    ("returned", "submit"): "submitted",
    ("submitted", "return"): "returned",
    ("submitted", "release"): "released",
    ("released", "recall"): "recalled",
    ("draft", "edit"): "draft",
    ("returned", "edit"): "returned",
}
RECEIPTS: dict[tuple[str, str], str] = {
    ("delivered", "open"): "opened",
    ("delivered", "acknowledge"): "acknowledged",
    ("opened", "acknowledge"): "acknowledged",
    ("acknowledged", "evaluate"): "evaluated",
    ("acknowledged", "use"): "used",
    ("evaluated", "use"): "used",
    ("evaluated", "evaluate"): "evaluated",
    ("used", "evaluate"): "used",
} | {(status, "assign"): status for status in ("delivered", "opened", "acknowledged", "evaluated", "used")}

DONE, WRONG_PERSON, WRONG_STATUS, STALE = "done", "NotPermitted", "Conflict", "Stale"
INVALID, INCOMPLETE = "Invalid", "Incomplete"


def may(verb: str, who: str, unit: str) -> bool:
    """Whether the person may do this in the very unit."""
    own, roles = ROLES[who]
    return own == unit and bool(roles & PEOPLE_OF[verb])


@dataclass
class Item:
    """What is known of the item after what has happened."""

    author: str = "police_officer"
    editors: set[str] = field(default_factory=lambda: {"police_officer"})
    status: str = "draft"
    recipients: set[str] = field(default_factory=set)
    graded: bool = True
    deliveries: dict[str, str] = field(default_factory=dict)
    events: int = 1
    revision: int = 1

    def _done(self) -> str:
        self.events += 1
        self.revision += 1
        return DONE

    def move(
        self, verb: str, who: str, *, stale: bool = False, blank: bool = False,
        to: tuple[str, ...] | None = None, graded: bool | None = None, preview: str = "seen",
    ) -> str:  # fmt: skip
        """A move or an edit of the item: the refusals in the order in which they are said."""
        if stale:
            return STALE
        if not may(verb, who, "police"):
            return WRONG_PERSON
        if (self.status, verb) not in MOVES:
            return WRONG_STATUS
        if verb in {"return", "recall"} and blank:
            return INVALID
        if verb == "release" and who in {self.author, *self.editors}:
            return WRONG_PERSON
        if to is not None and "police" in to:
            return INVALID
        if verb == "release" and not (set(to) if to is not None else self.recipients):
            return INCOMPLETE
        if verb == "release" and (not self.graded or preview == "none"):
            return INCOMPLETE
        if verb == "release" and preview == "other":
            return WRONG_STATUS
        self._change(verb, who, to, graded)
        return self._done()

    def _change(self, verb: str, who: str, to: tuple[str, ...] | None, graded: bool | None) -> None:
        if to is not None:
            self.recipients = set(to)
        if verb == "edit":
            self.editors.add(who)
            self.graded = self.graded if graded is None else graded
        if verb == "release":
            self.deliveries = dict.fromkeys(self.recipients, "delivered")
        if verb == "recall":
            self.deliveries = dict.fromkeys(self.deliveries, "recalled")
        self.status = MOVES[self.status, verb]

    def receive(self, verb: str, who: str, unit: str, *, wrong: bool = False) -> str:
        """What a recipient does with its delivery; `wrong` is an unknown code or somebody of another unit."""
        if not may(verb, who, unit):
            return WRONG_PERSON
        if (self.deliveries[unit], verb) not in RECEIPTS:
            return WRONG_STATUS
        if verb in {"evaluate", "assign"} and wrong:
            return INVALID
        self.deliveries[unit] = RECEIPTS[self.deliveries[unit], verb]
        self.events += 1
        return DONE
