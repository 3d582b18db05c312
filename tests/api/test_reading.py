"""What is read is written to the audit log before it leaves; auditors read what concerns their units."""

from collections.abc import Callable

import pytest

from agencies.audit.models import AuditEvent
from registry.information import actions
from tests.cast import Cast
from tests.clients import ApiClient
from tests.logged import last

Api = Callable[[str | None], ApiClient]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("information-items", "InformationItem"), ("deliveries", "Delivery"), ("cases", "JointCase")],
)
def test_a_list_is_logged_with_what_it_showed(cast: Cast, api: Api, path: str, kind: str) -> None:
    shown = [row["id"] for row in api("customs_officer").get(path).json()["results"]]
    event = last("list")
    assert (event.object_type, event.actor) == (kind, "customs_officer")
    assert shown
    assert set(shown) <= {str(pk) for pk in event.subjects}


def test_a_record_read_is_logged(cast: Cast, api: Api) -> None:
    for path, record in (
        ("information-items", cast.items["police_acknowledged"]),
        ("deliveries", cast.delivery("police_acknowledged")),
        ("cases", cast.cases["case_joint"]),
    ):
        assert api("customs_officer").get(f"{path}/{record.pk}").status_code == 200
        event = last("read")
        assert (event.object_id, event.actor) == (str(record.pk), "customs_officer")


def test_an_auditor_reads_what_concerns_the_own_agency_alone(cast: Cast, api: Api) -> None:
    for name, units in (("auditor", {"police", "police_north", "police_south"}), ("customs_auditor", {"customs"})):
        known = {cast.units[code].pk for code in units} | {cast.units[f"{u}_north"].pk for u in units & {"customs"}}
        due = AuditEvent.objects.filter(actor_unit_id__in=known) | AuditEvent.objects.filter(owner_unit_id__in=known)
        before = due.count()
        rows = api(name).get("audit-events?page_size=200&count=true").json()
        assert rows["count"] == before < AuditEvent.objects.count()
        shown = AuditEvent.objects.filter(public_id__in=[row["id"] for row in rows["results"]])
        assert all(one.actor_unit_id in known or one.owner_unit_id in known for one in shown)
    assert api("customs_auditor").get("audit-events?count=true&unit=border").json()["count"] == 0


def test_a_version_that_was_read_is_checked_again_under_the_lock(
    cast: Cast, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is faster between the look at If-Match and the write."""
    item = cast.items["police_draft"]
    etag = api("police_officer").get(f"information-items/{item.pk}")["ETag"]
    edit = actions.edit_item

    def slower(**given: object) -> object:
        edit(item=item, by=cast.police_officer_2, content={"title": "Trước"})
        return edit(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(actions, "edit_item", slower)
    answer = api("police_officer").patch(f"information-items/{item.pk}", {"title": "Sau"}, If_Match=etag)
    assert (answer.status_code, answer.json()["code"]) == (412, "stale_version")
