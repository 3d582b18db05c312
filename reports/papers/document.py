"""An official paper of words as plain data, both languages in one. No Django here, and no database."""

from dataclasses import dataclass
from datetime import datetime

from reports.document import NOTHING, OfficialForm, Text


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered part: its title, and lines of text."""

    title: Text
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """One of those who sign: as what, and the name; empty until it is known."""

    office: Text
    signer: str = ""


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """Everything a renderer needs. Two `signatures` stand side by side above the recipients, one beside them."""

    title: Text
    form: OfficialForm
    opening: tuple[Text, ...]
    parts: tuple[Part, ...]
    closing: tuple[Text, ...]
    signatures: tuple[Signature, ...]
    generated_at: datetime
    synthetic: bool
    banner: Text = NOTHING
