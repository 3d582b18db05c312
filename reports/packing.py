"""Zip archives whose bytes depend on what is in them alone: office files built twice are the same file."""

import io
import zipfile

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can name."""


def repacked(content: bytes) -> bytes:
    """The archive with its members in their order, under one moment and one set of permissions."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for member in source.infolist():
            fresh = zipfile.ZipInfo(member.filename, MOMENT)
            fresh.compress_type, fresh.create_system = zipfile.ZIP_DEFLATED, 3
            packed.writestr(fresh, source.read(member), compresslevel=6)
    return out.getvalue()
