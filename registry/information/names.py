"""Names of files: what a sender writes, made safe to show, to store in a record and to write to a disk."""

import re
import unicodedata

MOST_BYTES = 200
"""UTF-8 bytes of a name; longer ones lose the end of their stem and keep their extension."""

_DROPPED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Control, invisible, direction-changing, broken and unassigned characters."""

_RESERVED = re.compile(r"^(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""Devices of Windows, whatever extension follows."""


def safe_name(given: str) -> str:
    """The name without folders, invisible characters and reserved words, composed (NFC). Empty when nothing is left."""
    last = re.split(r"[/\\]", given)[-1]
    kept = "".join(" " if c in "\t\n\r" else c for c in last)
    kept = "".join(c for c in unicodedata.normalize("NFC", kept) if unicodedata.category(c) not in _DROPPED)
    kept = re.sub(r'[<>:"|?*]', "_", re.sub(r"\s+", " ", kept)).strip(" .")
    return _RESERVED.sub(lambda found: f"_{found.group()}", _shortened(kept), count=1) if kept else ""


def extension(name: str) -> str:
    """Without the dot, in small letters; empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _shortened(name: str) -> str:
    dot = f".{name.rpartition('.')[2]}" if "." in name else ""
    dot = dot if len(dot.encode()) <= 16 else ""
    stem = name.removesuffix(dot) if dot else name
    if len(name.encode()) > MOST_BYTES:
        stem = stem.encode()[: MOST_BYTES - len(dot.encode())].decode(errors="ignore").rstrip(" .")
    return unicodedata.normalize("NFC", stem + dot)


def ascii_name(name: str) -> str:
    """For clients that read no Unicode in a header: letters without their marks, the rest as `_`."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r'[^ -~]|["\\%]', "_", plain)
