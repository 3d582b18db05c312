"""Which files are taken: by content, never by name; one kind only; nothing that unpacks without measure."""

import io
import zipfile
from typing import Any

import pytest

from registry.information import packages
from registry.information.file_types import MOST_PIXELS, kind_of
from registry.information.packages import Refused, directory_found
from tests.information.samples import DOCUMENT, KINDS, PDF, REFUSED, TEXT, ZIP, jpeg, package, png


def kind(content: bytes) -> Any:
    return kind_of(io.BytesIO(content), len(content))


@pytest.mark.parametrize("name", KINDS)
def test_a_file_is_known_by_what_it_contains(name: str) -> None:
    content, media_type = KINDS[name]
    found = kind(content)
    assert found.media_type == media_type
    assert name.rpartition(".")[2] in found.extensions


@pytest.mark.parametrize("what", REFUSED)
def test_what_hides_something_is_refused(what: str) -> None:
    _name, content, code = REFUSED[what]
    with pytest.raises(Refused) as refusal:
        kind(content)
    assert refusal.value.code == code
    assert str(refusal.value.message)


@pytest.mark.parametrize("mark", ["TUYỆT MẬT", "TỐI MẬT", "MẬT"])
@pytest.mark.parametrize("before", ["", "a" * 65_533, "ạ" * 40_000])
def test_a_text_with_a_stamp_is_refused_wherever_it_stands(mark: str, before: str) -> None:
    with pytest.raises(Refused) as refusal:
        kind(f"{before}\n{mark}\nbáo cáo".encode())
    assert refusal.value.code == "above_ceiling"
    assert mark in str(refusal.value.message)


def test_an_image_may_have_so_many_pixels_and_no_more() -> None:
    assert kind(png(MOST_PIXELS // 5000, 5000)).media_type == "image/png"
    with pytest.raises(Refused):
        kind(png(MOST_PIXELS // 5000 + 1, 5000))


def test_a_document_may_pack_a_hundredfold_and_no_more() -> None:
    dense = package(DOCUMENT | {"word/a.xml": b"a" * packages.SMALL})
    assert kind(dense).extensions == ("docx",)
    with pytest.raises(Refused) as refusal:
        kind(package(DOCUMENT | {"word/a.xml": b"a" * (packages.SMALL + 1)}))
    assert refusal.value.code == "bomb"


def test_a_document_that_unpacks_to_too_much_is_refused_by_its_directory_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    large = package(DOCUMENT | {f"word/{n}.xml": bytes(range(250)) * 10 for n in range(4)})
    monkeypatch.setattr(packages, "MOST_UNPACKED", 5_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_a, **_k: pytest.fail("a part was opened"))
    with pytest.raises(Refused) as refusal:
        kind(large)
    assert refusal.value.code == "bomb"


def test_padding_and_ordinary_endings_are_no_second_file() -> None:
    assert kind(jpeg() + b"\0" * 200).media_type == "image/jpeg"
    assert kind(PDF + b"\r\n").media_type == "application/pdf"
    assert kind("﻿Có dấu đầu tệp".encode()).media_type == "text/plain"
    assert kind(TEXT * 5000).media_type == "text/plain"
    assert kind("PK1 và MZ, <Nguồn tin> 5 < 6\f".encode()).media_type == "text/plain"


def test_a_zip_directory_is_found_wherever_its_data_begin() -> None:
    for content, due in ((ZIP, True), (b"x" * 99 + ZIP + b"y" * 99, True), (b"PK\x05\x06" + b"z" * 40, False)):
        assert directory_found(io.BytesIO(content), len(content)) is due, content[:8]
