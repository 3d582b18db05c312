"""The lists, assents, proposals and evidence of conferences over HTTP."""

from collections.abc import Callable
from datetime import timedelta

from agencies.models import today
from registry.conferences import actions
from tests.cast import Cast
from tests.clients import ApiClient
from tests.conferences.stories import convened, planned, proposed, reached, task

Api = Callable[[str | None], ApiClient]


def test_a_conference_is_prepared_over_http(cast: Cast, api: Api) -> None:
    reached(cast.units["customs"])
    secretariat, path = api("secretariat"), f"conferences/{planned(cast).pk}"
    made = secretariat.post(f"{path}/invitations", {"units": ["customs_north"]}).json()
    assert [(row["unit"], row["presence"]) for row in made["invited"]] == [("customs", "invited")]
    assert made["without_focal_point"] == ["police", "border", "coast", "customs_north"]
    assert secretariat.post(f"{path}/invitations", {"units": []}).json()["invited"] == []
    bad = secretariat.post(f"{path}/record-attendance", {"offices": [{"number": 9, "presence": "attended"}]})
    assert [e["pointer"] for e in bad.json()["errors"]] == ["/presence/9"]
    assert secretariat.post(f"{path}/convene", {"held_on": "2024-08-14"}).json()["code"] == "attendance_open"
    typed = secretariat.post(f"{path}/agenda", {"text_vi": "Tình hình."})
    last = typed.json()["agenda"][-1]
    assert (typed.status_code, last["kind"], last["text_vi"]) == (201, "typed", "Tình hình.")
    order = [last["number"], *(p["number"] for p in typed.json()["agenda"][:-1])]
    moved = secretariat.post(f"{path}/reorder-agenda", {"order": order}).json()
    assert moved["agenda"][0]["text_vi"] == "Tình hình."
    assert secretariat.post(f"{path}/fill-agenda").json()["agenda"] == moved["agenda"]
    off = secretariat.post(f"{path}/withdraw-agenda-point", {"number": 1, "reason": "Thôi."})
    assert off.json()["agenda"][0]["withdrawn_reason"] == "Thôi."
    assert api("coast_officer").get(f"{path}/agenda").json()["points"] == off.json()["agenda"]
    secretariat.post(f"{path}/papers", {"title_vi": "Báo cáo", "copies": 2})
    secretariat.post(f"{path}/issue-copies", {"paper": 1, "units": ["customs", "border"]})
    back = secretariat.post(f"{path}/return-copy", {"paper": 1, "copy_number": 2}).json()
    assert (back["outstanding_copies"], back["papers"][0]["outstanding"]) == (1, 1)
    assert api("auditor").get(f"{path}/papers").json()["papers"] == back["papers"]
    wrong = secretariat.post(f"{path}/return-copy", {"paper": 3, "copy_number": 2})
    assert [e["pointer"] for e in wrong.json()["errors"]] == ["/paper"]
    offices = [{"number": 1, "presence": "attended"}]
    held = secretariat.post(f"{path}/convene", {"held_on": "2024-08-14", "offices": offices}).json()
    assert (held["status"], held["attendance"][0]["presence"]) == ("convened", "attended")


def test_agencies_assent_over_http_and_the_approval_says_who_is_missing(cast: Cast, api: Api) -> None:
    secretariat, path = api("secretariat"), f"conferences/{convened(cast).pk}"
    made = secretariat.post(f"{path}/resolutions", {"text_vi": "Thống nhất.", "needs_assent": True}).json()
    one = made["resolutions"][0]
    assert (one["adoption"], one["missing_assents"]) == ("open", ["POLICE", "BORDERGUARD", "COASTGUARD", "CUSTOMS"])
    verb = f"resolutions/{one['id']}/assent"
    assert api("customs_officer").post(verb).status_code == 403
    for name in ("customs_head", "secretariat", "border_head"):
        assert api(name).post(verb).status_code == 201, name
    assert api("customs_secretariat").post(verb).json()["code"] == "said_already"
    objected = api("coast_head").post(verb, {"answer": "objects", "reason": "Chưa rõ."}).json()
    assert [(a["agency"], a["answer"]) for a in objected["assents"]] == [
        ("POLICE", "assents"),
        ("BORDERGUARD", "assents"),
        ("COASTGUARD", "objects"),
        ("CUSTOMS", "assents"),
    ]
    secretariat.post(f"{path}/minute", {"minutes_vi": "Biên bản."})
    refused = secretariat.post(f"{path}/approve")
    assert (refused.status_code, refused.json()["code"]) == (422, "assent_open")
    assert "1: COASTGUARD" in refused.json()["detail"]
    assert api("coast_head").post(verb).json()["adoption"] == "adopted"
    done = secretariat.post(f"{path}/approve").json()
    follow_up = [item["kind"] for item in done["action_items"] if item["assignee_agency"] == "CUSTOMS"]
    assert follow_up == ["report_up", "inform_down"]


def test_a_proposal_is_answered_over_http(cast: Cast, api: Api) -> None:
    one = proposed(cast, convened(cast))
    path = f"resolutions/{one.pk}"
    assert api("auditor").get(path).json()["proposal"]["status"] == "not_sent"
    assert api("secretariat").post(f"{path}/send", {"sent_on": "2024-08-20"}).json()["proposal"]["status"] == "waiting"
    answer = {"text": "Đồng ý.", "answered_on": "2024-09-20"}
    assert api("secretariat").post(f"{path}/record-answer", answer).json()["proposal"] == {
        "status": "answered",
        "sent_on": "2024-08-20",
        "answered_on": "2024-09-20",
        "text": "Đồng ý.",
    }
    listed = api("auditor").get("resolutions?kind=proposal&conference=meeting").json()["results"]
    assert [row["id"] for row in listed] == [str(one.pk)]
    other = convened(cast, code="other")
    plain = actions.add_resolution(conference=other, by=cast.secretariat, text_vi="Việc.")
    assert api("auditor").get(f"resolutions/{plain.pk}").json()["proposal"] is None
    set_aside = api("secretariat").post(f"resolutions/{plain.pk}/set-aside", {"reason": "Không."})
    assert (set_aside.status_code, set_aside.json()["code"]) == (409, "no_assent_needed")


def test_evidence_names_an_item_only_to_whoever_sees_it(cast: Cast, api: Api) -> None:
    item = task(cast, convened(cast), assignee_unit=cast.units["customs"])
    shared, hidden = cast.items["police_released_to_customs"], cast.items["police_released_inside"]
    path, customs = f"action-items/{item.pk}", api("customs_secretariat")
    unseen = customs.post(f"{path}/add-evidence", {"text": "Tin.", "item": hidden.reference, "paper": 7})
    unknown = customs.post(f"{path}/add-evidence", {"text": "Tin.", "item": "XX-2024-999999", "paper": 7})
    assert unseen.json()["errors"] == unknown.json()["errors"]
    assert {e["pointer"] for e in unseen.json()["errors"]} == {"/item", "/paper"}
    assert customs.post(f"{path}/add-evidence", {"text": "Tin.", "item": shared.reference}).status_code == 201
    assert customs.get(path).json()["evidence_records"][0]["item"] == shared.reference
    for name in ("coast_officer", "auditor"):
        row = api(name).get(path).json()["evidence_records"][0]
        assert (row["text"], row["item"]) == ("Tin.", None)
        assert api(name).get(f"conferences/{item.conference_id}").json()["action_items"][0]["evidence_records"] == [row]


def test_the_board_and_what_is_overdue(cast: Cast, api: Api) -> None:
    conference = convened(cast)
    late = task(cast, conference, due_on=today() - timedelta(days=1), assignee_unit=cast.units["customs"])
    task(cast, conference, due_on=today())
    seen = api("auditor")
    assert [one["id"] for one in seen.get("action-items?overdue=true").json()["results"]] == [str(late.pk)]
    others = seen.get("action-items?overdue=false&conference=meeting").json()["results"]
    assert [one["number"] for one in others] == [2]
    rows = {row["agency"]: row for row in seen.get("action-items/board").json()["agencies"]}
    assert rows["CUSTOMS"]["overdue"] == 1
    assert rows[None]["next_due_on"] == str(today())
    assert seen.get("action-items?overdue=1").status_code == 400


def test_minutes_are_saved_as_they_are_typed_and_a_second_hand_is_told(cast: Cast, api: Api) -> None:
    path, secretariat = f"conferences/{convened(cast).pk}", api("secretariat")
    read = secretariat.get(path)["ETag"]
    first = secretariat.patch(path, {"minutes_vi": "Một.", "minutes_en": "One."}, If_Match=read)
    assert (first.json()["minutes_vi"], first.json()["minutes_en"]) == ("Một.", "One.")
    assert secretariat.patch(path, {"minutes_vi": "Khác."}, If_Match=read).status_code == 412
    assert secretariat.patch(path, {"minutes_vi": "Một. Hai."}, If_Match=first["ETag"]).status_code == 200
