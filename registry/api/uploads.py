"""Files over HTTP: never in memory, never larger than allowed, raw (`application/octet-stream`) or in a form."""

import contextlib
import tempfile
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, QueryDict
from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import DataAndFiles, FileUploadParser, MultiPartParser

from registry.received import ReceivedFile

FORM_OVERHEAD = 65_536
"""Bytes that a form may need around its file."""

CHUNK = 65_536


class UploadTooBig(RequestDataTooBig):
    """More bytes than a file may have."""


def require_bounded(length: int | None) -> None:
    """Refuse by the announced length. The server never reads beyond it."""
    if (length or 0) > settings.ATTACHMENT_MAX_BYTES + FORM_OVERHEAD:
        raise UploadTooBig


class MeasuredUploadHandler(FileUploadHandler):
    """The only upload handler of the registry: to disk, hashed, bounded."""

    chunk_size = CHUNK
    file: ReceivedFile | None = None

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:  # noqa: N803
        """Refuse before the first byte is read."""
        require_bounded(content_length)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self.file = ReceivedFile(self.file_name or "", self.content_type or "", self.charset)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Onto the disk."""
        assert self.file is not None  # noqa: S101 - new_file comes first
        if start + len(raw_data) > settings.ATTACHMENT_MAX_BYTES:
            self.file.close()
            raise UploadTooBig
        self.file.take(raw_data)

    def file_complete(self, file_size: int) -> ReceivedFile | None:
        """The file, to be read from its beginning."""
        if self.file is not None:
            self.file.seek(0)
        return self.file

    def upload_interrupted(self) -> None:
        """Nothing stays behind."""
        if self.file is not None:
            self.file.close()


class FormParser(MultiPartParser):
    """multipart/form-data."""

    def parse(self, *args: Any, **kwargs: Any) -> "DataAndFiles[Any, Any]":
        """Fields and file. A character set nobody knows is a fault of the sender."""
        try:
            return super().parse(*args, **kwargs)
        except LookupError as fault:
            raise ParseError(_("The form cannot be read.")) from fault


class OctetStreamParser(FileUploadParser):
    """application/octet-stream: the body is the file, Content-Disposition names it, parameters say the rest."""

    media_type = "application/octet-stream"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> "DataAndFiles[Any, Any]":
        """The file beside the parameters of the address."""
        found = super().parse(stream, media_type, parser_context)
        query: QueryDict = parser_context["request"].query_params
        return DataAndFiles(query, found.files)

    def get_filename(self, stream: Any, media_type: Any, parser_context: Any) -> str:
        """`filename*` before `filename`; bytes of a header that are UTF-8 are read as such."""
        header = parser_context["request"].META.get("HTTP_CONTENT_DISPOSITION", "")
        with contextlib.suppress(LookupError, ValueError):
            _kind, parameters = parse_header_parameters(header)
            if "filename*" in parameters:
                return parameters["filename*"]
            name = parameters["filename"]
            with contextlib.suppress(UnicodeError):
                name = name.encode("latin-1").decode("utf-8")
            return name
        raise ParseError(_("Name the file: Content-Disposition: attachment; filename*=UTF-8''NAME."))


@contextlib.contextmanager
def spool(request: HttpRequest, digest: Any) -> Iterator[None]:
    """Read a raw body once to disk, feeding the digest; the view then reads it from there."""
    require_bounded(int(request.META.get("CONTENT_LENGTH") or 0))
    with tempfile.TemporaryFile() as kept:
        for chunk in iter(lambda: request.read(CHUNK), b""):
            digest.update(chunk)
            kept.write(chunk)
        kept.seek(0)
        request._stream = kept
        request._read_started = False  # type: ignore[attr-defined]
        yield
