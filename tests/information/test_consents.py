"""The third-party rule: asked, granted in part, limited, ended to the second, looked at at every use."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from agencies.models import Area
from agencies.refusals import Conflict, Incomplete, Invalid, NotPermitted
from registry.cases.actions import link_item, open_case
from registry.information import actions, receipts
from registry.information.impact import impact
from registry.information.inheritance import STRICTNESS, TLP_ORDER, looser, strictest
from registry.information.models import Consent, Delivery, InformationItem, ItemVersion
from registry.information.terms import Secrecy
from registry.information.uses import ConsentMissing, quotable
from tests.cast import Cast, content, release, released
from tests.clients import ApiClient
from tests.raw import refused
from tests.stories import OPENED


def ask(cast: Cast, delivery: Delivery, kind: str = "onward", to: tuple[str, ...] = ("coast",)) -> Consent:
    units = [cast.units[code] for code in to] if kind == "onward" else []
    return actions.ask_consent(
        delivery=delivery, by=cast.customs_analyst, kind=kind, purpose="Chuyên án chung.", units=units
    )


def passed(cast: Cast, delivery: Delivery, *to: str, at: object = None) -> list[Delivery]:
    units = [cast.units[code] for code in to]
    return actions.pass_on(delivery=delivery, by=cast.customs_focal_point, units=units, at=at)


def free(cast: Cast, **marks: object) -> InformationItem:
    """An item of central police for customs, marked as asked for."""
    item = actions.create_item(
        unit=cast.units["police"],
        by=cast.police_officer,
        content=content("Tin", **marks),
        recipients=[cast.units["customs"]],
    )
    actions.submit_item(item=item, by=cast.police_officer)
    return release(item, by=cast.police_head)


# --- onward ----------------------------------------------------------------------------------------------------------


def test_without_consent_nothing_marked_goes_onward(cast: Cast) -> None:
    delivery = cast.delivery("police_opened")
    with pytest.raises(ConsentMissing) as refusal:
        passed(cast, delivery, "coast", "customs_north")
    assert "coast, customs_north" in str(refusal.value.message)
    client = ApiClient(cast.secrets["customs_focal_point"])
    answer = client.post(f"deliveries/{delivery.pk}/pass-on", {"units": ["coast"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "consent_missing")


def test_a_consent_in_part_allows_that_part(cast: Cast) -> None:
    delivery = cast.delivery("police_opened")
    consent = ask(cast, delivery, to=("coast", "border"))
    with pytest.raises(ConsentMissing):
        passed(cast, delivery, "coast")
    actions.grant_consent(consent=consent, by=cast.police_head, units=[cast.units["coast"]], limits="Chỉ để xác minh.")
    with pytest.raises(ConsentMissing):
        passed(cast, delivery, "coast", "border")
    (made,) = passed(cast, delivery, "coast")
    assert (made.passed_on_from, made.version.number) == (delivery, 1)
    seen = ApiClient(cast.secrets["coast_officer"]).get(f"information-items/{delivery.item_id}")
    assert seen.status_code == 200


def test_a_consent_ends_to_the_second(cast: Cast) -> None:
    delivery, until = cast.delivery("police_opened"), timezone.now() + timedelta(hours=1)
    actions.grant_consent(consent=ask(cast, delivery), by=cast.police_head, expires_at=until)
    with pytest.raises(ConsentMissing):
        passed(cast, delivery, "coast", at=until)
    with pytest.raises(ConsentMissing):
        passed(cast, delivery, "coast", at=until + timedelta(seconds=1))
    assert passed(cast, delivery, "coast", at=until - timedelta(seconds=1))


def test_a_revoked_consent_allows_nothing_from_then_on(cast: Cast) -> None:
    delivery = cast.delivery("police_opened")
    consent = actions.grant_consent(consent=ask(cast, delivery), by=cast.police_head)
    actions.revoke_consent(consent=consent, by=cast.police_head, reason="Nguồn rút lại.")
    with pytest.raises(ConsentMissing):
        passed(cast, delivery, "coast")


@pytest.mark.parametrize(
    ("marks", "inside", "outside"),
    [
        ({"no_onward": False, "tlp": "TLP:GREEN"}, True, True),
        ({"no_onward": False, "tlp": "TLP:AMBER"}, True, False),
        ({"no_onward": False, "tlp": "TLP:AMBER+STRICT"}, True, False),
        ({"no_onward": False, "tlp": "TLP:RED"}, False, False),
        ({"no_onward": True, "tlp": "TLP:GREEN"}, False, False),
    ],
)
def test_the_marks_say_what_goes_onward_without_asking(
    cast: Cast, marks: dict[str, object], inside: bool, outside: bool
) -> None:
    delivery = free(cast, **marks).deliveries.get()
    for unit, allowed in (("customs_north", inside), ("coast", outside)):
        if allowed:
            assert passed(cast, delivery, unit)
        else:
            with pytest.raises(ConsentMissing):
                passed(cast, delivery, unit)


def test_passing_on_does_not_tell_who_has_the_item_already(cast: Cast) -> None:
    item = cast.items["police_released_to_two"]
    delivery = cast.delivery("police_released_to_two")
    consent = ask(cast, delivery, to=("border", "coast"))
    actions.grant_consent(consent=consent, by=cast.police_head)
    client = ApiClient(cast.secrets["customs_focal_point"])
    answers = [client.post(f"deliveries/{delivery.pk}/pass-on", {"units": [unit]}) for unit in ("border", "coast")]
    assert [a.status_code for a in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert item.deliveries.filter(unit__code="border").count() == 1


def test_a_recalled_item_goes_nowhere(cast: Cast) -> None:
    delivery = cast.delivery("police_opened")
    actions.grant_consent(consent=ask(cast, delivery), by=cast.police_head)
    actions.recall_item(item=delivery.item, by=cast.police_head, reason="Sai.")
    with pytest.raises(Conflict):
        passed(cast, delivery, "coast")


# --- asking and deciding ---------------------------------------------------------------------------------------------


def test_only_the_originators_head_decides(cast: Cast) -> None:
    consent = ask(cast, cast.delivery("police_opened"))
    for name in ("police_officer", "customs_head", "border_head", "north_head"):
        with pytest.raises(NotPermitted):
            actions.grant_consent(consent=consent, by=cast.people[name])
    actions.refuse_consent(consent=consent, by=cast.police_head, reason="Chưa đủ căn cứ.")
    with pytest.raises(Conflict):
        actions.grant_consent(consent=consent, by=cast.police_head)
    refused("UPDATE information_consent SET status = 'granted' WHERE id = %s", consent.pk, match="Invalid transition")


def test_a_request_says_for_what_and_for_whom(cast: Cast) -> None:
    delivery = cast.delivery("police_opened")
    with pytest.raises(Invalid) as refusal:
        actions.ask_consent(delivery=delivery, by=cast.customs_analyst, kind="onward", purpose=" ")
    assert set(refusal.value.fields) == {"purpose", "units"}
    with pytest.raises(Invalid):
        ask(cast, delivery, to=("police",))
    with pytest.raises(NotPermitted):
        actions.ask_consent(delivery=delivery, by=cast.police_officer, kind="quote", purpose="x")


def test_a_consent_is_not_granted_for_more_than_was_asked(cast: Cast) -> None:
    consent = ask(cast, cast.delivery("police_opened"))
    with pytest.raises(Invalid):
        actions.grant_consent(consent=consent, by=cast.police_head, units=[cast.units["border"]])
    with pytest.raises(Invalid):
        actions.grant_consent(consent=consent, by=cast.police_head, expires_at=timezone.now())


def test_no_other_recipient_learns_of_a_consent(cast: Cast) -> None:
    consent = cast.consents["granted"]
    for name, sees in (("customs_officer", True), ("police_officer", True), ("border_officer", False)):
        answer = ApiClient(cast.secrets[name]).get(f"consents/{consent.pk}")
        assert (answer.status_code == 200) is sees, name


# --- court, reports --------------------------------------------------------------------------------------------------


def test_an_item_marked_against_it_enters_a_prosecuted_case_by_consent_alone(cast: Cast) -> None:
    delivery = free(cast, no_judicial_use=True).deliveries.get()
    receipts.acknowledge_delivery(delivery=delivery, by=cast.customs_focal_point)
    given = {"by": cast.customs_officer, "unit": cast.units["customs"], "title": "Vụ", "opened_on": OPENED}
    area = Area.objects.get(code="customs")
    for kind in ("case", "prosecuted_case"):
        case = open_case(**given, kind=kind, area=area, synthetic=True)
        if kind == "case":
            link_item(case=case, by=cast.customs_officer, delivery=delivery)
            continue
        with pytest.raises(ConsentMissing):
            link_item(case=case, by=cast.customs_officer, delivery=delivery)
        actions.grant_consent(consent=ask(cast, delivery, kind="court"), by=cast.police_head)
        link_item(case=case, by=cast.customs_officer, delivery=delivery)


def test_a_title_is_quoted_by_its_originator_and_by_whoever_may(cast: Cast) -> None:
    items = InformationItem.objects.filter(status="released")
    customs, police, border = (cast.units[code] for code in ("customs", "police", "border"))
    granted = cast.consents["granted"].delivery.item
    assert set(quotable(items, by=[customs])) == {granted}
    assert granted in quotable(items, by=[police])
    assert not quotable(items, by=[border]).exists()


# --- what is based on others -----------------------------------------------------------------------------------------


def based_on(cast: Cast, *sources: InformationItem, to: str = "coast", **marks: object) -> InformationItem:
    item = actions.create_item(
        unit=cast.units["customs"],
        by=cast.customs_officer,
        content=content("Tin tổng hợp", sources=list(sources), **marks),
        recipients=[cast.units[to]],
    )
    return actions.submit_item(item=item, by=cast.customs_officer)


def test_what_is_based_on_others_is_marked_at_least_as_strictly(cast: Cast) -> None:
    source = free(cast, no_onward=False, tlp="TLP:GREEN", contact_before_action=True)
    item = based_on(cast, source, tlp="TLP:CLEAR", no_onward=False)
    with pytest.raises(Incomplete) as refusal:
        release(item, by=cast.customs_head)
    assert refusal.value.code == "stricter_source"
    item = based_on(cast, source, tlp="TLP:GREEN", no_onward=False, contact_before_action=True)
    assert release(item, by=cast.customs_head).status == "released"


def test_what_is_based_on_others_reaches_nobody_whom_they_may_not_reach(cast: Cast) -> None:
    source = cast.items["police_opened"]
    item = based_on(cast, source)
    with pytest.raises(ConsentMissing) as refusal:
        release(item, by=cast.customs_head)
    assert "1" in str(refusal.value.message)
    assert source.current.title not in str(refusal.value.message)
    actions.grant_consent(consent=ask(cast, cast.delivery("police_opened")), by=cast.police_head)
    assert release(item, by=cast.customs_head).status == "released"
    assert release(based_on(cast, source, to="police"), by=cast.customs_head).status == "released"


def test_nothing_is_based_on_what_its_writer_does_not_see(cast: Cast) -> None:
    hidden = released(cast, by=cast.coast_officer, head=cast.coast_head, unit="coast", to=("border",))
    client = ApiClient(cast.secrets["customs_officer"])
    body = {"title": "x", "topic": "methods", "unit": "customs"}
    answers = [
        client.post("information-items", {**body, "sources": [pk]}).json()
        for pk in (str(hidden.pk), "00000000-0000-4000-8000-000000000000")
    ]
    assert answers[0] == answers[1]
    assert answers[0]["errors"][0]["code"] == "unknown_item"
    with pytest.raises(Invalid):
        based_on(cast, hidden)


def test_a_recipient_does_not_learn_what_an_item_is_based_on(cast: Cast) -> None:
    item = release(based_on(cast, cast.items["police_opened"], to="police"), by=cast.customs_head)
    assert ApiClient(cast.secrets["police_officer"]).get(f"information-items/{item.pk}").json()["sources"] is None
    own = ApiClient(cast.secrets["customs_officer"]).get(f"information-items/{item.pk}").json()
    assert own["sources"] == [str(cast.items["police_opened"].pk)]


def test_a_recall_takes_what_is_based_on_it_out_of_the_next_release(cast: Cast) -> None:
    item = based_on(cast, cast.items["police_opened"], to="police")
    actions.recall_item(item=cast.items["police_opened"], by=cast.police_head, reason="Sai.")
    with pytest.raises(Incomplete) as refusal:
        release(item, by=cast.customs_head)
    assert refusal.value.code == "source_not_released"


MARKS = st.fixed_dictionaries(
    {
        "tlp": st.sampled_from(TLP_ORDER),
        "secrecy": st.sampled_from(list(Secrecy)),
        **{
            name: st.booleans()
            for name in ("no_onward", "no_judicial_use", "contact_before_action", "return_after_reading")
        },
        "expires_on": st.none() | st.dates(),
    }
)


@given(sources=st.lists(MARKS, min_size=1, max_size=5), marks=MARKS)
def test_the_join_of_marks_is_the_least_that_is_as_strict_as_every_source(
    sources: list[dict[str, object]], marks: dict[str, object]
) -> None:
    versions = [ItemVersion(**source) for source in sources]
    joined = ItemVersion(**strictest(versions))
    assert list(looser(joined, versions)) == []
    version = ItemVersion(**marks)
    for name, order in STRICTNESS.items():
        as_strict = all(order(marks[name]) >= order(source[name]) for source in sources)
        assert (name in looser(version, versions)) != as_strict


# --- impact ----------------------------------------------------------------------------------------------------------


def test_the_originator_sees_where_an_item_has_been_and_no_case_by_name(cast: Cast) -> None:
    item = cast.items["police_used"]
    delivery = item.deliveries.get()
    actions.grant_consent(consent=ask(cast, delivery), by=cast.police_head)
    passed(cast, delivery, "coast")
    release(based_on(cast, item, to="police"), by=cast.customs_head)
    actions.recall_item(item=item, by=cast.police_head, reason="Sai.")
    coast, customs = impact(item)
    assert (coast.unit, coast.recall, coast.used_at) == ("coast", "waiting", None)
    assert (customs.passed_on, customs.consents, customs.based_on_it) == (1, ("onward",), 1)
    assert customs.used_at is not None
    body = ApiClient(cast.secrets["police_officer"]).get(f"information-items/{item.pk}/impact").json()
    assert [row["unit"] for row in body["holders"]] == ["coast", "customs"]
    assert ApiClient(cast.secrets["customs_officer"]).get(f"information-items/{item.pk}/impact").status_code == 404


def test_the_database_refuses_a_decision_by_whoever_asked(cast: Cast) -> None:
    refused(
        "UPDATE information_consent SET status = 'granted', decided_at = now(), decided_by_id = asked_by_id"
        " WHERE id = %s",
        cast.consents["asked"].pk,
        match="consent_decided_by_somebody_else",
    )
