"""Attaching files in tests: through the real action, over HTTP, and a scanner that is none."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from agencies.models import User
from registry.information import actions
from registry.information.attachments import Handling, attach_file
from registry.information.models import Attachment, InformationItem
from registry.received import ReceivedFile
from tests.cast import SPRING, Cast, draft, release
from tests.clients import ApiClient
from tests.information.samples import TEXT


def attach(
    item: InformationItem, by: User, content: bytes = TEXT, name: str = "biên bản.txt", **held: bool
) -> Attachment:
    """One file on a draft."""
    with ReceivedFile.of(content, name) as file:
        return attach_file(item=item, by=by, file=file, handling=Handling(**held))


def sent_with(
    cast: Cast,
    content: bytes = TEXT,
    name: str = "biên bản.txt",
    to: tuple[str, ...] = ("customs",),
    owner: str = "police",
    **held: bool,
) -> Attachment:
    """A file on an item, of central police unless said otherwise, that was released to the units."""
    officer = cast.people[f"{owner}_officer"]
    unit = {"north": "police_north"}.get(owner, owner)
    item = draft(cast, by=officer, unit=unit, title="Tin có tệp", to=to)
    made = attach(item, officer, content, name, **held)
    actions.submit_item(item=item, by=officer, at=SPRING)
    release(item, by=cast.people[f"{owner}_head"], at=SPRING)
    return Attachment.objects.get(pk=made.pk)


def raw(name: str) -> dict[str, str]:
    """Headers of a raw file."""
    return {
        "Content_Type": "application/octet-stream",
        "Content_Disposition": f"attachment; filename*=UTF-8''{quote(name, errors='surrogatepass')}",
    }


def upload(client: ApiClient, item: InformationItem, content: bytes, name: str, query: str = "", **headers: str) -> Any:
    """The raw body."""
    return client.call("POST", f"information-items/{item.pk}/attachments{query}", content, **raw(name), **headers)


def form(name: str, content: bytes, fields: dict[str, str] | None = None) -> tuple[bytes, str]:
    """A multipart body and its content type."""
    parts = [
        f'--XX\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in (fields or {}).items()
    ]
    head = f'--XX\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'
    body = b"".join([*parts, head.encode(), content, b"\r\n--XX--\r\n"])
    return body, "multipart/form-data; boundary=XX"


def _received(connection: socket.socket) -> bytes:
    """What a client of INSTREAM sent."""
    stream = connection.makefile("rb")
    assert stream.read(10) == b"zINSTREAM\0"
    content = b""
    while length := struct.unpack(">L", stream.read(4))[0]:
        assert length <= 65_536
        content += stream.read(length)
    return content


@contextmanager
def fake_clamd(settings: Any, *, answer: bytes | None = None, files: int = 1) -> Iterator[list[bytes]]:
    """A scanner on the loopback address for so many files: it finds the test text, or says what it is told to.

    Yields what it was given. It ends by itself: after its files, or when nobody comes within ten seconds.
    """
    given: list[bytes] = []
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(10)

    def serve() -> None:
        with server:
            for _number in range(files):
                try:
                    connection, _address = server.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(10)
                    given.append(_received(connection))
                    found = b"stream: Eicar-Signature FOUND\0" if b"EICAR-STANDARD" in given[-1] else b"stream: OK\0"
                    connection.sendall(found if answer is None else answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    settings.CLAMAV_ADDRESS = f"127.0.0.1:{server.getsockname()[1]}"
    yield given
    server.close()
    thread.join(timeout=15)
