"""What people ask in the two-world test: lists, details, filters, counts, searches, writes, pages of the admin."""

from typing import Any

from tests.access import (
    asks_attachments,
    asks_cases,
    asks_information,
    asks_reorganisations,
    asks_requests,
    asks_sealed,
    asks_statements,
)
from tests.access.worlds import Ask
from tests.cast import Cast

NOBODY = "00000000-0000-4000-8000-000000000000"
LISTS = {
    "information-items": (
        "status=draft", "status=released", "place=north-place", "places=today", "unit=coast", "unit=police", "agency=COASTGUARD", "tlp=TLP:AMBER", "topic=methods",
        "area=sea", "urgency=routine", "period=2024-Q2", "q=Tin", "synthetic=true", "ordering=created_at",
    ),
    "deliveries": (
        "status=delivered", "status=acknowledged", "recipient=coast", "recipient=customs", "receiving_agency=BORDERGUARD",
        "originator=coast", "originating_agency=POLICE", "usefulness=contributed", "period=2024-Q2", "ordering=due_at",
    ),
    "requests": asks_requests.FILTERS,
    "cases": ("kind=case", "status=open", "area=sea", "unit=coast", "lead_agency=COASTGUARD", "period=2024-Q2", "ordering=-updated_at"),
    "api-keys": ("ordering=created_at",),
    "delegations": ("ordering=starts_on",),
    "dockets": ("level=mat", "status=held", "unit=coast", "agency=COASTGUARD", "number=7", "term_ends_before=2100-01-01"),
    "audit-events": ("action=item.release", "actor=coast_officer", "unit=coast", "object_type=InformationItem", "outcome=done"),
    "conferences": ("host_agency=COASTGUARD",),
    "action-items": ("assignee_unit=coast",),
    "units": ("q=coast", "agency=COASTGUARD"),
    "places": ("q=tinh",),
    "reorganisations": asks_reorganisations.FILTERS,
    "published-figures": (),
    "notices": ("unread=true", "unread=false", "kind=item_delivered", "reference=HIDDEN-1", "ordering=created_at"),
    "documents": (),
    "statements": asks_statements.FILTERS,
    "sealed-reports": asks_sealed.FILTERS,
    "report-builds": ("ordering=created_at",),
}  # fmt: skip
ADMIN = {
    "information/informationitem": (
        "status__exact=draft",
        "unit__agency__code=COASTGUARD",
        "o=1",
        "o=-3",
        "released_at__year=2024",
    ),
    "information/delivery": ("status__exact=delivered", "o=-5"),
    "requests/informationrequest": ("status__exact=sent", "direction=received", "o=1", "o=-7"),
    "cases/jointcase": ("status__exact=open", "o=1"),
    "agencies/user": ("is_active__exact=1", "memberships__role=officer"),
    "agencies/membership": ("role=officer",),
    "agencies/apikey": (),
    "agencies/delegation": (),
    "reorganisations/reorganisation": ("status__exact=draft", "kind__exact=close"),
    "information/docket": ("level__exact=mat", "status__exact=held", "unit__agency__code=COASTGUARD"),
    "audit/auditevent": (
        "action=item.release",
        "object_ref=COAST",
        "actor_unit=coast",
        "since=2024-01-01",
        "actor=hidden",
    ),
    "notices/notice": ("unread=yes", "kind__exact=item_delivered", "o=2"),
    "notices/noticepreference": (),
    "reports/sealedreport": ("status__exact=queued", "o=1"),
    "reports/statement": ("status__exact=draft", "agency__id__exact=1", "overdue=yes", "o=1"),
}


def lists() -> list[Ask]:
    """Lists with count, small pages, search words, each filter."""
    asks = []
    for path, filters in LISTS.items():
        for query in (
            "",
            "?count=true",
            "?page_size=1",
            "?count=true&page_size=3",
            *(f"?count=true&{f}" for f in filters),
        ):
            asks.append(Ask("GET", path + query))
    words = ("Bí mật", "B", "coast", "POLICE-2024-000019", "hidden")
    asks += [Ask("GET", f"information-items?count=true&q={word}") for word in words]
    said = {"X_Purpose": "Ki%E1%BB%83m%20tra"}
    asks += [Ask("GET", f"audit-events?actor={name}", None, said) for name in ("coast_officer", "hidden_person")]
    return asks


def pages() -> list[Ask]:
    """First page, lists, searches, forms with their pickers, autocompletion."""
    asks = [Ask("GET", "/admin/")]
    for model, filters in ADMIN.items():
        asks += [
            Ask("GET", f"/admin/{model}/{query}")
            for query in ("", "?q=a", "?q=hidden", "?q=COAST", "?p=2", *(f"?{f}" for f in filters))
        ]
        asks.append(Ask("GET", f"/admin/{model}/add/"))
        asks.append(Ask("GET", f"/admin/{model.split('/')[0]}/"))
    for app, model, name in (
        ("agencies", "membership", "user"), ("agencies", "apikey", "user"), ("agencies", "apikey", "unit"),
        ("information", "informationitem", "unit"), ("information", "informationitem", "recipients"), ("cases", "jointcase", "unit"),
    ):  # fmt: skip
        query = f"term=o&app_label={app}&model_name={model}&field_name={name}"
        asks.append(Ask("GET", f"/admin/autocomplete/?{query}"))
    return asks


def about(cast: Cast, found: dict[str, Any]) -> list[Ask]:
    """Requests that name the hidden records: reading, moving, filtering, writing their ids into bodies."""
    item, delivery, case = (found.get(kind, NOBODY) for kind in ("item", "delivery", "case"))
    draft, key, user = (found.get(kind, NOBODY) for kind in ("draft", "key", "user"))
    delegation, docket = (found.get(kind, NOBODY) for kind in ("delegation", "docket"))
    notice, choice = (found.get(kind, NOBODY) for kind in ("notice", "choice"))
    asks = [
        Ask("GET", f"{path}/{pk}")
        for path, pk in (
            ("information-items", item),
            ("information-items", draft),
            ("deliveries", delivery),
            ("cases", case),
            ("api-keys", key),
            ("delegations", delegation),
            ("dockets", docket),
            ("notices", notice),
        )
    ]
    asks += [
        Ask("GET", f"information-items?count=true&reference={found.get('reference', 'COASTGUARD-2024-000001')}"),
        Ask("GET", f"deliveries?count=true&item={item}"),
    ]
    asks += [Ask("GET", f"audit-events?count=true&object_id={pk}") for pk in (item, delivery, case, key, user)]
    asks += [
        Ask("GET", f"information-items/{pk}/readers") for pk in (item, draft, cast.items["police_released_to_two"].pk)
    ]
    asks += [
        Ask("GET", f"audit-events?object_ref={found.get('reference', 'COASTGUARD-2024-000001')}"),
        Ask("POST", f"notices/{notice}/read", {}),
        Ask("POST", "notices/read-all", {}),
        Ask("GET", "notice-preferences"),
    ]
    asks += [Ask("POST", f"information-items/{draft}/{verb}", {}) for verb in ("submit", "release")]
    asks += [
        Ask("POST", f"information-items/{item}/recall", {"reason": "x"}),
        Ask("POST", f"deliveries/{delivery}/acknowledge", {}),
        Ask("POST", f"deliveries/{delivery}/evaluate", {"usefulness": "known"}),
    ]
    asks += [
        Ask("PATCH", f"information-items/{draft}", {"title": "x"}, {"If_Match": "*"}),
        Ask("PATCH", f"cases/{case}", {"title": "x"}, {"If_Match": "*"}),
    ]
    asks += [Ask("POST", f"cases/{case}/{verb}", body) for verb, body in (("close", {"reason": "x"}), ("confirm", {}))]
    joint = cast.cases["case_joint"].pk
    asks += [
        Ask("POST", f"cases/{joint}/items", {kind: str(pk)})
        for kind, pk in (("item", item), ("item", draft), ("delivery", delivery))
    ]
    mine = cast.delivery("police_acknowledged").pk
    asks += [Ask("POST", f"deliveries/{mine}/assign", {"to": found.get("username", "coast_officer")})]
    asks += [
        Ask(
            "POST",
            "api-keys",
            {"name": "k", "username": found.get("username", "coast_officer"), "unit": "police", "scopes": ["read"]},
        ),
        Ask("POST", f"api-keys/{key}/revoke", {}),
        Ask("POST", f"delegations/{delegation}/revoke", {}),
        Ask("POST", f"dockets/{docket}/tell", {"units": ["border"]}),
        Ask("POST", f"dockets/{docket}/destroy", {"reason": "x"}),
    ]
    asks += [
        Ask("POST", "information-items", {"title": "x", "topic": "methods", "unit": unit, "recipients": ["coast"]})
        for unit in ("police", "coast")
    ]
    for model, pk in (
        ("information/informationitem", item),
        ("information/informationitem", draft),
        ("information/delivery", delivery),
        ("cases/jointcase", case),
        ("agencies/user", user),
        ("agencies/apikey", key),
        ("agencies/delegation", delegation),
        ("information/docket", docket),
        ("notices/notice", notice),
        ("notices/noticepreference", choice),
    ):
        asks += [Ask("GET", f"/admin/{model}/{pk}/{view}/") for view in ("change", "history", "delete")]
        asks.append(Ask("POST", f"/admin/{model}/{pk}/move/recall/", {"reason": "x"}))
    asks += [
        Ask("GET", f"/admin/information/informationitem/?q={found.get('reference', 'COAST')}"),
        Ask("GET", f"/admin/information/informationitem/?id__exact={item}"),
    ]
    return asks


def everything(cast: Cast, found: dict[str, Any]) -> list[Ask]:
    """All of it."""
    return [
        *lists(),
        *pages(),
        *about(cast, found),
        *asks_requests.about(cast, found),
        *asks_attachments.about(cast, found),
        *asks_information.about(cast, found),
        *asks_cases.about(cast, found),
        *asks_statements.about(cast, found),
        *asks_sealed.about(found),
        *asks_reorganisations.about(cast, found),
    ]
