"""The malware scanner: clamd's INSTREAM, over TCP or a unix socket. Nothing is scanned where none is configured."""

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from agencies.refusals import Conflict
from registry.information.terms import Scan

PIECE = 65_536
LONGEST_ANSWER = 4096


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner said; `name` is what it calls what it found."""

    result: Scan
    name: str = ""


def scan(file: BinaryIO) -> Verdict:
    """Ask the scanner. Without one, or when it does not answer: not scanned, or refused where it is required."""
    if settings.CLAMAV_ADDRESS:
        try:
            return verdict_on(file)
        except OSError:
            pass
    if settings.CLAMAV_REQUIRED:
        text = _("The malware scanner does not answer, and nothing is taken unscanned. Try again later.")
        raise Conflict(text, code="scanner_unavailable")
    return Verdict(Scan.NOT_SCANNED)


class NoVerdict(OSError):
    """The scanner answers, and will not judge this file: it is too large for it, or cannot be read."""


def verdict_on(file: BinaryIO) -> Verdict:
    """What the configured scanner says; NoVerdict, or another OSError when it is not there."""
    return _verdict(_ask(settings.CLAMAV_ADDRESS, file))


def _connect(address: str) -> socket.socket:
    """`host:port`, or the path of a unix socket."""
    limit: int = settings.CLAMAV_TIMEOUT
    if not address.startswith("/"):
        host, _colon, port = address.rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=limit)
    made = socket.socket(socket.AF_UNIX)
    made.settimeout(limit)
    try:
        made.connect(address)
    except OSError:
        made.close()
        raise
    return made


def _ask(address: str, file: BinaryIO) -> str:
    """Send the file in pieces; the answer in one line."""
    file.seek(0)
    with _connect(address) as scanner:
        scanner.sendall(b"zINSTREAM\0")
        while piece := file.read(PIECE):
            scanner.sendall(struct.pack(">L", len(piece)) + piece)
        scanner.sendall(struct.pack(">L", 0))
        answer = b""
        while b"\0" not in answer and len(answer) < LONGEST_ANSWER:
            more = scanner.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
    return answer.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _verdict(answer: str) -> Verdict:
    """`stream: OK`, `stream: NAME FOUND`; anything else is no answer."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Verdict(Scan.CLEAN)
    if said.endswith(" FOUND"):
        return Verdict(Scan.INFECTED, said.removesuffix(" FOUND")[:200])
    raise NoVerdict("The scanner gave no verdict.")
