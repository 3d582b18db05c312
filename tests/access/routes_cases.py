"""What happens to a case beside what its lead writes: lines of the matrix. Stories are made when asked for."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from agencies.models import today
from registry.cases import actions
from registry.cases.models import HandOver, JointCase, SeizureLot, TaskForce
from registry.reference.models import Substance, UnitOfMeasure
from tests.access import things
from tests.access.oracle import Thing
from tests.access.route import Body, Route, reads, same
from tests.cast import Cast

CASES = things.cases()
JOINT = {"case_joint": CASES["case_joint"]}
SHARED = {name: CASES[name] for name in ("case_joint", "case_north", "case_closed")}
OPEN = {name: CASES[name] for name in ("case_joint", "case_north", "case_customs")}
HANDED = {"handed": Thing("case", "handed", "open", "police", ("customs",))}


def handed(cast: Cast, _name: str) -> JointCase:
    """Police open a case and hand it over to customs."""
    case = actions.open_case(
        by=cast.police_officer,
        unit=cast.units["police"],
        kind="case",
        title="Vụ bàn giao",
        area=cast.cases["case_joint"].area,
        opened_on=date(2024, 5, 15),
        synthetic=True,
    )
    given = {"unit": cast.units["customs"], "role": "lead", "deviation_reason": "Cửa khẩu."}
    return actions.add_participation(case=case, by=cast.police_officer, valid_from=date(2024, 6, 1), **given).case


def receipt(_cast: Cast, _name: str) -> dict[str, Any]:
    made = HandOver.objects.latest("made_at")
    return {"hand_over": str(made.pk)}


def team(cast: Cast, name: str) -> dict[str, Any]:
    units = ["police_north", "customs_north"] if name == "case_north" else ["police", "customs"]
    return {"name": "Tổ", "units": units, "valid_to": str(today() + timedelta(days=30))}


def teamed(cast: Cast, name: str) -> JointCase:
    """Central police and customs have a task force."""
    units = [cast.units["police"], cast.units["customs"]]
    given = {"name": "Tổ", "units": units, "valid_to": today() + timedelta(days=30)}
    given["valid_from"] = date(2024, 6, 1)
    return actions.set_up_task_force(case=cast.cases[name], by=cast.police_officer, **given).case


def last_team(_cast: Cast, _name: str) -> dict[str, Any]:
    return {"task_force": str(TaskForce.objects.latest("made_at").pk)}


def case(verb: str, act: str, of: Any = None, things: Any = None, body: Body | None = None) -> Route:
    return Route("POST", f"cases/<uuid:pk>/{verb}", "case", act, things or CASES, body, of=of)


def lots(cast: Cast, name: str) -> SeizureLot:
    """Two weighed lots alike in the case, the first of them; in a closed case the one it has."""
    found = cast.cases[name]
    if name == "case_closed":
        return found.lots.get()
    by = cast.people["north_officer" if name == "case_north" else f"{found.unit.code}_officer"]
    heroin, kilo = Substance.objects.get(code="heroin"), UnitOfMeasure.objects.get(code="kg")
    made = [
        actions.add_lot(
            case=found, by=by, substance=heroin, raw_text=text, value=Decimal(2), unit=kilo, seized_on=date(2024, 6, 1)
        )
        for text in ("một lô", "lô kia")
    ]
    return made[0]


def other(cast: Cast, name: str) -> str:
    """The second of them."""
    return str(cast.cases[name].lots.order_by("raw_text").filter(raw_text="lô kia").values_list("pk", flat=True)[0])


def keeping(cast: Cast, name: str) -> dict[str, Any]:
    return {"to_unit": cast.cases[name].unit.code, "store": "Kho", "happened_on": "2024-06-02"}


def merging(cast: Cast, name: str) -> dict[str, Any]:
    return {"lots": [other(cast, name)], "reason": "Gộp."}


def comparing(cast: Cast, name: str) -> dict[str, Any]:
    return {"other": other(cast, name), "verdict": "duplicate", "reason": "Trùng."}


HALVES = same(parts=[{"raw_text": "1 kg"}, {"raw_text": "1 kg"}], reason="Mẫu.")


def lot(method: str, verb: str, act: str | None = None, things: Any = None, body: Body | None = None) -> Route:
    return Route(method, f"seizure-lots/<uuid:pk>{verb}", "case", act, things or CASES, body, of=lots)


ROUTES: list[Route] = [
    Route("GET", "seizure-lots", "case"),
    Route("GET", "seizure-lots/duplicates", "case"),
    Route("GET", "seizure-totals", "figures", query="?period=2024-Q2"),
    lot("GET", ""),
    lot("GET", "/estimates"),
    lot("POST", "/custody", "lot.custody", body=keeping),
    lot("POST", "/reweigh", "lot.reweigh", body=same(raw_text="3 kg", reason="Cân lại.")),
    lot("POST", "/split", "lot.split", body=HALVES),
    lot("POST", "/merge", "lot.merge", OPEN, merging),
    lot("POST", "/compare", "lot.compare", OPEN, comparing),
    *reads("conversion-factors", ""),
    Route("GET", "cases/suggested-lead", "case", query="?area=border"),
    Route("GET", "cases/<uuid:pk>/timeline", "case", things=CASES),
    case("entries", "case.entry", body=same(happened_on="2024-06-01", text="Họp.")),
    case("receive-hand-over", "case.receive", handed, HANDED, receipt),
    case("task-forces", "case.task_force", None, SHARED, team),
    case("end-task-force", "case.end_task_force", teamed, JOINT, last_team),
]
