"""Small files of each kind, and what hides in files: made by hand, nothing of it can do harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
TEXT = "Biên bản làm việc, ngày 14/5/2024.\n".encode()
CSV = "chất,khối lượng\nheroin,2 kg\n".encode()
TYPES = b'<?xml version="1.0" encoding="UTF-8"?><Types><Default Extension="xml" ContentType="application/xml"/></Types>'
DOCUMENT = {"[Content_Types].xml": TYPES, "word/document.xml": b"<w:document/>"}
WORKBOOK = {"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>"}


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int = 2, height: int = 2, more: bytes = b"") -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + more + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def jpeg(width: int = 2, height: int = 2) -> bytes:
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
    frame = b"\xff\xc0" + struct.pack(">HBHHBBBB", 11, 8, height, width, 1, 1, 0x11, 0)
    return b"\xff\xd8" + app + frame + b"\xff\xda" + struct.pack(">HBBBBBB", 8, 1, 1, 0, 0, 63, 0) + b"\x2a\xff\xd9"


def package(parts: Mapping[str, bytes] = DOCUMENT, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return made.getvalue()


def linked() -> bytes:
    """A document with a symbolic link in it."""
    made = io.BytesIO(package())
    with zipfile.ZipFile(made, "a") as archive:
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return made.getvalue()


def locked() -> bytes:
    """A document whose parts say that they are encrypted."""
    raw = bytearray(package())
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(magic)
        raw[start + at] |= 1
    return bytes(raw)


def eicar() -> bytes:
    """The test text every scanner takes for malware, put together here so that no file of ours is one."""
    return ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*").encode()


KINDS = {
    "a.pdf": (PDF, "application/pdf"),
    "a.png": (png(), "image/png"),
    "a.jpg": (jpeg(), "image/jpeg"),
    "a.jpeg": (jpeg(), "image/jpeg"),
    "a.docx": (package(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "a.xlsx": (package(WORKBOOK), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "a.txt": (TEXT, "text/plain"),
    "a.csv": (CSV, "text/plain"),
}

ZIP = package({"a.txt": b"a"})
BOMB = package(DOCUMENT | {"word/media/x.bin": b"\0" * 20_000_000})
MANY = package(DOCUMENT | {f"word/{n}.xml": b"" for n in range(1001)})
MACRO_TYPES = TYPES.replace(b"application/xml", b"application/vnd.ms-word.document.macroEnabled.main+xml")

REFUSED: dict[str, tuple[str, bytes, str]] = {
    "html": ("a.txt", b"<!DOCTYPE html><html></html>", "type_not_allowed"),
    "script in a text": ("a.txt", b"abc <ScRipt>alert(1)</script>", "type_not_allowed"),
    "svg": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "type_not_allowed"),
    "billion laughs": ("a.xlsx", b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "b">]>', "type_not_allowed"),
    "program": ("a.exe", b"MZ\x90\0\x03" + b"\0" * 100, "type_not_allowed"),
    "shell script": ("a.txt", b"#!/bin/sh\nexit\n", "type_not_allowed"),
    "gif with script": ("a.txt", b"GIF89a=1;alert(1)//", "type_not_allowed"),
    "rtf": ("a.txt", b"{\\rtf1 a}", "type_not_allowed"),
    "old office": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "type_not_allowed"),
    "utf-16": ("a.txt", "Biên bản".encode("utf-16"), "type_not_allowed"),
    "plain zip": ("a.docx", ZIP, "type_not_allowed"),
    "gzip": ("a.txt", b"\x1f\x8b\x08\0" + b"a" * 30, "type_not_allowed"),
    "zip behind an image": ("a.png", png() + ZIP, "polyglot"),
    "zip behind a jpeg": ("a.jpg", jpeg() + ZIP, "polyglot"),
    "zip inside a jpeg that ends well": ("a.jpg", jpeg()[:-2] + ZIP + b"\xff\xd9", "polyglot"),
    "zip behind a pdf": ("a.pdf", PDF + ZIP, "polyglot"),
    "zip inside a pdf that ends well": ("a.pdf", PDF + ZIP + b"\n%%EOF\n", "polyglot"),
    "rar inside a jpeg": ("a.jpg", jpeg()[:-2] + b"Rar!\x1a\x07\0" + b"\xff\xd9", "polyglot"),
    "pdf not at the beginning": ("a.pdf", b"\n" + PDF, "polyglot"),
    "pdf in an image": ("a.png", png(more=chunk(b"tEXt", b"a\0" + PDF)), "polyglot"),
    "html in an image": ("a.png", png(more=chunk(b"tEXt", b"a\0<html>")), "polyglot"),
    "php in a jpeg": ("a.jpg", jpeg()[:4] + b"<?php" + jpeg()[4:], "polyglot"),
    "text behind an image": ("a.png", png() + b"more", "polyglot"),
    "text behind a pdf": ("a.pdf", PDF + b"more", "polyglot"),
    "text before a document": ("a.docx", b"PK\x03\x04 text" + package(), "polyglot"),
    "text behind a document": ("a.docx", package() + b"more", "polyglot"),
    "pixel flood": ("a.png", png(60_000, 60_000), "too_many_pixels"),
    "jpeg pixel flood": ("a.jpg", jpeg(60_000, 60_000), "too_many_pixels"),
    "image without area": ("a.png", png(0, 5), "damaged"),
    "half an image": ("a.png", png()[:40], "damaged"),
    "half a jpeg": ("a.jpg", jpeg()[:30], "damaged"),
    "half a pdf": ("a.pdf", PDF[:30], "damaged"),
    "half a document": ("a.docx", package()[:60], "polyglot"),
    "bomb": ("a.docx", BOMB, "bomb"),
    "too many parts": ("a.docx", MANY, "bomb"),
    "zip slip": ("a.docx", package(DOCUMENT | {"../../evil.xml": b"a"}), "unsafe_names"),
    "absolute name": ("a.docx", package(DOCUMENT | {"/etc/cron.d/evil": b"a"}), "unsafe_names"),
    "windows name": ("a.docx", package(DOCUMENT | {"..\\evil.xml": b"a"}), "unsafe_names"),
    "drive": ("a.docx", package(DOCUMENT | {"c:evil.xml": b"a"}), "unsafe_names"),
    "symlink": ("a.docx", linked(), "unsafe_names"),
    "locked": ("a.docx", locked(), "encrypted"),
    "nested archive": ("a.docx", package(DOCUMENT | {"word/embeddings/a.zip": ZIP}), "nested_archive"),
    "archive called an image": ("a.docx", package(DOCUMENT | {"word/media/a.png": ZIP}), "nested_archive"),
    "program called an image": ("a.docx", package(DOCUMENT | {"word/media/a.png": b"MZ\x90\0"}), "nested_archive"),
    "macros": ("a.docx", package(DOCUMENT | {"word/vbaProject.bin": b"a"}), "macros"),
    "macros under another name": ("a.docx", package(DOCUMENT | {"[Content_Types].xml": MACRO_TYPES}), "macros"),
    "document and workbook": ("a.docx", package(DOCUMENT | WORKBOOK), "type_not_allowed"),
    "two parts of one name": ("a.docx", package(DOCUMENT | {"WORD/document.xml": b"a"}), "damaged"),
    "empty": ("a.txt", b"", "empty"),
}
"""What is refused: name, bytes, code."""
