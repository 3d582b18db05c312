"""A drawing as a picture, for papers that take no SVG. The same drawing gives the same bytes on every machine."""

from pathlib import Path

import typst

FONTS = typst.Fonts(
    include_system_fonts=False,
    include_embedded_fonts=False,
    font_paths=[str(Path(__file__).parent.parent / "fonts")],
)
TEMPLATE = b"""
#set page(width: 16cm, height: auto, margin: 2pt)
#set text(font: "Liberation Serif")
#image(bytes(sys.inputs.drawing), format: "svg", width: 100%)
"""
POINTS = 180
"""Per inch: enough for paper."""


def picture_of(drawing: str) -> bytes:
    """The SVG as PNG."""
    content: bytes = typst.compile(
        TEMPLATE,
        format="png",
        ppi=POINTS,
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"drawing": drawing},
    )
    return content
