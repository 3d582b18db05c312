"""A joint case made through the real actions: police lead, customs co-lead, border coordinates."""

from datetime import date
from decimal import Decimal
from typing import Any

from agencies.models import Area
from registry.cases import actions
from registry.cases.models import HandOver, JointCase, Participation
from registry.information.models import InformationItem
from registry.reference.models import Substance, UnitOfMeasure
from tests.cast import SPRING, Cast

DAY = date(2024, 5, 14)


def area(code: str = "inland") -> Area:
    return Area.objects.get(code=code)


def opened(cast: Cast, **changes: Any) -> JointCase:
    """An open case of central police."""
    values: dict[str, Any] = {
        "by": cast.police_officer,
        "unit": cast.units["police"],
        "kind": "case_file",
        "title": "Chuyên án một",
        "area": area(),
        "opened_on": DAY,
        "participants": [(cast.units["customs"], "co_lead"), (cast.units["border"], "coordinator")],
        "at": SPRING,
        "synthetic": True,
    }
    return actions.open_case(**values | changes)


def closed(cast: Cast) -> JointCase:
    """The same, closed."""
    return actions.close_case(case=opened(cast), by=cast.police_officer, result="Bắt giữ.", closed_on=date(2024, 6, 3))


def fresh(case: JointCase) -> JointCase:
    return JointCase.objects.get(pk=case.pk)


def row(case: JointCase, unit: str) -> Participation:
    """The unit's participation."""
    return Participation.objects.get(case=case, unit__code=unit)


def measure(code: str = "kg") -> UnitOfMeasure:
    return UnitOfMeasure.objects.get(code=code)


def lot(cast: Cast, case: JointCase, **changes: Any) -> Any:
    """What was seized in the case."""
    values: dict[str, Any] = {
        "case": case,
        "by": cast.police_officer,
        "substance": Substance.objects.get(code="heroin"),
        "raw_text": "1,5 kg",
        "seized_on": DAY,
    }
    return actions.add_lot(**values | changes)


def delivered(cast: Cast, story: str = "police_evaluated", unit: str = "customs") -> Any:
    """A delivery of the cast's stories."""
    return cast.delivery(story, unit)


def own_item(cast: Cast) -> InformationItem:
    """A released item of central police, delivered to customs only."""
    return cast.items["police_released_to_customs"]


def two_lots(cast: Cast) -> list[Any]:
    """Two weighed lots alike, in one case."""
    case = opened(cast)
    return [lot(cast, case, raw_text="2 kg", value=Decimal(2), unit=measure()) for _number in range(2)]


def halves() -> list[actions.Part]:
    """What two kilograms are split into."""
    return [actions.Part("1 kg", Decimal(1), measure())] * 2


def hand_over(cast: Cast) -> HandOver:
    """Central police has handed its case over to customs."""
    case = opened(cast)
    given: dict[str, Any] = {"unit": cast.units["customs"], "role": "lead", "deviation_reason": "Cửa khẩu."}
    actions.add_participation(case=case, by=cast.police_officer, valid_from=date(2024, 6, 1), **given)
    return HandOver.objects.get(case=case)


def team(cast: Cast) -> dict[str, Any]:
    """What a task force of police and customs is made of."""
    units = [cast.units["police"], cast.units["customs"]]
    return {"name": "Tổ một", "units": units, "valid_from": date(2024, 6, 1), "valid_to": date(2199, 7, 1)}
