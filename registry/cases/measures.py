"""How amounts of each dimension are printed: the unit people read, and how many base units that is."""

from dataclasses import dataclass
from decimal import Decimal

from registry.quantities import Comparator, quantity
from registry.reference.models import Dimension


@dataclass(frozen=True, slots=True)
class Printed:
    """A unit as it is printed. `factor` base units make one of it."""

    vi: str
    en: str
    factor: Decimal = Decimal(1)

    def symbol(self, language: str) -> str:
        """In the language."""
        return self.en if language.startswith("en") else self.vi


PRINTED: dict[str, Printed] = {
    Dimension.MASS: Printed("kg", "kg", Decimal(1000)),
    Dimension.TABLET: Printed("viên", "tablets"),
    Dimension.VOLUME: Printed("lít", "l", Decimal(1000)),
    Dimension.DOSE: Printed("liều", "doses"),
    Dimension.PLANT: Printed("cây", "plants"),
    Dimension.BRICK: Printed("bánh", "bricks"),
    Dimension.AREA: Printed("m²", "m²"),
}
"""In the order of columns."""


def told(value: Decimal, dimension: str, language: str, comparator: Comparator = Comparator.EXACT) -> str:
    """So many base units of the dimension as a phrase: `hơn 330 kg`."""
    unit = PRINTED[dimension]
    short = "en" if language.startswith("en") else "vi"
    return quantity(value / unit.factor, short, symbol=unit.symbol(short), comparator=comparator)
