"""Cases and lots that are hidden in the two-world test."""

from datetime import date
from decimal import Decimal
from typing import Any

from agencies.models import Area, Place
from registry.cases import actions
from registry.cases.models import JointCase, SeizureLot
from registry.reference.models import Substance, UnitOfMeasure
from tests.cast import Cast
from tests.stories import OPENED


def _case(cast: Cast, unit: str, area: str, others: tuple[str, ...]) -> JointCase:
    return actions.open_case(
        by=cast.people[f"{unit}_officer"],
        unit=cast.units[unit],
        kind="case",
        title="Vụ bí mật",
        area=Area.objects.get(code=area),
        place=Place.objects.get(code="north-place"),
        opened_on=OPENED,
        participants=[(cast.units[code], "coordinator") for code in others],
        facts={"transport": ["lorry"], "routes": ["sea"], "border_types": ["at_sea"], "to_countries": ["AU"]},
        synthetic=True,
    )


def _lot(cast: Cast, case: JointCase, unit: str, value: str) -> SeizureLot:
    return actions.add_lot(
        case=case,
        by=cast.people[f"{unit}_officer"],
        substance=Substance.objects.get(code="heroin"),
        raw_text=f"{value} kg",
        value=Decimal(value),
        unit=UnitOfMeasure.objects.get(code="kg"),
        seized_on=OPENED,
    )


def coast_lots(cast: Cast) -> dict[str, Any]:
    """A case of coast guard and border guard with a life of its own: lots split, kept, compared, a hand-over."""
    case = _case(cast, "coast", "sea", ("border",))
    one, other = _lot(cast, case, "coast", "20"), _lot(cast, case, "coast", "20")
    by = cast.coast_officer
    actions.add_entry(case=case, by=by, happened_on=OPENED, text="Bí mật.")
    actions.record_custody(lot=one, by=by, to_unit=cast.units["coast"], store="Bí mật", happened_on=OPENED)
    kilo = UnitOfMeasure.objects.get(code="kg")
    actions.reweigh_lot(lot=one, by=by, raw_text="21 kg", value=Decimal(21), unit=kilo, reason="Bí mật.")
    halves = [actions.Part("10 kg", Decimal(10), UnitOfMeasure.objects.get(code="kg"))] * 2
    actions.split_lot(lot=other, by=by, parts=halves, reason="Bí mật.")
    again = _lot(cast, case, "coast", "20")
    actions.compare_lots(lot=again, by=by, other=one, verdict="duplicate", reason="Bí mật.")
    give = {"unit": cast.units["border"], "role": "lead", "deviation_reason": "Bí mật.", "handed_over": "Bí mật."}
    actions.add_participation(case=case, by=by, valid_from=date(2024, 6, 1), **give)
    return {"case": case.pk, "lot": one.pk, "reference": case.reference}


def police_lots(cast: Cast) -> dict[str, Any]:
    """A case of central police alone, with a lot: units below must not learn even how much it was."""
    case = _case(cast, "police", "inland", ())
    return {"case": case.pk, "lot": _lot(cast, case, "police", "2").pk, "reference": case.reference}
