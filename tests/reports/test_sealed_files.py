"""The very files of a sealed report."""

import hashlib
import io
import zipfile

from reports.freezing import load
from reports.renderers import render
from reports.sealing import signed
from tests.cast import Cast
from tests.reports.sealed import prepared, seal


def test_sealed_files_are_the_approved_document_with_number_and_signature(cast: Cast) -> None:
    report = seal(cast, prepared(cast))
    assert report.paper is not None
    document = signed(load(bytes(report.document or b"")), report.paper)
    files = report.files.filter(final=True)
    assert len(files) == 10
    for file in files:
        assert bytes(file.content) == render(document, file_format=file.file_format, language=file.language)
        assert file.sha256 == hashlib.sha256(file.content).hexdigest()
    for final, there in ((True, True), (False, False)):
        words = written(bytes(report.files.get(final=final, language="vi", file_format="docx").content))
        assert ("01/BC-police" in words, "Police head" in words) == (there, there)


def written(content: bytes) -> str:
    """The text of a docx as it is stored."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return packed.read("word/document.xml").decode()
