"""The fixed cast of the tests: four small agencies, people named by what they are, and stories about them.

Everything is made through the real actions. The fixture `cast` (conftest.py) hands it to a test from a database of its
own, made once per session; what a test does to it is rolled back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from agencies.actions import create_user, end_role, grant_role, issue_key, set_active
from agencies.delegations import delegate, revoke_delegation
from agencies.models import ApiKey, Delegation, Unit, User, today
from agencies.roles import Role, Scope
from agencies.seeding import load_directory
from registry.cases.models import JointCase
from registry.conferences.models import ActionItem, Conference
from registry.information import actions, receipts
from registry.information.access import rebuild_access
from registry.information.models import Consent, Delivery, Docket, InformationItem
from registry.notices.models import Notice
from registry.reference.actions import load_vocabularies
from registry.reference.models import Topic
from registry.reorganisations.models import Reorganisation
from registry.requests.models import InformationRequest
from reports.models import Statement
from tests import reorganised, stories

LONG_AGO = date(2020, 1, 1)
SPRING = datetime(2024, 5, 14, 2, 0, tzinfo=UTC)
"""When the stories begin: 09:00 on 14 May 2024 in Viet Nam, inside 2024-Q2."""

DIRECTORY: dict[str, Any] = {
    "legal_bases": {"law-1": {"title_vi": "Luật một", "title_en": "Law one"}},
    "places": {
        "north-place": {"kind": "province", "names": [{"language": "vi", "name": "Tỉnh Bắc"}]},
        "south-place": {"kind": "city", "names": [{"language": "vi", "name": "Thành phố Nam"}]},
    },
    "agencies": {
        "POLICE": {"protocol_order": 1, "names": [{"language": "vi", "name": "Công an"}]},
        "BORDERGUARD": {"protocol_order": 2, "names": [{"language": "vi", "name": "Biên phòng"}]},
        "COASTGUARD": {"protocol_order": 3, "names": [{"language": "vi", "name": "Cảnh sát biển"}]},
        "CUSTOMS": {"protocol_order": 4, "names": [{"language": "vi", "name": "Hải quan"}]},
    },
    "areas": {
        "border": {
            "name_vi": "Biên giới",
            "name_en": "Border",
            "leads": [{"agency": "BORDERGUARD", "legal_basis": "law-1"}],
        },
        "sea": {"name_vi": "Biển", "name_en": "Sea", "leads": [{"agency": "COASTGUARD", "legal_basis": "law-1"}]},
        "customs": {
            "name_vi": "Hải quan",
            "name_en": "Customs",
            "leads": [{"agency": "CUSTOMS", "legal_basis": "law-1"}],
        },
        "inland": {"name_vi": "Nội địa", "name_en": "Inland", "leads": [{"agency": "POLICE", "legal_basis": "law-1"}]},
    },
    "units": {
        code: {
            "agency": agency,
            "level": "regional" if parent else "central",
            "names": [{"language": "vi", "name": f"Đơn vị {code}"}, {"language": "en", "name": f"Unit {code}"}],
            "placements": [{"parent": parent} if parent else {}],
        }
        for code, agency, parent in (
            ("police", "POLICE", None),
            ("police_north", "POLICE", "police"),
            ("police_south", "POLICE", "police"),
            ("border", "BORDERGUARD", None),
            ("border_north", "BORDERGUARD", "border"),
            ("coast", "COASTGUARD", None),
            ("coast_north", "COASTGUARD", "coast"),
            ("customs", "CUSTOMS", None),
            ("customs_north", "CUSTOMS", "customs"),
        )
    },
}

VOCABULARIES: dict[str, Any] = {
    "topics": {
        "crime_situation": {"name_vi": "Tình hình tội phạm", "name_en": "Crime situation", "order": 1},
        "methods": {"name_vi": "Phương thức, thủ đoạn", "name_en": "Methods", "order": 2},
    },
    "units_of_measure": {
        "g": {
            "name_vi": "gam",
            "name_en": "gram",
            "symbol_vi": "g",
            "symbol_en": "g",
            "dimension": "mass",
            "factor": "1",
        },
        "kg": {
            "name_vi": "kilôgam",
            "name_en": "kilogram",
            "symbol_vi": "kg",
            "symbol_en": "kg",
            "dimension": "mass",
            "factor": "1000",
        },
        "tablet": {
            "name_vi": "viên",
            "name_en": "tablet",
            "symbol_vi": "viên",
            "symbol_en": "tablet",
            "dimension": "tablet",
            "factor": "1",
        },
        "case": {
            "name_vi": "vụ",
            "name_en": "case",
            "symbol_vi": "vụ",
            "symbol_en": "cases",
            "dimension": "count",
            "factor": "1",
        },
    },
    "substances": {
        "heroin": {"name_vi": "Heroin", "name_en": "Heroin"},
        "methamphetamine": {"name_vi": "Methamphetamine", "name_en": "Methamphetamine"},
    },
    "metrics": {
        "information_shared": {"name_vi": "Nguồn tin", "name_en": "Information", "dimension": "count"},
        "drug_cases": {"name_vi": "Số vụ", "name_en": "Cases", "dimension": "count", "order": 2},
    },
    "traps": {"T-DECIMAL": {"name_vi": "Dấu phẩy", "name_en": "Comma", "handling_vi": "Giữ", "handling_en": "Kept"}},
}

PEOPLE: dict[str, tuple[str, str]] = {
    # central police: the originator of most stories
    "police_officer": ("police", "officer"),
    "police_officer_2": ("police", "officer"),
    "police_head": ("police", "releaser"),
    "police_focal_point": ("police", "focal_point"),
    "police_analyst": ("police", "analyst"),
    "police_system": ("police", "system"),
    # two units below it: the originator of the other stories, and its sibling
    "north_officer": ("police_north", "officer"),
    "north_head": ("police_north", "releaser"),
    "north_focal_point": ("police_north", "focal_point"),
    "north_analyst": ("police_north", "analyst"),
    "south_officer": ("police_south", "officer"),
    "south_head": ("police_south", "releaser"),
    "south_focal_point": ("police_south", "focal_point"),
    # customs: a recipient, and a unit below it
    "customs_officer": ("customs", "officer"),
    "customs_head": ("customs", "releaser"),
    "customs_focal_point": ("customs", "focal_point"),
    "customs_analyst": ("customs", "analyst"),
    "customs_system": ("customs", "system"),
    "customs_north_officer": ("customs_north", "officer"),
    "customs_north_focal_point": ("customs_north", "focal_point"),
    # border guard: a recipient of some
    "border_officer": ("border", "officer"),
    "border_head": ("border", "releaser"),
    "border_focal_point": ("border", "focal_point"),
    "border_analyst": ("border", "analyst"),
    # coast guard: never a recipient
    "coast_officer": ("coast", "officer"),
    "coast_head": ("coast", "releaser"),
    "coast_focal_point": ("coast", "focal_point"),
    "coast_analyst": ("coast", "analyst"),
    # those who do not work on items
    "secretariat": ("police", "secretariat"),
    "customs_secretariat": ("customs", "secretariat"),
    "auditor": ("police", "auditor"),
    "customs_auditor": ("customs", "auditor"),
    "police_admin": ("police", "agency_admin"),
    "customs_admin": ("customs", "agency_admin"),
    # those who stand in, or stood in, for the head of central police
    "delegate": ("police", "officer"),
    "ended_delegate": ("police", "officer"),
    "disabled": ("police", "officer"),
    "former": ("police", "officer"),
}
"""Who: unit and role. `disabled` was shut out, `former`'s role has ended; `police_officer_and_head` holds two roles,
`two_units` is an officer of central police and of border guard, `operator` is the superuser without any role."""

GRADES = {"source_grade": "B", "information_grade": "2"}
CONTENT: dict[str, Any] = {"body": "Nội dung của tin.", "facts_from": date(2024, 5, 1), **GRADES}

RELEASED_TO: dict[str, tuple[str, ...]] = {
    "released_to_customs": ("customs",),
    "released_to_two": ("customs", "border"),
    "released_below": ("customs_north",),
    "released_inside": ("police_south",),
    "correcting": ("customs",),
    "corrected": ("customs",),
}
"""Released stories and who got them. `released_inside` goes to a sister unit of the originator's own agency. Of
`correcting` a correction waits for its release, `corrected` has been corrected."""

DELIVERY_STORIES = ("opened", "acknowledged", "evaluated", "used")


@dataclass
class Cast:
    """Who is there, and what has happened."""

    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    """Bearer secrets by person (scopes read and write), and of `read_only`, `write_only` (police_officer),
    `expired`, `revoked` (police_officer), `admin_key` (police_admin, scope admin too)."""
    items: dict[str, InformationItem] = field(default_factory=dict)
    """`police_draft`, `north_released_to_two`, `police_acknowledged`...: owner and story."""
    dockets: dict[str, Docket] = field(default_factory=dict)
    requests: dict[str, InformationRequest] = field(default_factory=dict)
    cases: dict[str, JointCase] = field(default_factory=dict)
    conferences: dict[str, Conference] = field(default_factory=dict)
    action_items: dict[str, ActionItem] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    consents: dict[str, Consent] = field(default_factory=dict)
    """By status: customs asks to quote what central police released to two."""
    notices: dict[str, Notice] = field(default_factory=dict)
    """By the person who was told."""
    keys: dict[str, ApiKey] = field(default_factory=dict)
    """By person, as `secrets`."""
    delegations: dict[str, Delegation] = field(default_factory=dict)
    """By whoever got it: `delegate`, `ended_delegate` (taken back), both of everything `police_head` can give."""

    reorganisations: dict[str, Reorganisation] = field(default_factory=dict)
    """Renamings in 2099: `police_draft`, `police_applied`, `police_undone`, `customs_draft`."""

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["people"][name]  # type: ignore[no-any-return]
        except KeyError:
            raise AttributeError(name) from None

    def delivery(self, item: str, unit: str = "customs") -> Delivery:
        """The delivery of a story to a unit."""
        return Delivery.objects.get(item=self.items[item], unit=self.units[unit])

    def again(self, name: str) -> User:
        """The person read anew: nothing remembered from before."""
        return User.objects.get(pk=self.people[name].pk)

    def fresh(self, item: str) -> InformationItem:
        """The story's item as it stands now."""
        return InformationItem.objects.get(pk=self.items[item].pk)


def build_cast() -> Cast:
    """Directory, people, keys, stories."""
    load_directory(data=DIRECTORY)
    rebuild_access()
    load_vocabularies(data=VOCABULARIES)
    cast = Cast(units={unit.code: unit for unit in Unit.objects.all()})
    _people(cast)
    _keys(cast)
    _delegations(cast)
    for owner in ("police", "north"):
        _stories(cast, owner)
    cast.consents = stories.consents(cast.people, cast.delivery("police_released_to_two"))
    cast.dockets = stories.dockets(cast.people, cast.units)
    cast.requests = stories.requests(cast.people, cast.units)
    cast.cases = stories.cases(cast.people, cast.units)
    cast.conferences, cast.action_items = stories.conferences(cast.people, cast.units)
    cast.statements = stories.statements(cast.people, cast.units)
    cast.notices = stories.notices(cast.people, cast.units)
    cast.reorganisations = reorganised.renamings(cast.people, cast.units)
    cast.keys = {key.name: key for key in ApiKey.objects.all()}
    return cast


def _people(cast: Cast) -> None:
    for name, (unit, role) in PEOPLE.items():
        cast.people[name] = _person(cast, name, unit, role)
    both = _person(cast, "police_officer_and_head", "police", "officer")
    grant_role(user=both, unit=cast.units["police"], role=Role.RELEASER, by=None, valid_from=LONG_AGO)
    two = _person(cast, "two_units", "police", "officer")
    grant_role(user=two, unit=cast.units["border"], role=Role.OFFICER, by=None, valid_from=LONG_AGO)
    cast.people |= {"police_officer_and_head": both, "two_units": two}
    cast.people["operator"] = User.objects.create_superuser("operator")


def _person(cast: Cast, name: str, unit: str, role: str) -> User:
    """An account without a password: tests sign it in directly, or use its key."""
    made = create_user(
        username=name,
        password=None,
        display_name=name.replace("_", " ").capitalize(),
        unit=cast.units[unit],
        role=Role(role),
        by=None,
        valid_from=LONG_AGO,
        synthetic=True,
    )
    return User.objects.get(pk=made.pk)


def _keys(cast: Cast) -> None:
    both = [Scope.READ, Scope.WRITE]
    for name, user in cast.people.items():
        if user.is_superuser:
            continue
        unit = cast.units["police"] if name == "two_units" else user.current_memberships[0].unit
        _key, cast.secrets[name] = issue_key(user=user, unit=unit, name=name, scopes=both, by=None)
    police, officer, admin = cast.units["police"], cast.police_officer, cast.police_admin
    extra: Mapping[str, tuple[User, list[Scope]]] = {
        "read_only": (officer, [Scope.READ]),
        "write_only": (officer, [Scope.WRITE]),
        "expired": (officer, both),
        "revoked": (officer, both),
        "admin_key": (admin, [*both, Scope.ADMIN]),
    }
    for name, (user, scopes) in extra.items():
        key, cast.secrets[name] = issue_key(user=user, unit=police, name=name, scopes=scopes, by=None)
        if name == "expired":
            key.created_at, key.expires_at = SPRING, SPRING + timedelta(days=1)
            key.save()
        if name == "revoked":
            key.revoked_at = SPRING
            key.save()
    set_active(user=cast.disabled, active=False, by=None)
    end_role(membership=cast.former.memberships.get(), by=None, on=date(2024, 1, 1))
    cast.people |= {name: User.objects.get(pk=user.pk) for name, user in cast.people.items()}


def _delegations(cast: Cast) -> None:
    for name in ("delegate", "ended_delegate"):
        cast.delegations[name] = delegate(
            by=cast.police_head,
            unit=cast.units["police"],
            username=name,
            scope=["item.release", "docket.tell", "case.confirm", "statement.confirm"],
            starts_on=today(),
            ends_on=today() + timedelta(days=60),
            reason="Giấy ủy quyền số 1.",
            synthetic=True,
        )
    cast.delegations["ended_delegate"] = revoke_delegation(
        delegation=cast.delegations["ended_delegate"], by=cast.police_head
    )


def content(title: str, **changes: Any) -> dict[str, Any]:
    """What an author writes, complete enough for a release."""
    return {"title": title, "topic": Topic.objects.get(code="methods"), **CONTENT, **changes}


def draft(
    cast: Cast, *, by: User, unit: str = "police", title: str = "Bản thảo", to: tuple[str, ...] = ()
) -> InformationItem:
    """A draft of the unit, its recipients noted."""
    recipients = [cast.units[code] for code in to]
    return actions.create_item(
        unit=cast.units[unit], by=by, content=content(title), recipients=recipients, at=SPRING, synthetic=True
    )


def released(
    cast: Cast,
    *,
    by: User,
    head: User,
    unit: str = "police",
    title: str = "Tin đã gửi",
    to: tuple[str, ...] = ("customs",),
) -> InformationItem:
    """An item written, submitted and released."""
    item = draft(cast, by=by, unit=unit, title=title, to=to)
    actions.submit_item(item=item, by=by, at=SPRING + timedelta(hours=1))
    return release(item, by=head, at=SPRING + timedelta(hours=2))


def release(item: InformationItem, *, by: User, **given: Any) -> InformationItem:
    """Look at the preview and release what it shows."""
    preview = actions.preview_release(item=item, by=by, recipients=given.get("recipients")).hash
    return actions.release_item(item=item, by=by, preview=preview, **given)


def _stories(cast: Cast, owner: str) -> None:
    """One item in every status, one delivery in every status."""
    unit = "police" if owner == "police" else "police_north"
    officer, head = cast.people[f"{owner}_officer"], cast.people[f"{owner}_head"]
    made = {"draft": draft(cast, by=officer, unit=unit, title=f"Tin nháp {owner}", to=("customs",))}
    for story in ("submitted", "returned"):
        item = draft(cast, by=officer, unit=unit, title=f"Tin {story} {owner}", to=("customs",))
        made[story] = actions.submit_item(item=item, by=officer, at=SPRING + timedelta(hours=1))
    made["returned"] = actions.return_item(
        item=made["returned"], by=head, reason="Thiếu nguồn.", at=SPRING + timedelta(hours=2)
    )
    for story, to in RELEASED_TO.items():
        made[story] = released(cast, by=officer, head=head, unit=unit, title=f"Tin {story} {owner}", to=to)
    _corrections(made, officer, head)
    recalled = released(cast, by=officer, head=head, unit=unit, title=f"Tin thu hồi {owner}", to=("customs", "border"))
    made["recalled"] = actions.recall_item(
        item=recalled, by=head, reason="Nguồn rút lại.", at=SPRING + timedelta(hours=3)
    )
    for story in DELIVERY_STORIES:
        made[story] = released(cast, by=officer, head=head, unit=unit, title=f"Tin {story} {owner}")
        _receive(cast, made[story], story)
    cast.items |= {f"{owner}_{story}": InformationItem.objects.get(pk=item.pk) for story, item in made.items()}


def _corrections(made: dict[str, InformationItem], officer: User, head: User) -> None:
    for story in ("correcting", "corrected"):
        actions.correct_item(
            item=made[story],
            by=officer,
            content={"title": f"Tin {story} đã sửa"},
            reason="Sai tên địa danh.",
            at=SPRING + timedelta(hours=3),
        )
    preview = actions.preview_release(item=made["corrected"], by=head).hash
    actions.release_correction(item=made["corrected"], by=head, preview=preview, at=SPRING + timedelta(hours=4))


def _receive(cast: Cast, item: InformationItem, until: str) -> None:
    """Customs handles its delivery up to a status."""
    delivery = item.deliveries.get()
    receipts.open_delivery(delivery=delivery, by=cast.customs_officer, at=SPRING + timedelta(hours=4))
    if until == "opened":
        return
    receipts.acknowledge_delivery(delivery=delivery, by=cast.customs_focal_point, at=SPRING + timedelta(hours=5))
    if until in {"evaluated", "used"}:
        receipts.evaluate_delivery(
            delivery=delivery, by=cast.customs_analyst, usefulness="new_line", at=SPRING + timedelta(hours=6)
        )
    if until == "used":
        receipts.use_delivery(delivery=delivery, by=cast.customs_officer, at=SPRING + timedelta(hours=7))
