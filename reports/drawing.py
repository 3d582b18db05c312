"""Where the bars of a waterfall stand: plain geometry. The template draws, the style sheet colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from reports.reckoned import BarName, Step

LEFT, WIDTH, ROW, BAR = 300, 420, 44, 26
"""Where the bars begin, how far they reach, how far apart and how high they are."""

FULL = frozenset({BarName.STATED, BarName.CLAIMED, BarName.REGISTERED})
"""Bars that stand on the ground; the others hang between two of them."""


@dataclass(frozen=True, slots=True)
class Box:
    """A bar on the drawing."""

    step: Step
    x: float
    y: float
    width: float
    middle: float
    kind: str
    """`total`, `less` or `more`."""

    @property
    def after(self) -> float:
        """Where the amount is written."""
        return self.x + self.width + 8


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole: its height, and the bars."""

    height: int
    boxes: tuple[Box, ...]


def draw(steps: Sequence[Step]) -> Drawing | None:
    """The bars to scale; None where all are zero."""
    spans = list(_spans(steps))
    most = max((max(span) for span in spans), default=Decimal(0))
    if most <= 0:
        return None
    boxes = []
    for number, (step, (low, high)) in enumerate(zip(steps, spans, strict=True)):
        x, width = float(low / most) * WIDTH, float((high - low) / most) * WIDTH
        signed = -step.amount if step.taken_off else step.amount
        kind = "total" if step.name in FULL else "less" if signed < 0 else "more"
        y = number * ROW + (ROW - BAR) / 2
        width = max(width, 1.5) if step.amount else 0.0
        boxes.append(Box(step, round(LEFT + x, 1), y, round(width, 1), number * ROW + ROW / 2 + 5, kind))
    return Drawing(len(boxes) * ROW, tuple(boxes))


def _spans(steps: Sequence[Step]) -> list[tuple[Decimal, Decimal]]:
    """From where to where each bar reaches."""
    level, spans = Decimal(0), []
    for step in steps:
        if step.name in FULL:
            spans.append((Decimal(0), step.amount))
            level = step.amount
        else:
            after = level - step.amount if step.taken_off else level + step.amount
            spans.append((min(level, after), max(level, after)))
            level = after
    return spans
