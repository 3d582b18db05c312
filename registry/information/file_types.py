"""Which files are taken, decided by what they contain. Headers and directories are read, nothing is opened or unpacked.

A refusal is a `Refused` with a stable code. A file that could be two things is neither.
"""

import codecs
import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from agencies.refusals import Text
from registry.information.marks import find_marks
from registry.information.packages import Refused, directory_found, package_kind

HEAD = 1024
PIECE = 65_536
MOST_PIXELS = 50_000_000
"""Width times height of an image; read from its header."""

OVERLAP = 256
"""Characters of a text that are read again with the next piece: a stamp may lie across the cut."""

MOST_CHUNKS = 20_000
"""Parts of a PNG, segments of a JPEG."""

_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|\?php|\?xml\s)", re.IGNORECASE)
_NO_TEXT = (b"GIF8", b"Rar!", b"{\\rtf", b"%!PS", b"#!")
"""Beginnings that read as a text and are something else."""

_HUNG_ON = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
"""Archives that their programs find anywhere in a file."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken."""

    media_type: str
    extensions: tuple[str, ...]


PDF = Kind("application/pdf", ("pdf",))
PNG = Kind("image/png", ("png",))
JPEG = Kind("image/jpeg", ("jpg", "jpeg"))
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
TEXT = Kind("text/plain", ("txt", "csv"))
KINDS = (PDF, PNG, JPEG, DOCX, XLSX, TEXT)
TAKEN = ", ".join(ending for kind in KINDS for ending in kind.extensions)

_TWO_THINGS = _("The file can be read as two kinds of file at once. Save it anew in its own program.")
_BROKEN: Text = _("The file is damaged or cut off. Save it anew in its own program.")


def kind_of(file: BinaryIO, size: int) -> Kind:
    """What the file is, or Refused. The position in the file is not kept."""
    if size == 0:
        raise Refused("empty", _("The file is empty."))
    head = _read(file, 0, HEAD)
    kind, check = _recognised(head)
    if kind not in (DOCX, TEXT) and _MARKUP.search(head):
        raise Refused("polyglot", _TWO_THINGS)
    if kind is not PDF and b"%PDF-" in head:
        raise Refused("polyglot", _TWO_THINGS)
    if kind is not DOCX and (directory_found(file, size) or _archive_found(file)):
        raise Refused("polyglot", _TWO_THINGS)
    return check(file, size) or kind


def _recognised(head: bytes) -> tuple[Kind, "Callable[[BinaryIO, int], Kind | None]"]:
    """By the first bytes: the kind, and what looks at the rest."""
    for magic, kind, check in (
        (b"%PDF-", PDF, _check_pdf),
        (b"\x89PNG\r\n\x1a\n", PNG, _check_png),
        (b"\xff\xd8\xff", JPEG, _check_jpeg),
        (b"PK\x03\x04", DOCX, _check_package),
    ):
        if head.startswith(magic):
            return kind, check
    if head.startswith(_NO_TEXT):
        raise Refused("type_not_allowed", _("This kind of file is not taken. Taken are: %s.") % TAKEN)
    return TEXT, _check_text


def _archive_found(file: BinaryIO) -> bool:
    file.seek(0)
    before = b""
    while piece := file.read(PIECE):
        if any(magic in before + piece for magic in _HUNG_ON):
            return True
        before = piece[-8:]
    return False


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    return file.read(length)


def _check_package(file: BinaryIO, size: int) -> Kind:
    return {"docx": DOCX, "xlsx": XLSX}[package_kind(file, size)]


def _check_pdf(file: BinaryIO, size: int) -> None:
    """The last mark of its end stands at the end: nothing is hung on."""
    tail = _read(file, max(0, size - HEAD), HEAD)
    end = tail.rfind(b"%%EOF")
    if end < 0:
        raise Refused("damaged", _BROKEN)
    if tail[end + 5 :].strip(b"\r\n\t \0"):
        raise Refused("polyglot", _TWO_THINGS)


def _require_drawable(width: int, height: int) -> None:
    if not width or not height:
        raise Refused("damaged", _BROKEN)
    if width * height > MOST_PIXELS:
        most = MOST_PIXELS // 1_000_000
        raise Refused("too_many_pixels", _("The image has more than %d million pixels. Make it smaller.") % most)


def _check_png(file: BinaryIO, size: int) -> None:
    """Part by part from the first (IHDR) to the last (IEND), which ends the file."""
    at = 8
    for number in range(MOST_CHUNKS):
        header = _read(file, at, 16)
        if len(header) < 8:
            break
        length, name = struct.unpack(">I4s", header[:8])
        if number == 0:
            if name != b"IHDR" or length != 13 or len(header) < 16:
                break
            _require_drawable(*struct.unpack(">II", header[8:16]))
        at += 12 + length
        if name == b"IEND":
            if at < size:
                raise Refused("polyglot", _TWO_THINGS)
            if at == size:
                return
            break
    raise Refused("damaged", _BROKEN)


def _segments(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Marker and place of each segment of a JPEG, up to the picture itself."""
    at = 2
    for _number in range(MOST_CHUNKS):
        header = _read(file, at, 4)
        if len(header) < 4 or header[0] != 0xFF:
            return
        marker, length = header[1], struct.unpack(">H", header[2:])[0]
        if marker == 0xFF:
            at += 1
            continue
        if length < 2:
            return
        yield marker, at
        if marker == 0xDA:
            return
        at += 2 + length


def _check_jpeg(file: BinaryIO, size: int) -> None:
    """A size, a picture, an end at the end of the file."""
    sized = False
    for marker, at in _segments(file):
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            shape = _read(file, at + 5, 4)
            if len(shape) < 4:
                break
            height, width = struct.unpack(">HH", shape)
            _require_drawable(width, height)
            sized = True
        if marker == 0xDA and sized:
            tail = _read(file, max(0, size - HEAD), HEAD)
            if not tail.rstrip(b"\0").endswith(b"\xff\xd9"):
                raise Refused("polyglot", _("Something stands behind the end of the image. Save it anew."))
            return
    raise Refused("damaged", _BROKEN)


def _check_text(file: BinaryIO, size: int) -> None:
    """UTF-8 without control characters, no markup, no stamp of a state secret."""
    decoder, before, first, cut = codecs.getincrementaldecoder("utf-8-sig")(), "", True, ""
    file.seek(0)
    while True:
        raw = file.read(PIECE)
        try:
            piece = decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as fault:
            text = _("The file is none of the kinds taken (%s). Save a text as UTF-8.") % TAKEN
            raise Refused("type_not_allowed", text) from fault
        _require_plain(piece, first=first)
        # What was cut is no line of its own: a word stands where the cut is.
        if found := find_marks(f"{cut}{before}{piece}{' x' if raw else ''}"):
            raise Refused("above_ceiling", above_ceiling(found))
        if not raw:
            return
        first, cut = False, cut or ("x " if len(before + piece) > OVERLAP else "")
        before = (before + piece)[-OVERLAP:]


def _require_plain(piece: str, *, first: bool) -> None:
    if re.search(r"[\x00-\x08\x0b\x0e-\x1f\x7f]", piece):
        raise Refused("type_not_allowed", _("This kind of file is not taken. Taken are: %s.") % TAKEN)
    if first and _MARKUP.search(piece[:HEAD].encode()):
        text = _("Web pages, drawings and scripts are not taken. Taken are: %s.") % TAKEN
        raise Refused("type_not_allowed", text)


def above_ceiling(marks: list[str]) -> Text:
    """Why a text with such marks is refused."""
    text = _("Marked “%s”: state secrets may not be entered here. Register the paper where it lawfully lies.")
    return text % ", ".join(marks)
