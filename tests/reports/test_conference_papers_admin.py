"""Papers of a conference in the admin: linked from the conference, looked at, registered, downloaded."""

from django.test import Client

from reports.models import IssuedPaper
from tests.cast import Cast
from tests.reports.issued import approved, file


def test_the_page_shows_the_draft_registers_it_and_gives_out_the_file(cast: Cast, client: Client) -> None:
    conference = approved(cast)
    client.force_login(cast.again("secretariat"))
    page = f"/admin/reports/conferencepapers/{conference.pk}"
    assert f"{page}/change/" in client.get(f"/admin/conferences/conference/{conference.pk}/change/").content.decode()
    assert "step/register-minutes" in client.get(f"{page}/change/").content.decode()
    draft = client.get(f"{page}/papers/minutes/?language=vi&file_format=html")
    assert "DỰ THẢO" in draft.content.decode()
    assert "style-src 'sha256-" in draft["Content-Security-Policy"]
    given = {"signed_on": "2024-08-20", "signer": "Nguyễn Văn Mẫu", "secretary": "Trần Thị Ví Dụ"}
    assert client.post(f"{page}/step/register-minutes/", given).status_code == 302
    paper = IssuedPaper.objects.get(conference=conference)
    assert client.get(f"{page}/papers/minutes/?language=en&file_format=docx").content == file(paper, "docx", "en")
    shown = client.get(f"{page}/change/").content.decode()
    assert str(paper.entry) in shown
    assert "step/register-minutes" not in shown
    assert "step/register-notice" in shown


def test_readers_download_and_do_not_register(cast: Cast, client: Client) -> None:
    conference = approved(cast)
    client.force_login(cast.again("coast_analyst"))
    page = f"/admin/reports/conferencepapers/{conference.pk}"
    assert client.get(f"{page}/papers/notice/?file_format=pdf").content.startswith(b"%PDF")
    assert "step/register" not in client.get(f"{page}/change/").content.decode()
    assert client.get(f"{page}/papers/letter/").status_code == 404
    given = {"signed_on": "2024-08-20", "signer": "A", "secretary": "B"}
    client.post(f"{page}/step/register-minutes/", given)
    assert not IssuedPaper.objects.exists()
    client.force_login(cast.again("operator"))
    assert client.get(f"{page}/papers/notice/").status_code == 404
