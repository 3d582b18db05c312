"""What people ask about cases, their history and their lots in the two-world test."""

from typing import Any

from tests.access.worlds import Ask
from tests.cast import Cast

NOBODY = "00000000-0000-4000-8000-000000000000"
LISTS = (
    "", "?count=true", "?page_size=1", "?count=true&weighed=true", "?count=true&period=2024-Q2", "?count=true&under=heroin",
    "?count=true&substance=heroin", "?count=true&dimension=mass", "?ordering=created_at", "/duplicates",
    "/duplicates?decided=true", "/duplicates?decided=false",
)  # fmt: skip
FILTERS = (
    "transport=lorry",
    "route=sea",
    "border_type=at_sea",
    "place=north-place",
    "detected_by=COASTGUARD",
    "to_country=AU",
)
PAGES = ("", "?q=kg", "?q=COAST", "?suspected=open", "?suspected=decided", "?weighed__exact=1", "?o=2")
HUGE = {"substance": "heroin", "raw_text": "900 kg", "seized_on": "2024-06-01"}


def about(cast: Cast, found: dict[str, Any]) -> list[Ask]:
    """Lists and pages, and requests that name a hidden case, its lots or what belongs to them."""
    case, one = found.get("case", NOBODY), found.get("lot", NOBODY)
    asks = [Ask("GET", f"seizure-lots{query}") for query in (*LISTS, f"?count=true&case={case}")]
    asks += [Ask("GET", f"cases?count=true&{query}") for query in FILTERS]
    asks += [Ask("GET", f"/admin/cases/seizurelot/{query}") for query in (*PAGES, f"?case__id__exact={case}")]
    asks += [Ask("GET", f"seizure-lots/{one}{verb}") for verb in ("", "/estimates")]
    asks += [Ask("GET", f"cases/{case}/timeline"), Ask("GET", "cases/suggested-lead?area=sea&detected_by=COASTGUARD")]
    asks += [Ask("POST", f"cases/{case}/entries", {"happened_on": "2024-06-01", "text": "x"})]
    asks += [Ask("POST", f"cases/{case}/receive-hand-over", {"hand_over": NOBODY})]
    asks += [Ask("GET", f"audit-events?count=true&object_id={pk}") for pk in (case, one)]
    for name in ("case_joint", "case_north", "case_customs"):
        mine = cast.cases[name]
        asks += [Ask("GET", f"cases/{mine.pk}/timeline"), Ask("POST", f"cases/{mine.pk}/lots", HUGE)]
        asks += [Ask("POST", f"cases/{mine.pk}/weigh", {"lot": str(one), "raw_text": "1 kg"})]
        own = mine.lots.get()
        body = {"verdict": "duplicate", "reason": "x"}
        asks += [Ask("POST", f"seizure-lots/{own.pk}/compare", {"other": str(one), **body})]
        asks += [Ask("POST", f"seizure-lots/{own.pk}/merge", {"lots": [str(one)], "reason": "x"})]
        page = f"/admin/cases/seizurelot/{own.pk}"
        asks += [Ask("GET", f"{page}/{view}/") for view in ("change", "step/duplicates", "step/custody")]
        asks += [
            Ask("GET", f"/admin/cases/jointcase/{mine.pk}/{view}/") for view in ("change", "step/timeline", "step/lot")
        ]
    for verb, body in (
        ("custody", {"to_unit": "police", "store": "Kho", "happened_on": "2024-06-02"}),
        ("split", {"parts": [{"raw_text": "1 kg"}, {"raw_text": "1 kg"}], "reason": "x"}),
        ("merge", {"lots": [str(one)], "reason": "x"}),
        ("reweigh", {"raw_text": "3 kg", "reason": "x"}),
        ("compare", {"other": str(one), "verdict": "duplicate", "reason": "x"}),
    ):
        asks.append(Ask("POST", f"seizure-lots/{one}/{verb}", body))
    for page in (f"/admin/cases/seizurelot/{one}", f"/admin/cases/jointcase/{case}"):
        asks += [
            Ask("GET", f"{page}/{view}/") for view in ("change", "history", "delete", "step/duplicates", "step/close")
        ]
        asks.append(Ask("POST", f"{page}/step/split/", {"parts": "1 kg", "reason": "x"}))
    return asks
