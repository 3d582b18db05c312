"""Figures from a spreadsheet: the template, every fault by its cell, all or nothing."""

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook, load_workbook

from agencies.audit.models import AuditEvent
from agencies.refusals import Invalid, NotPermitted
from registry.periods import Period
from reports import actions
from reports.importing import import_sheet, look_at_sheet
from reports.models import Statement
from reports.sheets import read_sheet, write_sheet
from reports.terms import FigureRole
from reports.wording import said
from tests.cast import Cast
from tests.information.files import form, raw
from tests.reports.golden import measured, records
from tests.reports.sheets import HEADINGS, cells, filled, saved
from tests.reports.stated import cases, confirmed, drafted, heroin

MASS = {"metric": "drugs_seized_mass", "substance": "heroin", "unit": "kg"}


def look(cast: Cast, statement: Statement, content: bytes, name: str = "police_officer") -> Any:
    return look_at_sheet(statement=statement, file=io.BytesIO(content), size=len(content), by=cast.people[name])


def test_the_template_holds_the_figures_and_a_line_for_every_other_metric(stating: Cast) -> None:
    draft = drafted(stating, cases(40, note="=1+1"), heroin(nil=True), heroin(missing="not_yet", role="lead"))
    for language in ("vi", "en"):
        table = cells(write_sheet(statement=draft, language=language))
        assert table[0][1] == "2024-Q2" and table[0][3] == "POLICE"
        assert [h for h in table[2] if "Tên" not in h and "Name" not in h] == HEADINGS[language]
        rows = {(r[0], r[3]): r for r in table[3:]}
        own = said(FigureRole.OWN.label).in_(language)
        line = rows["drug_cases", own]
        assert (line[5], line[6], line[9]) == (40, "case", "=1+1")
        assert rows["drugs_seized_mass", own][7] == "x"
        assert ("drugs_seized_tablets", own) in rows
        assert "information_shared" in {r[0] for r in table[3:]}


def test_text_is_stored_as_text_and_never_as_a_formula(stating: Cast) -> None:
    draft = drafted(stating, cases(40, note="=HYPERLINK(1)"))
    content = write_sheet(statement=draft, language="vi")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist())
    sheet: Any = load_workbook(io.BytesIO(content)).worksheets[0]
    assert {c.data_type for row in sheet.iter_rows() for c in row if isinstance(c.value, str)} == {"s"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_the_template_says_is_read_back_the_same(stating: Cast, language: str) -> None:
    draft = drafted(
        stating, cases(40, comparator="over"), heroin(nil=True), heroin(missing="not_yet", role="lead", note="Chờ cân")
    )
    content = write_sheet(statement=draft, language=language)
    sheet = look(stating, draft, content)
    assert sheet.faults == {}
    read = {(f.metric.code, f.role): (f.value, f.nil, f.missing, f.comparator, f.note) for f in sheet.figures}
    assert read == {
        ("drug_cases", "own"): (Decimal(40), False, "", "over", ""),
        ("drugs_seized_mass", "own"): (None, True, "", "exact", ""),
        ("drugs_seized_mass", "lead"): (None, False, "not_yet", "exact", "Chờ cân"),
    }


def test_names_do_as_well_as_codes_in_either_language(stating: Cast) -> None:
    draft = drafted(stating)
    rows = (
        {"metric": "Khối lượng", "substance": "HEROIN", "role": "coordinated", "value": 1.25, "unit": "kilogram"},
        {"metric": " cases ", "role": "chủ trì", "value": "12", "unit": "vụ"},
    )
    sheet = look(stating, draft, filled(draft, *rows))
    assert sheet.faults == {}
    assert [(f.role, f.value) for f in sheet.figures] == [("coordinator", Decimal("1.25")), ("lead", Decimal(12))]


def test_every_fault_is_named_by_its_cell_at_once(stating: Cast) -> None:
    draft = drafted(stating)
    content = filled(
        draft,
        {"metric": "joy", "value": 1, "unit": "kg"},
        {**MASS, "value": "659,149"},
        {**MASS, "value": "=1+1", "role": "lead"},
        {**MASS, "value": -3, "role": "boss"},
        {"value": 4, "unit": "case"},
        {"metric": "drug_cases", "value": 4, "unit": "kg"},
        {"metric": "drug_cases", "value": 4, "unit": "case", "role": "lead", "nil": "x"},
        {"metric": "drug_cases", "nil": "maybe", "role": "coordinator", "note": "TUYỆT MẬT"},
        {**MASS, "value": 1, "role": "coordinator"},
        {**MASS, "value": 2, "role": "coordinator"},
        {**MASS, "missing": "because", "role": "co_lead"},
        {**MASS, "value": 0.0000001, "role": "co_lead"},
    )
    faults = look(stating, draft, content).faults
    assert set(faults) == {
        "A4", "F5", "F6", "F7", "D7", "A8", "G9", "F10", "H11", "J11", "F13", "I14", "F15",
    }, {k: str(v) for k, v in faults.items()}  # fmt: skip
    with pytest.raises(Invalid) as refusal:
        import_sheet(statement=draft, file=io.BytesIO(content), size=len(content), by=stating.police_officer)
    assert set(refusal.value.fields) == set(faults)
    assert draft.figures.get().value == 12


def test_a_good_sheet_replaces_the_figures_and_keeps_what_they_count(stating: Cast) -> None:
    story = records(stating)
    held = measured("drugs_seized_mass", "heroin", "kg", "lead", "1.7", [story.lots["A"], story.lots["B"]])
    draft = drafted(stating, held, cases(3))
    content = filled(draft, {**MASS, "value": 1.71, "role": "lead"}, language="en")
    looked = look(stating, draft, content)
    assert (looked.faults, draft.figures.count(), Statement.objects.get(pk=draft.pk).revision) == ({}, 2, 1)
    import_sheet(statement=draft, file=io.BytesIO(content), size=len(content), by=stating.police_officer)
    figure = draft.figures.get()
    assert (figure.value, figure.claims.count()) == (Decimal("1.71"), 2)
    assert AuditEvent.objects.latest("pk").action == "statement.import"


def test_who_does_not_write_the_draft_has_nothing_checked(stating: Cast) -> None:
    draft = drafted(stating)
    with pytest.raises(NotPermitted):
        look(stating, draft, b"", "police_head")


def test_a_sheet_of_another_period_is_refused(stating: Cast) -> None:
    draft = drafted(stating)
    other = actions.create_statement(
        unit=stating.units["customs"], period=Period.parse("2024-Q1"), by=stating.customs_officer, figures=[cases()]
    )
    assert set(look(stating, draft, filled(other, {"metric": "drug_cases", "nil": "x"})).faults) == {"B1"}


def test_a_sheet_without_figures_says_so(stating: Cast) -> None:
    draft = drafted(stating)
    assert set(look(stating, draft, filled(draft)).faults) == {"A1"}


def bomb() -> bytes:
    """A small file with a part of forty megabytes."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", b" " * 40_000_000)
    return kept.getvalue()


def with_entities() -> bytes:
    """A workbook whose first part declares an entity."""
    book = Workbook()
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as source, zipfile.ZipFile(kept, "w") as package:
        for name in source.namelist():
            content = source.read(name)
            if name == "xl/workbook.xml":
                content = b'<!DOCTYPE w [<!ENTITY e "x">]>' + content
            package.writestr(name, content)
    return kept.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"no sheet", b"PK\x03\x04" + b"x" * 100, b"x" * 1_100_000, bomb(), with_entities(), saved(Workbook())],
    ids=["empty", "text", "broken", "large", "bomb", "entities", "without_headings"],
)
def test_what_is_no_sheet_is_refused_as_a_whole(stating: Cast, content: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        read_sheet(file=io.BytesIO(content), size=len(content), period="2024-Q2")
    assert set(refusal.value.fields) == {"file"}


def test_rows_have_a_limit(stating: Cast) -> None:
    draft = drafted(stating)
    content = filled(draft, {"metric": "drug_cases", "nil": "x"}, first=1_200)
    with pytest.raises(Invalid):
        read_sheet(file=io.BytesIO(content), size=len(content), period="2024-Q2")


def test_a_sheet_goes_out_and_comes_in_over_http(stating: Cast, api: Any) -> None:
    draft = drafted(stating)
    client = api("police_officer")
    path = f"statements/{draft.pk}/sheet"
    answer = client.get(f"{path}?language=en", Accept="application/json")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="statement-POLICE-2024-Q2-1-en.xlsx"'
    assert cells(answer.content)[2][0] == "Metric (code)"
    assert client.get(f"{path}?language=fr").status_code == 400
    good = filled(draft, {**MASS, "value": 1.5})
    checked = client.call("POST", f"{path}-check", good, **raw("a.xlsx"))
    assert (checked.status_code, checked.json()["faults"]) == (200, [])
    assert checked.json()["figures"][0]["value"] == "1.5"
    bad = filled(draft, {**MASS, "value": "x"}, {"metric": "joy", "nil": "x"})
    checked = client.call("POST", f"{path}-check", bad, **raw("a.xlsx"))
    assert [fault["cell"] for fault in checked.json()["faults"]] == ["F4", "A5"]
    refused = client.call("POST", path, bad, **raw("a.xlsx"))
    assert (refused.status_code, {e["pointer"] for e in refused.json()["errors"]}) == (400, {"/F4", "/A5"})
    assert draft.figures.get().metric.code == "drug_cases"
    body, kind = form("a.xlsx", good)
    taken = client.call("POST", path, body, **{"Content-Type": kind})
    assert (taken.status_code, taken.json()["figures"][0]["value"]) == (200, "1.5")


def test_the_page_checks_a_sheet_first_and_takes_it_on_a_second_press(stating: Cast, desk: Any) -> None:
    draft = drafted(stating)
    client: Client = desk("police_officer")
    address = f"/admin/reports/statement/{draft.pk}/sheet/"
    assert client.get(address).status_code == 200
    template = client.get(f"{address}template/?language=vi")
    assert template["Content-Type"].endswith("sheet")
    bad = SimpleUploadedFile("a.xlsx", filled(draft, {**MASS, "value": "659,149"}))
    text = client.post(address, {"file": bad}).content.decode()
    assert "F4" in text and 'name="taken"' not in text
    good = SimpleUploadedFile("a.xlsx", filled(draft, {**MASS, "value": 1.5}))
    page = client.post(address, {"file": good})
    assert draft.figures.get().metric.code == "drug_cases"
    taken = page.context["taken"]
    assert 'name="taken"' in page.content.decode()
    assert client.post(address, {"taken": taken + "x"}).status_code == 302
    assert draft.figures.get().metric.code == "drug_cases"
    assert client.post(address, {"taken": taken}).status_code == 302
    assert draft.figures.get().value == Decimal("1.5")


def test_the_page_is_for_those_who_write_the_draft(stating: Cast, desk: Any) -> None:
    draft, final = drafted(stating), confirmed(stating, unit="customs")
    assert desk("police_head").get(f"/admin/reports/statement/{draft.pk}/sheet/").status_code == 404
    assert desk("customs_officer").get(f"/admin/reports/statement/{final.pk}/sheet/").status_code == 404
    assert desk("customs_officer").get(f"/admin/reports/statement/{draft.pk}/sheet/").status_code == 404
