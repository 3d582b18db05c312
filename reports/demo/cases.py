"""Joint cases of the demo: opened, confirmed, weighed and closed through the real actions, in the order of opening."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.utils import timezone

from agencies.models import Area, Place, Unit
from agencies.roles import Role
from registry.cases import actions
from registry.cases.models import JointCase
from registry.cases.terms import CaseRole, Kind
from registry.documents.terms import Comparator
from registry.information.actions import ask_consent, grant_consent
from registry.information.models import Delivery
from registry.information.terms import DeliveryStatus, Status
from registry.periods import Period
from registry.reference.models import Substance, UnitOfMeasure
from reports.demo.cast import Cast
from reports.demo.clock import OfficeHours
from reports.demo.lookup import by_code
from reports.demo.recipients import Neighbours
from reports.demo.words import Text, Writer

LEADS = {"border": "BORDERGUARD", "sea": "COASTGUARD", "customs": "CUSTOMS", "inland": "POLICE"}
WORDS = {Comparator.EXACT: "", Comparator.OVER: "hơn ", Comparator.ABOUT: "khoảng "}
NOT_WEIGHED = "chưa cân"
HANDED_OVER = "Hồ sơ vụ việc và vật chứng theo biên bản bàn giao (dữ liệu giả lập)."
FACTS: dict[str, dict[str, list[str]]] = {
    "border": {"routes": ["viet_lao"], "border_types": ["land_border"], "transport": ["on_foot", "motorcycle"]},
    "sea": {"routes": ["sea"], "border_types": ["at_sea"], "transport": ["sea_vessel"], "concealment": ["in_cargo"]},
    "customs": {"routes": ["air"], "border_types": ["border_gate"], "transport": ["parcel"], "to_countries": ["ZZ"]},
    "inland": {"routes": ["inland"], "border_types": ["inland"], "transport": ["car"], "concealment": ["in_vehicle"]},
}
"""What is noted of a case in each kind of area. Made up, like everything of the demo."""
USABLE = (DeliveryStatus.ACKNOWLEDGED, DeliveryStatus.EVALUATED)


@dataclass(frozen=True, slots=True)
class CasePlan:
    """One case before it is opened."""

    opened: datetime
    kind: str
    unit: str
    participants: tuple[str, ...]
    text: Text


class CaseBook:
    """Plans and plays cases. The same seed gives the same cases."""

    def __init__(self, rng: Random, script: Mapping[str, Any], cast: Cast, neighbours: Neighbours) -> None:
        self._rng = rng
        self._script = script
        self._cast = cast
        self._neighbours = neighbours
        self._clock = OfficeHours(rng, script["holidays"])
        self._writer = Writer(rng, script)
        self._measures = by_code(UnitOfMeasure)
        self._substances = by_code(Substance)
        self._areas = by_code(Area)
        self._places = by_code(Place)
        self._numbers: dict[int, int] = {}

    def load(self) -> int:
        """All cases of all quarters; how many."""
        plans = [
            self._plan(Period.parse(label), number, count)
            for label, count in self._script["cases"].items()
            for number in range(count)
        ]
        for plan in sorted(plans, key=lambda p: p.opened):
            self._play(plan)
        return len(plans)

    def _plan(self, period: Period, number: int, count: int) -> CasePlan:
        """Kinds in the proportions of the script: exactly, where they add up to the count."""
        kinds = [kind for kind, share in self._script["case_kinds"].items() for _n in range(share)]
        kind = kinds[number * len(kinds) // count]
        opened = self._clock.draw(*period.moments())
        entry = self._rng.choices(self._script["cast"], [e["share"] for e in self._script["cast"]])[0]
        code = ""
        if kind == Kind.CASE_FILE:
            year = opened.year
            self._numbers[year] = self._numbers.get(year, 0) + 1
            code = f"LN{year % 100}.{self._numbers[year]:02d}"
        text = self._writer.write(
            self._script["case_templates"][kind], areas=entry["areas"], places=entry["places"], code=code
        )
        participants = self._neighbours.draw(self._rng, entry, area=text.area, place=text.place)
        return CasePlan(opened, kind, entry["unit"], participants[:3], text)

    def _play(self, plan: CasePlan) -> None:
        unit, by = self._cast.units[plan.unit], self._cast.user(plan.unit, Role.OFFICER)
        case = actions.open_case(
            by=by,
            unit=unit,
            kind=plan.kind,
            title=plan.text.title,
            summary=plan.text.body,
            area=self._areas[plan.text.area],
            place=self._places[plan.text.place],
            opened_on=timezone.localdate(plan.opened),
            deviation_reason=self._reason(plan, unit),
            arrests=self._rng.choice([None, 0, 1, 1, 2, 2, 3, 4, 6]),
            participants=[(self._cast.units[code], self._role(plan, code)) for code in plan.participants],
            facts={**FACTS[plan.text.area], "detected_by": unit.agency},
            at=plan.opened,
            synthetic=True,
        )
        self._confirm(case, plan)
        self._lots(case, plan)
        self._links(case, plan)
        self._hand_over_or_close(case, plan)

    def _reason(self, plan: CasePlan, unit: Unit) -> str:
        if LEADS[plan.text.area] == unit.agency.code:
            return ""
        return self._writer.one_of("deviation_reasons")

    def _role(self, plan: CasePlan, code: str) -> str:
        """In a case file the police lead together with whoever detected it."""
        together = plan.kind == Kind.CASE_FILE and self._cast.units[code].agency.code == "POLICE"
        return CaseRole.CO_LEAD if together or self._rng.random() < 0.1 else CaseRole.COORDINATOR

    def _confirm(self, case: JointCase, plan: CasePlan) -> None:
        """Four in five of those who take part have confirmed it."""
        unconfirmed = case.participations.filter(confirmed_at__isnull=True)
        for row in unconfirmed.select_related("unit").order_by("unit__code"):
            if self._rng.random() < 0.8:
                role = self._rng.choice([Role.FOCAL_POINT, Role.RELEASER])
                at = self._clock.at_or_after(plan.opened + timedelta(days=self._rng.uniform(0.2, 6)))
                actions.confirm_participation(participation=row, by=self._cast.user(row.unit.code, role), at=at)

    def _lots(self, case: JointCase, plan: CasePlan) -> None:
        """Of each substance one lot; of methamphetamine often crystal and tablets side by side."""
        codes = list(plan.text.substances)[: self._rng.choice([0, 1, 1, 2, 2])]
        if "meth_crystal" in codes and "meth_tablet" not in codes and self._rng.random() < 0.5:
            codes.append("meth_tablet")
        for code in codes:
            self._lot(case, plan, code)

    def _lot(self, case: JointCase, plan: CasePlan, code: str) -> None:
        by, day = self._cast.user(plan.unit, Role.OFFICER), timezone.localdate(plan.opened)
        measure = self._script["substances"][code]["measure"]
        text, value = self._measured(measure)
        unit = self._measures["tablet" if measure == "tablet" else "kg"]
        substance = self._substances[code]
        at = plan.opened + timedelta(minutes=30)
        if self._rng.random() < 0.18:
            lot = actions.add_lot(
                case=case, by=by, substance=substance, raw_text=NOT_WEIGHED, unit=unit, seized_on=day, at=at
            )
            if self._rng.random() < 0.4:
                later = self._clock.at_or_after(plan.opened + timedelta(days=3))
                actions.weigh_lot(lot=lot, by=by, raw_text=text, value=value, unit=unit, at=later)
            return
        comparator = self._rng.choices(list(WORDS), [8, 1, 1])[0]
        actions.add_lot(
            case=case,
            by=by,
            substance=substance,
            raw_text=WORDS[comparator] + text,
            seized_on=day,
            value=value,
            unit=unit,
            comparator=comparator,
            at=at,
        )

    def _measured(self, measure: str) -> tuple[str, Decimal]:
        """What was typed, and what it means: `1.200 viên` is 1200, `2,35 kg` is 2.35."""
        if measure == "tablet":
            count = self._rng.randrange(2, 120) * 50
            return f"{count:,} viên".replace(",", "."), Decimal(count)
        grams = self._rng.randrange(8, 900) * 10
        return f"{grams / 1000:.2f} kg".replace(".", ","), Decimal(grams) / 1000

    def _links(self, case: JointCase, plan: CasePlan) -> None:
        """Items that units in the case had received in the weeks before, and used in it."""
        wanted = self._rng.choice([0, 1, 1, 2])
        start = plan.opened - timedelta(days=60)
        found = (
            Delivery.objects.filter(
                unit__code__in=[plan.unit, *plan.participants],
                status__in=USABLE,
                item__status=Status.RELEASED,
                acknowledged_at__range=(start, plan.opened),
                version__area=case.area_id,
            )
            .select_related("item__unit", "unit", "version")
            .order_by("-acknowledged_at", "unit__code")
        )
        for delivery in found[:wanted]:
            by = self._cast.user(delivery.unit.code, Role.OFFICER)
            at = self._clock.at_or_after(plan.opened + timedelta(days=self._rng.uniform(1, 10)))
            if case.kind == Kind.PROSECUTED_CASE and delivery.version.no_judicial_use:
                self._may_be_used_in_court(delivery, at)
            actions.link_item(case=case, by=by, delivery=delivery, at=at)

    def _may_be_used_in_court(self, delivery: Delivery, at: datetime) -> None:
        """The recipient asks, the originator's head agrees."""
        analyst = self._cast.user(delivery.unit.code, Role.ANALYST)
        head = self._cast.user(delivery.item.unit.code, Role.RELEASER)
        asked = ask_consent(delivery=delivery, by=analyst, kind="court", purpose="Dữ liệu giả lập.", at=at)
        grant_consent(consent=asked, by=head, at=at)

    def _hand_over_or_close(self, case: JointCase, plan: CasePlan) -> None:
        """One case in twenty goes to another lead; half of the rest are closed."""
        by = self._cast.user(plan.unit, Role.OFFICER)
        at = self._clock.at_or_after(plan.opened + timedelta(days=self._rng.uniform(12, 60)))
        drawn = self._rng.random()
        if drawn < 0.05:
            actions.add_participation(
                case=case,
                by=by,
                unit=self._cast.units[plan.participants[0]],
                role=CaseRole.LEAD,
                valid_from=timezone.localdate(at),
                deviation_reason=self._writer.one_of("deviation_reasons"),
                handed_over=HANDED_OVER,
                at=at,
            )
        elif drawn < 0.55:
            result = self._writer.one_of("case_results")
            actions.close_case(case=case, by=by, result=result, closed_on=_day(at), at=at)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
