"""Files over HTTP: in by a raw body or a form, out as a download that nothing runs, told with every fault."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from registry.information.models import StoredFile
from tests.cast import Cast
from tests.clients import ApiClient
from tests.information.files import attach, fake_clamd, form, raw, sent_with, upload
from tests.information.samples import KINDS, PDF, REFUSED, TEXT, eicar
from tests.raw import sql

Api = Callable[[str | None], ApiClient]
FORM = {"Content_Type": "multipart/form-data; boundary=XX"}
RAW = {"Content_Type": "application/octet-stream"}


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("name", KINDS)
def test_a_file_comes_out_as_it_went_in(cast: Cast, api: Api, name: str) -> None:
    sent, media_type = KINDS[name]
    client = api("police_officer")
    made = upload(client, cast.items["police_draft"], sent, name)
    assert made.status_code == 201, made.content
    body = made.json()
    told = (body["name"], body["media_type"], body["size"], body["scan"])
    assert told == (name, media_type, len(sent), "not_scanned")
    assert made["Location"].endswith(f"/api/v1/attachments/{body['id']}")
    got = client.get(f"attachments/{body['id']}/content")
    assert content(got) == sent
    assert got["Content-Type"].startswith(media_type)
    assert got["Content-Length"] == str(len(sent))


def test_a_download_is_saved_and_never_run_shown_or_kept(cast: Cast, api: Api) -> None:
    one = attach(cast.items["police_draft"], cast.police_officer, PDF, "Đề án “một” 100%.pdf")
    got = api("police_officer").get(f"attachments/{one.pk}/content")
    encoded = quote("Đề án “một” 100%.pdf")
    assert got["Content-Disposition"] == f"attachment; filename=\"De an _mot_ 100_.pdf\"; filename*=UTF-8''{encoded}"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert got["Cache-Control"] == "no-store"
    assert got["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("what", REFUSED)
def test_what_hides_something_is_refused_over_http(cast: Cast, api: Api, what: str) -> None:
    name, sent, code = REFUSED[what]
    before = StoredFile.objects.count()
    answer = upload(api("police_officer"), cast.items["police_draft"], sent, name)
    assert answer.status_code == 400, answer.content
    pointers = {fault["pointer"]: fault["code"] for fault in answer.json()["errors"]}
    assert pointers.get("/file") in {code, "required"}
    assert StoredFile.objects.count() == before


def test_a_form_brings_the_conditions_as_fields_and_a_raw_body_as_parameters(cast: Cast, api: Api) -> None:
    client, item = api("police_officer"), cast.items["police_draft"]
    path = f"information-items/{item.pk}/attachments"
    body, _kind = form("biên bản.txt", TEXT, {"no_onward": "true", "originator_only": "true"})
    one = client.call("POST", path, body, **FORM).json()
    two = upload(client, item, TEXT, "b.txt", "?no_judicial_use=true").json()
    held = ("name", "no_onward", "no_judicial_use", "originator_only")
    assert [one[k] for k in held] == ["biên bản.txt", True, False, True]
    assert [two[k] for k in held] == ["b.txt", False, True, False]
    unknown, _kind = form("a.txt", TEXT, {"no_such": "x"})
    assert client.call("POST", path, unknown, **FORM).json()["errors"][0]["pointer"] == "/no_such"
    assert upload(client, item, TEXT, "b.txt", "?no_such=1").status_code == 400
    assert client.call("POST", path + "?no_onward=true", body, **FORM).status_code == 400


STRANGE_SET = b"--XX\r\nContent-Disposition: form-data; name=\"file\"; filename*=xx''a\r\n\r\na\r\n--XX--\r\n"
BODIES: list[tuple[bytes, dict[str, str], int]] = [
    (b"", raw("a.txt"), 400),
    (TEXT, RAW, 400),
    (TEXT, RAW | {"Content_Disposition": "attachment; filename*=no'x"}, 400),
    (TEXT, RAW | {"Content_Disposition": "attachment; filename*=xx''a.txt"}, 400),
    (TEXT, RAW | {"Content_Disposition": 'attachment; filename="a\0.txt"'}, 201),
    (TEXT, raw("\0"), 400),
    (TEXT, raw("a\ud800.txt"), 201),
    (TEXT, raw("a" * 5000 + ".txt"), 201),
    (TEXT, {"Content_Type": "text/plain"}, 415),
    (b"{}", {}, 415),
    (b"--XX\r\n", FORM, 400),
    (b"--XX--\r\n", FORM, 400),
    (STRANGE_SET, FORM, 400),
    (form("..", TEXT)[0], FORM, 400),
    (form("a\0.txt", TEXT)[0], FORM, 201),
    (TEXT, {"Content_Type": "multipart/form-data"}, 400),
]


@pytest.mark.parametrize("number", range(len(BODIES)))
def test_a_body_in_disorder_is_refused_with_a_problem(cast: Cast, api: Api, number: int) -> None:
    body, headers, status = BODIES[number]
    path = f"information-items/{cast.items['police_draft'].pk}/attachments"
    answer = api("police_officer").call("POST", path, body, **headers)
    assert answer.status_code == status, answer.content
    if status != 201:
        assert answer["Content-Type"] == "application/problem+json"


def test_a_name_in_the_bytes_of_a_header_is_read_as_utf8(cast: Cast, api: Api) -> None:
    header = 'attachment; filename="biên bản.txt"'.encode().decode("latin-1")
    path = f"information-items/{cast.items['police_draft'].pk}/attachments"
    made = api("police_officer").call("POST", path, TEXT, **RAW, Content_Disposition=header)
    assert made.json()["name"] == "biên bản.txt"


@pytest.mark.parametrize("how", ["raw", "form"])
def test_a_file_may_have_so_many_bytes_and_no_more(cast: Cast, api: Api, settings: Any, how: str) -> None:
    settings.ATTACHMENT_MAX_BYTES = 1000
    path, client = f"information-items/{cast.items['police_draft'].pk}/attachments", api("police_officer")

    def sent(size: int) -> Any:
        if how == "raw":
            return client.call("POST", path, b"a" * size, **raw("a.txt"))
        return client.call("POST", path, form("a.txt", b"a" * size)[0], **FORM)

    assert sent(1000).status_code == 201
    for size in (1001, 200_000):
        answer = sent(size)
        assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
        assert "1000" in answer.json()["detail"] or "1.000" in answer.json()["detail"]


def test_attaching_counts_as_an_edit_for_if_match(cast: Cast, api: Api) -> None:
    client, item = api("police_officer"), cast.items["police_draft"]
    tag = client.get(f"information-items/{item.pk}")["ETag"]
    one = upload(client, item, TEXT, "a.txt", If_Match=tag)
    assert one.status_code == 201 and one["ETag"] != tag
    assert upload(client, item, TEXT, "a.txt", If_Match=tag).status_code == 412
    address = f"attachments/{one.json()['id']}"
    assert client.post(f"{address}/remove", If_Match=tag).status_code == 412
    removed = client.post(f"{address}/remove", If_Match=one["ETag"])
    assert removed.status_code == 200 and removed["ETag"] != one["ETag"]
    assert [client.get(address + verb).status_code for verb in ("", "/content")] == [404, 404]


def test_a_repeated_upload_is_done_once(cast: Cast, api: Api) -> None:
    client, item = api("police_officer"), cast.items["police_draft"]
    large = TEXT * 40_000
    one, two = (upload(client, item, large, "a.txt", Idempotency_Key="one") for _ in range(2))
    assert (one.status_code, two.status_code, two["Idempotency-Replayed"]) == (201, 201, "true")
    assert one.json()["id"] == two.json()["id"]
    assert one.json()["size"] == len(large)
    for sent, name in ((large + b"a", "a.txt"), (large, "b.txt")):
        other = upload(client, item, sent, name, Idempotency_Key="one")
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    path = f"information-items/{item.pk}/attachments"
    refused = client.call("POST", path, form("a.txt", TEXT)[0], **FORM, Idempotency_Key="two")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_idempotency_key")


def test_malware_is_refused_over_http(cast: Cast, api: Api, settings: Any) -> None:
    with fake_clamd(settings):
        answer = upload(api("police_officer"), cast.items["police_draft"], eicar(), "a.txt")
    assert (answer.status_code, answer.json()["code"]) == (422, "infected")
    settings.CLAMAV_REQUIRED = True
    answer = upload(api("police_officer"), cast.items["police_draft"], TEXT, "a.txt")
    assert (answer.status_code, answer.json()["code"]) == (409, "scanner_unavailable")


def test_what_was_found_infected_later_is_not_given_out(cast: Cast, api: Api) -> None:
    one = sent_with(cast)
    sql("UPDATE information_storedfile SET scan = 'infected', scanned_at = now() WHERE id = %s", one.stored_id)
    answer = api("customs_officer").get(f"attachments/{one.pk}/content")
    assert (answer.status_code, answer.json()["code"]) == (422, "infected")


def test_bytes_come_whatever_the_client_would_like(cast: Cast, api: Api) -> None:
    one = sent_with(cast)
    for accept in ("application/pdf", "image/*", "*/*", "text/html"):
        assert api("customs_officer").get(f"attachments/{one.pk}/content", Accept=accept).status_code == 200
