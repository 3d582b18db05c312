"""What holds for one file holds for the item that carries it: onward, in court, and in what a correction tells."""

import pytest

from agencies.models import Area
from registry.cases.actions import link_item, open_case
from registry.information import actions, receipts
from registry.information.attachments import remove_attachment
from registry.information.differences import differences
from registry.information.models import Attachment, Delivery
from registry.information.uses import ConsentMissing
from tests.cast import Cast, draft, release
from tests.information.files import attach, sent_with
from tests.stories import OPENED


def free_with(cast: Cast, **held: bool) -> Delivery:
    """Delivered to customs: an item that its own marks let go anywhere, with a file under conditions."""
    item = draft(cast, by=cast.police_officer, to=("customs",))
    marks = {"no_onward": False, "no_judicial_use": False, "tlp": "TLP:GREEN"}
    actions.edit_item(item=item, by=cast.police_officer, content=marks)
    attach(item, cast.police_officer, **held)
    actions.submit_item(item=item, by=cast.police_officer)
    release(item, by=cast.police_head)
    delivery = Delivery.objects.get(item=item)
    return receipts.acknowledge_delivery(delivery=delivery, by=cast.customs_focal_point)


def passed(cast: Cast, delivery: Delivery) -> list[Delivery]:
    return actions.pass_on(delivery=delivery, by=cast.customs_focal_point, units=[cast.units["coast"]])


def consent(cast: Cast, delivery: Delivery, kind: str) -> None:
    units = [cast.units["coast"]] if kind == "onward" else []
    asked = actions.ask_consent(delivery=delivery, by=cast.customs_analyst, kind=kind, purpose="Vụ án.", units=units)
    actions.grant_consent(consent=asked, by=cast.police_head)


def test_a_file_that_may_not_go_onward_keeps_its_item_back(cast: Cast) -> None:
    delivery = free_with(cast, no_onward=True)
    with pytest.raises(ConsentMissing):
        passed(cast, delivery)
    assert not Attachment.objects.visible_to(cast.coast_officer).filter(item=delivery.item).exists()
    consent(cast, delivery, "onward")
    assert passed(cast, delivery)
    assert Attachment.objects.visible_to(cast.coast_officer).filter(item=delivery.item).exists()


@pytest.mark.parametrize("held", [{}, {"no_judicial_use": True}, {"no_onward": True, "originator_only": True}])
def test_other_files_keep_nothing_back(cast: Cast, held: dict[str, bool]) -> None:
    assert passed(cast, free_with(cast, **held))


def test_a_file_that_may_not_be_used_in_court_keeps_its_item_out_of_a_prosecuted_case(cast: Cast) -> None:
    given = {"by": cast.customs_officer, "unit": cast.units["customs"], "title": "Vụ", "opened_on": OPENED}
    case = open_case(**given, kind="prosecuted_case", area=Area.objects.get(code="customs"))
    delivery = free_with(cast, no_judicial_use=True)
    with pytest.raises(ConsentMissing):
        link_item(case=case, by=cast.customs_officer, delivery=delivery)
    consent(cast, delivery, "court")
    assert link_item(case=case, by=cast.customs_officer, delivery=delivery)
    for held in ({"no_onward": True}, {"no_judicial_use": True, "originator_only": True}):
        assert link_item(case=case, by=cast.customs_officer, delivery=free_with(cast, **held))


def test_a_correction_tells_what_holds_for_a_file_from_now_on(cast: Cast) -> None:
    one = sent_with(cast)
    actions.correct_item(item=one.item, by=cast.police_officer, content={"title": "Khác"}, reason="Sai.")
    copy = Attachment.objects.get(item=one.item, version__number=2)
    assert "files" not in {found.field for found in differences(one.version, copy.version)}
    remove_attachment(attachment=copy, by=cast.police_officer)
    attach(one.item, cast.police_officer, no_judicial_use=True)
    (found,) = [found for found in differences(one.version, copy.version) if found.field == "files"]
    label = str(Attachment._meta.get_field("no_judicial_use").verbose_name)
    assert (found.before, found.after) == ("biên bản.txt", f"biên bản.txt ({label})")
