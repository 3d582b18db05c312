"""The pages: plan, look, apply, undo."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import translation

from agencies.models import Unit
from registry.reorganisations.models import Reorganisation
from tests.cast import Cast

LIST = "/admin/reorganisations/reorganisation/"
Desk = Callable[[str | None], Client]


def filled(cast: Cast, **more: Any) -> dict[str, Any]:
    """What a browser sends."""
    return {
        "unit": str(cast.units["police"].pk),
        "kind": "rename",
        "takes_effect_on": "2099-12-01",
        "reason": "Quyết định 7.",
        "units": ["police_south"],
        "name_vi": "Phòng Nam mới",
        **more,
    }


def test_a_plan_is_entered_looked_at_applied_and_undone(cast: Cast, desk: Desk) -> None:
    client = desk("police_admin")
    client.cookies["django_language"] = "en"
    assert client.get(f"{LIST}add/").status_code == 200
    answer = client.post(f"{LIST}add/", filled(cast))
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    one = Reorganisation.objects.get(reason="Quyết định 7.")
    assert one.plan == {"units": ["police_south"], "name_vi": "Phòng Nam mới"}
    assert client.get(f"{LIST}{one.pk}/change/").status_code == 200
    page = client.get(f"{LIST}{one.pk}/step/apply/")
    assert "vi: Phòng Nam mới" in page.content.decode()
    seen = page.context["form"].initial["preview"]
    assert client.post(f"{LIST}{one.pk}/step/apply/", {"preview": "0" * 64}).status_code == 200
    assert client.post(f"{LIST}{one.pk}/step/apply/", {"preview": seen}).status_code == 302
    one.refresh_from_db()
    assert one.status == "applied"
    assert "Phòng Nam mới" in client.get(f"{LIST}{one.pk}/change/").content.decode()
    client.post(f"{LIST}{one.pk}/move/undo/", {"reason": "Nhầm."})
    one.refresh_from_db()
    assert one.status == "undone"
    assert client.get(LIST).status_code == 200


def test_faults_of_a_plan_stand_at_their_fields(cast: Cast, desk: Desk) -> None:
    given = filled(
        cast,
        kind="split",
        name_vi="",
        new1_code="x y",
        new1_name_en="New",
        new2_code="police_two",
        new2_level="regional",
        new2_parent="police",
        new2_name_vi="Phòng hai",
        people="nobody police_two",
    )
    with translation.override("en"):
        answer = desk("police_admin").post(f"{LIST}add/", given)
    errors = answer.context["adminform"].form.errors
    assert {"new1_code", "new1_level", "new1_name_vi", "new1_parent", "people"} <= set(errors)
    assert "new2_code" not in errors


def test_others_do_not_find_the_pages(cast: Cast, desk: Desk) -> None:
    one = cast.reorganisations["police_draft"]
    assert desk("police_officer").get(LIST).status_code == 403
    assert desk("customs_admin").get(f"{LIST}{one.pk}/change/").status_code == 302
    assert desk("customs_admin").get(f"{LIST}{one.pk}/step/apply/").status_code == 404
    assert Unit.objects.get(code="police_south").valid_to is None
