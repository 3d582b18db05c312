"""A case that becomes a prosecuted one takes nothing to court that its originator keeps out of it."""

import pytest

from agencies.models import Area
from registry.cases.actions import edit_case, link_item, open_case
from registry.cases.models import JointCase
from registry.information import actions, receipts
from registry.information.models import Delivery
from registry.information.uses import ConsentMissing
from tests.cast import Cast, draft, release
from tests.stories import OPENED


def test_what_may_not_be_used_in_court_keeps_a_case_from_being_prosecuted(cast: Cast) -> None:
    item = draft(cast, by=cast.police_officer, to=("customs",))
    actions.edit_item(item=item, by=cast.police_officer, content={"no_judicial_use": True})
    actions.submit_item(item=item, by=cast.police_officer)
    release(item, by=cast.police_head)
    delivery = Delivery.objects.get(item=item)
    receipts.acknowledge_delivery(delivery=delivery, by=cast.customs_focal_point)
    by, area = cast.customs_officer, Area.objects.get(code="customs")
    case = open_case(by=by, unit=cast.units["customs"], title="Vụ", opened_on=OPENED, kind="case", area=area)
    link_item(case=case, by=by, delivery=delivery)
    with pytest.raises(ConsentMissing) as refusal:
        edit_case(case=case, by=by, content={"kind": "prosecuted_case"})
    assert item.audit_reference() not in str(refusal.value.message)
    assert JointCase.objects.get(pk=case.pk).kind == "case"
    assert edit_case(case=case, by=by, content={"kind": "case_file", "title": "Chuyên án"}).kind == "case_file"
    asked = actions.ask_consent(delivery=delivery, by=cast.customs_analyst, kind="court", purpose="Khởi tố.")
    actions.grant_consent(consent=asked, by=cast.police_head)
    assert edit_case(case=case, by=by, content={"kind": "prosecuted_case"}).kind == "prosecuted_case"


def test_a_prosecuted_case_is_edited_after_a_consent_has_ended(cast: Cast) -> None:
    by, area = cast.police_officer, Area.objects.get(code="inland")
    case = open_case(by=by, unit=cast.units["police"], title="Vụ", opened_on=OPENED, kind="case", area=area)
    link_item(case=case, by=by, item=cast.items["police_released_to_customs"])
    assert edit_case(case=case, by=by, content={"kind": "prosecuted_case"}).kind == "prosecuted_case"
    assert edit_case(case=case, by=by, content={"kind": "prosecuted_case", "title": "Vụ án"}).title == "Vụ án"
