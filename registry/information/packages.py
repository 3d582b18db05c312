"""Office documents are zip files: their directory is read, their parts are not unpacked.

Everything is bounded before it is read: the directory's size and number of entries stand in the last 22 bytes.
"""

import re
import stat
import struct
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from agencies.refusals import Text
from registry.information.names import extension

MOST_ENTRIES = 1000
MOST_DIRECTORY = 1_048_576
MOST_UNPACKED = 200 * 1_048_576
MOST_RATIO = 100
MOST_LISTED = 262_144
"""Bytes of the list of parts, `[Content_Types].xml`, which is the only part read whole."""

EMPTY = 16
"""Bytes that an empty part may take. More is a part that hides what it holds."""

SMALL = 100_000
"""An entry that unpacks to less may be packed as tightly as it will."""

_END = struct.Struct("<4s4H2LH")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MZ", b"\x7fELF")
_ENDINGS = """
zip jar docx docm xlsx xlsm pptx 7z rar gz tgz bz2 xz tar cab iso exe dll com scr js vbs bat cmd ps1 hta lnk msi
html htm svg
"""
_REFUSED_ENDINGS = frozenset(_ENDINGS.split())
_BROKEN = _("The document is damaged. Save it anew in its own program.")
_BOMB = _("The document would unpack to far more than its size. Save it anew, without what makes it so large.")
_NAMES = _("The document contains names of parts that lead out of it. Save it anew in its own program.")
_NESTED = _("The document contains another archive or a program. Attach the files one by one.")
_MACROS = _("The document contains macros. Save it without them (docx, xlsx).")


class Refused(Exception):
    """The file is not taken. `code` is stable, `message` says what would be right."""

    def __init__(self, code: str, message: Text) -> None:
        self.code, self.message = code, message
        super().__init__(code)


def directory_found(file: BinaryIO, size: int) -> bool:
    """Whether the end of the file holds a zip directory, wherever its data begin: some program would open it."""
    length = min(size, 65_557)
    file.seek(size - length)
    tail = file.read(length)
    at = tail.rfind(b"PK\x05\x06")
    while at >= 0:
        if len(tail) - at >= _END.size:
            directory = _END.unpack_from(tail, at)[5]
            begins = size - length + at - directory
            if directory == 0 or (begins >= 0 and _at(file, begins, 4) == b"PK\x01\x02"):
                return True
        at = tail.rfind(b"PK\x05\x06", 0, at)
    return False


def package_kind(file: BinaryIO, size: int) -> str:
    """`docx` or `xlsx`; Refused for every other zip file."""
    _require_bounded(file, size)
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
            _require_harmless(entries, size)
            for entry in entries:
                _require_no_archive(package, entry)
            return _kind(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as fault:
        raise Refused("damaged", _BROKEN) from fault
    except struct.error as fault:
        raise Refused("damaged", _BROKEN) from fault


def _at(file: BinaryIO, place: int, length: int) -> bytes:
    file.seek(place)
    return file.read(length)


def _require_bounded(file: BinaryIO, size: int) -> None:
    """One directory, at the very end, of a plain zip file that begins at the very beginning."""
    if size < _END.size + 30:
        raise Refused("damaged", _BROKEN)
    magic, disk, first_disk, here, count, length, begins, comment = _END.unpack(_at(file, size - _END.size, _END.size))
    if magic != b"PK\x05\x06" or comment or disk or first_disk or here != count:
        raise Refused("polyglot", _BROKEN)
    if count > MOST_ENTRIES or length > MOST_DIRECTORY:
        raise Refused("bomb", _("The document has more than %d parts.") % MOST_ENTRIES)
    if begins + length != size - _END.size or _at(file, size - 42, 4) == b"PK\x06\x07":
        raise Refused("polyglot", _BROKEN)


def _require_harmless(entries: list[zipfile.ZipInfo], size: int) -> None:
    """By the directory alone."""
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) != len(names):
        raise Refused("damaged", _BROKEN)
    packed = sum(entry.compress_size + 30 for entry in entries)
    if packed > size or min((entry.header_offset for entry in entries), default=1) != 0:
        raise Refused("bomb", _BOMB)
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise Refused("bomb", _BOMB)
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise Refused("bomb", _BOMB)
        _require_plain(entry)


def _require_plain(entry: zipfile.ZipInfo) -> None:
    """A part of a document: no way out, no link, no password, no macro, nothing packed again."""
    name = entry.orig_filename
    if re.search(r"[\\\0:]|^/|(?:^|/)\.\.(?:/|$)", name) or stat.S_ISLNK(entry.external_attr >> 16):
        raise Refused("unsafe_names", _NAMES)
    if entry.flag_bits & 0x1:
        raise Refused("encrypted", _("The document is locked with a password. Save it without one."))
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Refused("damaged", _BROKEN)
    if "vbaproject" in name.lower() or "/activex/" in f"/{name.lower()}":
        raise Refused("macros", _MACROS)
    if extension(name) in _REFUSED_ENDINGS:
        raise Refused("nested_archive", _NESTED)


def _require_no_archive(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """The first bytes of a part, whatever it is called."""
    if entry.file_size == 0 and entry.compress_size > EMPTY:
        raise Refused("damaged", _BROKEN)
    if entry.is_dir() or entry.file_size == 0:
        return
    with package.open(entry) as part:
        if part.read(8).startswith(_ARCHIVES):
            raise Refused("nested_archive", _NESTED)


def _kind(package: zipfile.ZipFile) -> str:
    names = set(package.namelist())
    found = [k for k, part in (("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")) if part in names]
    if "[Content_Types].xml" not in names or len(found) != 1:
        text = _("Archives are not taken. Attach the files one by one; of documents docx and xlsx are taken.")
        raise Refused("type_not_allowed", text)
    with package.open("[Content_Types].xml") as part:
        listed = part.read(MOST_LISTED + 1)
    if len(listed) > MOST_LISTED or b"\0" in listed:
        raise Refused("damaged", _BROKEN)
    if re.search(rb"macroenabled|vbaproject|activex|<!doctype|<!entity", listed, re.IGNORECASE):
        raise Refused("macros", _MACROS)
    return found[0]
