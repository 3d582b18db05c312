"""A file on its way in: it lies on disk from the first byte, and is measured and hashed while it arrives."""

import hashlib
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import TemporaryUploadedFile


class ReceivedFile(TemporaryUploadedFile):
    """A temporary file that goes away when closed. `given_name` is what the sender calls it, not yet made safe.

    The file on disk has a name of its own: nothing of the sender's name reaches the file system.
    """

    def __init__(self, given_name: str, content_type: str = "", charset: str | None = None) -> None:
        super().__init__("received", content_type, 0, charset)
        self.given_name = given_name
        self._digest = hashlib.sha256()

    @classmethod
    def of(cls, content: bytes, given_name: str) -> "ReceivedFile":
        """A file made from bytes at hand."""
        made = cls(given_name)
        made.take(content)
        made.seek(0)
        return made

    def take(self, chunk: bytes) -> None:
        """Append what has arrived."""
        self.write(chunk)
        self._digest.update(chunk)
        self.size: Any = (self.size or 0) + len(chunk)

    @property
    def content(self) -> BinaryIO:
        """The bytes on disk."""
        return cast("BinaryIO", self.file)

    @property
    def sha256(self) -> str:
        """The fingerprint of everything taken so far."""
        return self._digest.hexdigest()
