"""Minutes and notices as an official paper to edit and sign (Decree 30/2020/ND-CP, annex I)."""

from docx.shared import Pt

from reports.document import NOTHING
from reports.letterhead import WIDTH, Letterhead
from reports.ooxml import closed, unbroken
from reports.outline import ROMAN
from reports.papers.document import OfficialPaper, Part


def render(document: OfficialPaper, language: str) -> bytes:
    """The paper. The same document gives the same bytes."""
    return _Writer(document, language).write()


class _Writer(Letterhead[OfficialPaper]):
    """One paper being written."""

    def write(self) -> bytes:
        """Everything."""
        document = self.document
        self.page()
        self.head(document.form)
        self.subject(document.form)
        if document.banner.vi:
            self.paragraph(self.say(document.banner), bold=True)
        for line in document.opening:
            self.paragraph(self.say(line))
        for place, part in enumerate(document.parts):
            self.part(place, part)
        for line in document.closing:
            self.paragraph(self.say(line))
        self.end()
        self.foot()
        closed(self.paper)
        return self.packed()

    def part(self, place: int, part: Part) -> None:
        """A numbered part."""
        heading = self.paragraph(f"{ROMAN[place]}. {self.say(part.title)}", bold=True)
        heading.paragraph_format.keep_with_next = True
        for line in part.lines:
            self.paragraph(self.say(line))

    def foot(self) -> None:
        """Two who sign stand side by side, the recipients below; one stands level with the recipients."""
        signatures = self.document.signatures
        grid = self.grid(len(signatures), 2, (WIDTH / 2, WIDTH / 2))
        for row in grid.rows:
            unbroken(row)
        if len(signatures) == 1:
            left, right = grid.rows[0].cells
            (one,) = signatures
            self.recipients(left, self.document.form)
            self.signature(right, NOTHING, one.office, one.signer)
            return
        for cell, one in zip(grid.rows[0].cells, signatures, strict=True):
            self.signature(cell, NOTHING, one.office, one.signer)
            for line in cell.paragraphs:
                line.paragraph_format.keep_with_next = True
        grid.rows[1].cells[0].paragraphs[0].paragraph_format.space_before = Pt(12)
        self.recipients(grid.rows[1].cells[0], self.document.form)
