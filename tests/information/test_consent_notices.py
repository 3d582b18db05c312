"""Who is told of consents: those who decide that they are asked, whoever asked what was decided. Never what for."""

from typing import Any

import pytest
from django.db import transaction

from agencies.refusals import NotPermitted
from registry.information import actions
from registry.information.models import Consent
from registry.notices.models import Notice
from tests.cast import Cast

SECRET = "Đường dây ma túy tuyệt đối không được lộ"
DECIDING = {"police_head", "police_officer_and_head", "police_focal_point"}


def asked(cast: Cast) -> Consent:
    """An analyst of customs asks to quote."""
    return actions.ask_consent(
        delivery=cast.delivery("police_acknowledged"), by=cast.customs_analyst, kind="quote", purpose=SECRET
    )


def told(kind: str) -> set[str]:
    return {n.user.username for n in Notice.objects.filter(kind=kind)}


def test_the_originators_heads_and_focal_points_are_told_that_it_is_asked(cast: Cast) -> None:
    consent = asked(cast)
    assert told("consent_asked") == DECIDING
    notice = Notice.objects.get(kind="consent_asked", user=cast.police_head)
    assert notice.reference == cast.items["police_acknowledged"].reference
    assert notice.path == f"/admin/information/consent/{consent.pk}/change/"
    assert notice.unit == cast.units["police"]


def test_whoever_asked_is_told_what_was_decided_and_that_it_ended(cast: Cast) -> None:
    consent = actions.grant_consent(consent=asked(cast), by=cast.police_head, limits=SECRET)
    assert told("consent_granted") == {"customs_analyst"}
    actions.revoke_consent(consent=consent, by=cast.police_head, reason=SECRET)
    assert told("consent_revoked") == {"customs_analyst"}
    actions.refuse_consent(consent=asked(cast), by=cast.police_head, reason=SECRET)
    assert told("consent_refused") == {"customs_analyst"}
    assert {n.unit for n in Notice.objects.filter(user=cast.customs_analyst)} == {cast.units["customs"]}


def test_those_who_were_asked_are_told_that_it_is_asked_no_longer(cast: Cast) -> None:
    actions.withdraw_consent(consent=asked(cast), by=cast.customs_analyst)
    assert told("consent_withdrawn") == DECIDING


def test_a_notice_of_a_consent_holds_no_content_and_leads_to_a_page_its_reader_may_open(cast: Cast, desk: Any) -> None:
    consent = actions.grant_consent(consent=asked(cast), by=cast.police_head, limits=SECRET)
    actions.revoke_consent(consent=consent, by=cast.police_head, reason=SECRET)
    texts = str(list(Notice.objects.values()))
    assert not [word for word in (SECRET, "Đường", "tuyệt") if word in texts]
    for notice in Notice.objects.filter(kind__startswith="consent"):
        assert desk(notice.user.username).get(notice.path).status_code == 200, notice


def test_what_was_refused_or_undone_is_told_to_nobody(cast: Cast) -> None:
    consent = asked(cast)
    before = Notice.objects.count()
    with pytest.raises(NotPermitted):
        actions.grant_consent(consent=consent, by=cast.customs_head)
    with transaction.atomic():
        actions.grant_consent(consent=consent, by=cast.police_head)
        transaction.set_rollback(True)
    assert Notice.objects.count() == before
