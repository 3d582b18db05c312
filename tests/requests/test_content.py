"""What a request and an answer may say: addressee, secrecy, and items that passed between the two units."""

from typing import Any

import pytest

from agencies.refusals import Incomplete, Invalid
from registry.information import actions as information
from registry.requests import actions
from tests.cast import Cast, draft, released
from tests.requests.stories import content, drafted, fresh, hours, prepared, sent


def faults(cast: Cast, **changes: Any) -> set[str]:
    with pytest.raises(Invalid) as refusal:
        drafted(cast, **changes)
    return set(refusal.value.fields)


def test_a_request_goes_to_another_agency(cast: Cast) -> None:
    for unit in ("police", "police_north"):
        assert faults(cast, addressee=cast.units[unit]) == {"addressee"}


def test_every_fault_is_named_at_once(cast: Cast) -> None:
    told = faults(
        cast, addressee=cast.units["police_south"], subject="", due_at=hours(-1), urgency="soon", status="sent"
    )
    assert told == {"addressee", "subject", "due_at", "urgency", "status"}


@pytest.mark.parametrize("mark", ["mat", "secret", "tuyet_mat", ""])
def test_state_secrets_are_not_entered(cast: Cast, mark: str) -> None:
    with pytest.raises(Invalid) as refusal:
        drafted(cast, secrecy=mark)
    assert refusal.value.code == "above_ceiling"


def test_an_item_that_one_side_gave_the_other_may_be_named(cast: Cast) -> None:
    """Police gave it to customs: police may ask about it, and customs may ask about it."""
    item = cast.items["police_released_to_customs"]
    assert drafted(cast, item=item).item == item
    asked = content(cast, addressee=cast.units["police"], item=item)
    assert actions.create_request(unit=cast.units["customs"], by=cast.customs_officer, content=asked).item == item


def test_units_below_a_side_count_as_the_side(cast: Cast) -> None:
    item = cast.items["north_released_below"]
    assert drafted(cast, item=item).item == item


def test_any_other_item_does_not_exist(cast: Cast) -> None:
    to_border = released(cast, by=cast.police_officer, head=cast.police_head, to=("border",))
    third = released(
        cast, by=cast.border_officer, head=cast.border_head, unit="border", title="Tin", to=("police", "customs")
    )
    hidden = draft(cast, by=cast.coast_officer, unit="coast", title="Tin")
    recalled, unreleased = cast.items["police_recalled"], cast.items["police_submitted"]
    said = set()
    for item in (to_border, third, hidden, recalled, unreleased):
        with pytest.raises(Invalid) as refusal:
            drafted(cast, item=item)
        said.add((refusal.value.code, str(refusal.value.fields)))
    assert len(said) == 1, "whether a third unit's item reached the other side is not told"


def test_the_item_is_looked_at_again_when_the_addressee_changes_and_when_it_is_sent(cast: Cast) -> None:
    request = drafted(cast, item=cast.items["police_released_to_customs"])
    with pytest.raises(Invalid) as refusal:
        actions.edit_request(request=request, by=cast.police_officer, content={"addressee": cast.units["coast"]})
    assert set(refusal.value.fields) == {"item"}
    assert fresh(request).addressee.code == "customs"
    information.recall_item(item=cast.items["police_released_to_customs"], by=cast.police_head, reason="x")
    with pytest.raises(Incomplete):
        actions.send_request(request=request, by=cast.police_head, at=hours(1))


def test_an_answer_names_items_that_the_asker_has(cast: Cast) -> None:
    request = sent(cast)
    given = released(cast, by=cast.customs_officer, head=cast.customs_head, unit="customs", to=("police",))
    kept = draft(cast, by=cast.customs_officer, unit="customs")
    theirs = cast.items["police_released_to_two"]
    assert set(prepared(cast, request, items=[given, theirs]).items.all()) == {given, theirs}
    kept = draft(cast, by=cast.customs_officer, unit="customs")
    third = released(
        cast, by=cast.border_officer, head=cast.border_head, unit="border", title="Tin", to=("police", "customs")
    )
    for item in (kept, third, cast.items["police_draft"]):
        with pytest.raises(Invalid) as refusal:
            prepared(cast, request, items=[item])
        assert refusal.value.code == "unknown_item"


def test_an_answer_that_names_an_item_recalled_since_is_not_given(cast: Cast) -> None:
    request = sent(cast)
    given = released(cast, by=cast.customs_officer, head=cast.customs_head, unit="customs", to=("police",))
    prepared(cast, request, items=[given])
    information.recall_item(item=given, by=cast.customs_head, reason="x")
    with pytest.raises(Incomplete) as refusal:
        actions.give_answer(request=request, by=cast.customs_head, at=hours(3))
    assert refusal.value.code == "item_gone"
