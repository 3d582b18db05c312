"""Two worlds that differ in a part of something seen: a file kept back, a number too small to be told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Q
from django.test import override_settings

from registry.conferences.actions import fill_agenda
from registry.information import actions
from registry.information.attachments import remove_attachment
from registry.information.models import Attachment, Delivery, InformationItem
from registry.information.models.attachments import AttachmentQuerySet
from tests.access.asks_attachments import HIDDEN_BYTES
from tests.access.worlds import Ask, Worlds, repeatable, undone
from tests.cast import Cast, content, draft, release
from tests.information.files import attach

RECEIVERS = ("customs_officer", "customs_focal_point", "customs_analyst", "customs_secretariat", "customs_auditor")


def _given(cast: Cast, *, kept_back: bool) -> InformationItem:
    """Police give customs an item; with a file for the originator only, or with one that was taken off before."""
    with repeatable(1):
        item = draft(cast, by=cast.police_officer, title="Tin có tệp", to=("customs",))
    with repeatable(2):
        file = attach(item, cast.police_officer, HIDDEN_BYTES, "bí mật.txt", originator_only=True)
        item = InformationItem.objects.get(pk=item.pk)
        if kept_back:
            actions.edit_item(item=item, by=cast.police_officer, content={})
        else:
            remove_attachment(attachment=file, by=cast.police_officer)
    with repeatable(3):
        item = InformationItem.objects.get(pk=item.pk)
        actions.submit_item(item=item, by=cast.police_officer)
        return release(InformationItem.objects.get(pk=item.pk), by=cast.police_head)


def with_file(cast: Cast) -> InformationItem:
    return _given(cast, kept_back=True)


def without_file(cast: Cast) -> InformationItem:
    return _given(cast, kept_back=False)


def asked_of_the_item(cast: Cast) -> list[Ask]:
    """Everything that shows the item, its delivery or its file to somebody."""
    with undone(), repeatable():
        item = with_file(cast)
        delivery = Delivery.objects.get(item=item)
        file = Attachment.objects.get(item=item)
    api = [
        f"information-items/{item.pk}", "information-items?count=true&page_size=3", f"deliveries/{delivery.pk}",
        f"attachments?count=true&item={item.pk}", f"attachments/{file.pk}", f"attachments/{file.pk}/content",
        f"item-versions?item={item.pk}", f"audit-events?count=true&object_id={item.pk}",
        f"audit-events?count=true&object_id={file.pk}", "attachments?count=true",
    ]  # fmt: skip
    pages = [f"/admin/information/informationitem/{item.pk}/{view}/" for view in ("change", "history")]
    pages += ["/admin/information/informationitem/", f"/admin/information/delivery/{delivery.pk}/change/", "/admin/"]
    return [Ask("GET", path) for path in (*api, *pages)]


@pytest.mark.parametrize("name", RECEIVERS)
def test_a_file_for_the_originator_only_leaves_no_trace_at_the_receiver(cast: Cast, name: str) -> None:
    asks = asked_of_the_item(cast)
    assert Worlds(cast, name).differences(asks, with_file, otherwise=without_file) == []


def test_the_file_is_there_and_its_originator_sees_the_difference(cast: Cast) -> None:
    with undone():
        item = with_file(cast)
        assert Attachment.objects.visible_to(cast.again("police_officer")).filter(item=item).exists()
        assert not Attachment.objects.visible_to(cast.again("customs_officer")).filter(item=item).exists()
    asks = asked_of_the_item(cast)
    assert Worlds(cast, "police_officer").differences(asks, with_file, otherwise=without_file) != []


def test_the_worlds_tell_a_file_that_leaks(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def leaks(self: AttachmentQuerySet, user: object) -> AttachmentQuerySet:
        return self.standing().filter(Q(item__in=InformationItem.objects.visible_to(user)))  # type: ignore[arg-type]

    monkeypatch.setattr(AttachmentQuerySet, "visible_to", leaks)
    asks = asked_of_the_item(cast)
    assert Worlds(cast, "customs_officer").differences(asks, with_file, otherwise=without_file) != []


LONG_BEFORE = datetime(2019, 2, 4, 2, 0, tzinfo=UTC)
"""A quarter in which the cast shared nothing."""

QUARTER = [
    Ask("GET", "scorecards?period=2019-Q1"),
    Ask("GET", "/admin/reports/report/scorecard/?period=2019-Q1"),
]
READERS = ("police_head", "police_analyst", "customs_analyst", "secretariat", "coast_head")


def gave(count: int) -> Callable[[Cast], None]:
    """The border guard gave the coast guard so many items in the quarter."""

    def hide(cast: Cast) -> None:
        for number in range(count):
            item = actions.create_item(
                unit=cast.units["border"],
                by=cast.border_officer,
                content=content(f"Bí mật {number}"),
                recipients=[cast.units["coast"]],
                at=LONG_BEFORE,
                synthetic=True,
            )
            actions.submit_item(item=item, by=cast.border_officer, at=LONG_BEFORE + timedelta(hours=1))
            release(item, by=cast.border_head, at=LONG_BEFORE + timedelta(hours=2))

    return hide


@pytest.mark.parametrize("name", READERS)
def test_whether_one_item_was_shared_or_two_leaves_no_trace_in_a_scorecard(cast: Cast, name: str) -> None:
    asks = QUARTER[:1] if name not in cast.people else QUARTER
    assert Worlds(cast, name).differences(asks, gave(2), otherwise=gave(1)) == []


def test_the_worlds_tell_a_number_that_is_not_hidden(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.suppression.small_cells", lambda _table, _threshold: set())
    assert len(Worlds(cast, "police_head").differences(QUARTER, gave(2), otherwise=gave(1))) == len(QUARTER)


def test_three_are_enough_to_be_told(cast: Cast) -> None:
    with override_settings(SCORECARD_THRESHOLD=3):
        assert Worlds(cast, "police_head").differences(QUARTER, gave(3), otherwise=gave(2)) != []


# --- a count over what is hidden, on the agenda of a conference ----------------------------------------------------


def waiting(count: int) -> Callable[[Cast], None]:
    """So many consents wait in all when the secretariat fills the agenda; one of the cast's waits."""

    def hide(cast: Cast) -> None:
        asked = {"delivery": cast.delivery("police_released_to_two"), "by": cast.customs_analyst, "kind": "quote"}
        for number in range(count - 1):
            actions.ask_consent(**asked, purpose=f"Bí mật {number}.")
        with repeatable(5):
            fill_agenda(conference=cast.conferences["planned"], by=cast.again("secretariat"))

    return hide


def asked_of_the_agenda(cast: Cast) -> list[Ask]:
    """What shows the agenda."""
    pk = cast.conferences["planned"].pk
    return [
        Ask("GET", f"conferences/{pk}"),
        Ask("GET", f"conferences/{pk}/agenda"),
        Ask("GET", f"/admin/conferences/conference/{pk}/change/"),
    ]


NO_PART = ("coast_head", "north_officer", "secretariat", "auditor")
"""Who reads agendas and sees none of these consents."""


@pytest.mark.parametrize("name", NO_PART)
def test_whether_one_consent_waits_or_two_leaves_no_trace_on_an_agenda(cast: Cast, name: str) -> None:
    assert Worlds(cast, name).differences(asked_of_the_agenda(cast), waiting(2), otherwise=waiting(1)) == []


def test_the_agenda_is_there_and_tells_three_as_a_number_to_everybody(cast: Cast) -> None:
    """From three on the count itself is told, over all units: a fourth consent changes it, and may."""
    for more, fewer in ((3, 2), (4, 3)):
        assert (
            Worlds(cast, "coast_head").differences(asked_of_the_agenda(cast), waiting(more), otherwise=waiting(fewer))
            != []
        )
