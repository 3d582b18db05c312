"""Writes to what was released: who corrects it, who shares it further, and how far a consent reaches."""

from collections.abc import Callable

import pytest

from agencies.audit.models import AuditEvent
from agencies.models import User
from agencies.refusals import Conflict, NotPermitted, Stale
from registry.information import actions
from registry.information.models import Consent, Delivery, InformationItem
from registry.information.terms import ConsentKind
from registry.information.uses import ConsentMissing, consented
from tests.cast import Cast, released

Write = Callable[[Cast, InformationItem, User], object]


def correct(cast: Cast, item: InformationItem, by: User) -> object:
    return actions.correct_item(item=item, by=by, content={"title": "Đã sửa"}, reason="Sai địa danh.")


def withdraw(cast: Cast, item: InformationItem, by: User) -> object:
    return actions.withdraw_correction(item=item, by=by)


def share(cast: Cast, item: InformationItem, by: User) -> object:
    units = [cast.units["coast"]]
    seen = actions.preview_release(item=item, by=cast.police_head, recipients=units).hash
    return actions.share_item(item=item, by=by, recipients=units, preview=seen)


OTHERS = ("north_head", "north_officer", "customs_officer", "customs_head", "coast_head", "secretariat", "police_admin")
MAY: list[tuple[Write, str, tuple[str, ...], tuple[str, ...]]] = [
    (correct, "police_opened", ("police_officer", "police_system"), ("police_head", "police_analyst")),
    (withdraw, "police_correcting", ("police_officer", "police_head"), ("police_analyst", "police_focal_point")),
    (share, "police_opened", ("police_head",), ("police_officer", "police_system", "police_analyst")),
]
"""What is done to which story, who of the originating unit may do it, who may not."""


@pytest.mark.parametrize(("write", "story", "own", "_not"), MAY, ids=lambda v: getattr(v, "__name__", ""))
@pytest.mark.parametrize("turn", [0, -1])
def test_those_of_the_originating_unit_write(
    cast: Cast, write: Write, story: str, own: tuple[str, ...], _not: tuple[str, ...], turn: int
) -> None:
    before = AuditEvent.objects.count()
    write(cast, cast.items[story], cast.people[own[turn]])
    assert AuditEvent.objects.count() == before + 1


@pytest.mark.parametrize(("write", "story", "_own", "others"), MAY, ids=lambda v: getattr(v, "__name__", ""))
def test_nobody_else_writes(
    cast: Cast, write: Write, story: str, _own: tuple[str, ...], others: tuple[str, ...]
) -> None:
    before = AuditEvent.objects.count()
    for name in (*others, *OTHERS):
        with pytest.raises(NotPermitted):
            write(cast, cast.items[story], cast.people[name])
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("story", ["police_submitted", "police_recalled"])
@pytest.mark.parametrize("write", [correct, share])
def test_only_what_stands_released_is_corrected_or_reaches_further(cast: Cast, write: Write, story: str) -> None:
    by = cast.police_officer if write is correct else cast.police_head
    with pytest.raises(Conflict) as refusal:
        write(cast, cast.items[story], by)
    assert refusal.value.code == "wrong_status"
    assert not Delivery.objects.filter(item=cast.items[story], unit=cast.units["coast"]).exists()


def ask(cast: Cast, delivery: Delivery, kind: str, by: User, to: str = "coast") -> Consent:
    units = [cast.units[to]] if kind == ConsentKind.ONWARD else []
    return actions.ask_consent(delivery=delivery, by=by, kind=kind, purpose="Chuyên án chung.", units=units)


def test_a_consent_is_for_the_one_who_asked_and_the_use_asked_for(cast: Cast) -> None:
    both = released(cast, by=cast.police_officer, head=cast.police_head, to=("customs", "border"))
    mine, theirs = (both.deliveries.get(unit=cast.units[code]) for code in ("customs", "border"))
    actions.grant_consent(consent=ask(cast, mine, "onward", cast.customs_analyst), by=cast.police_head)
    customs, border = cast.units["customs"], cast.units["border"]
    assert consented(item=both, holder=customs, kind="onward", to=cast.units["coast"])
    assert not consented(item=both, holder=border, kind="onward", to=cast.units["coast"])
    assert not consented(item=both, holder=customs, kind="onward", to=cast.units["customs_north"])
    assert not consented(item=both, holder=customs, kind="court")
    assert not consented(item=both, holder=customs, kind="quote")
    assert not consented(item=cast.items["police_opened"], holder=customs, kind="onward", to=cast.units["coast"])
    with pytest.raises(ConsentMissing):
        actions.pass_on(delivery=theirs, by=cast.border_focal_point, units=[cast.units["coast"]])


def test_a_decision_over_somebody_elses_is_stale(cast: Cast) -> None:
    consent = ask(cast, cast.delivery("police_opened"), "court", cast.customs_analyst)
    granted = actions.grant_consent(consent=consent, by=cast.police_head)
    with pytest.raises(Stale):
        actions.revoke_consent(
            consent=granted, by=cast.police_head, reason="Rút lại.", expected_revision=consent.revision
        )
    assert Consent.objects.get(pk=consent.pk).status == "granted"
