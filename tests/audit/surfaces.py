"""Every way content leaves the registry, as the cast's people use it."""

from dataclasses import dataclass

from registry.information.models import InformationItem
from tests.cast import Cast
from tests.clients import api_client, browser

TITLE = "Tin released_to_two police"


@dataclass(frozen=True)
class Surface:
    """A request that discloses the item `police_released_to_two`, or a record that shows it."""

    name: str
    person: str
    path: str
    action: str
    kind: str
    item: bool = True
    """Whether the event names the item."""

    def __str__(self) -> str:
        return self.name

    def address(self, cast: Cast) -> str:
        item: InformationItem = cast.items["police_released_to_two"]
        return self.path.format(
            item=item.pk,
            delivery=cast.delivery("police_released_to_two", "customs").pk,
            reference=item.reference,
            case=cast.cases["case_joint"].pk,
            statement=cast.statements["customs_confirmed"].pk,
        )

    def ask(self, cast: Cast) -> tuple[int, str]:
        """Status and text of the answer."""
        path = self.address(cast)
        if path.startswith("/admin"):
            answer = browser(cast, self.person).get(path)
        else:
            answer = api_client(cast, self.person).get(path)
        return answer.status_code, answer.content.decode(errors="replace")


S = Surface
SURFACES = (
    S("an item, by a recipient", "customs_officer", "information-items/{item}", "read", "InformationItem"),
    S("an item, by its author", "police_officer", "information-items/{item}", "read", "InformationItem"),
    S("items", "customs_officer", "information-items?page_size=200", "list", "InformationItem"),
    S("items found", "customs_officer", "information-items?q=released_to_two", "list", "InformationItem"),
    S("items counted", "customs_officer", "information-items?reference={reference}&count=true", "list", "InformationItem"),
    S("a delivery", "customs_officer", "deliveries/{delivery}", "read", "Delivery"),
    S("deliveries", "customs_officer", "deliveries?page_size=200", "list", "Delivery"),
    S("deliveries sent", "police_officer", "deliveries?item={item}", "list", "Delivery"),
    S("a case", "police_officer", "cases/{case}", "read", "JointCase"),
    S("cases", "police_officer", "cases?page_size=200", "list", "JointCase"),
    S("a statement", "customs_officer", "statements/{statement}", "read", "Statement", item=False),
    S("statements", "customs_officer", "statements", "list", "Statement", item=False),
    S("the records behind a statement", "customs_officer", "statements/{statement}/claims", "read", "Statement", item=False),
    S("a statement as a sheet", "customs_officer", "statements/{statement}/sheet", "read", "Statement", item=False),
    S("reconciliations", "customs_officer", "reconciliations?period=2025-Q1", "reconciliation.read", "ReconciliationRead", item=False),
    S("a reconciliation", "customs_officer", "reconciliations/2025-Q1.drug_cases", "reconciliation.read", "ReconciliationRead", item=False),
    S("the page of reconciliations", "customs_officer", "/admin/reports/reconciliation/?period=2025-Q1", "reconciliation.read", "ReconciliationRead", item=False),
    S("a reconciliation's page", "customs_officer", "/admin/reports/reconciliation/2025-Q1.drug_cases/", "reconciliation.read", "ReconciliationRead", item=False),
    S("the page of records behind a statement", "customs_officer", "/admin/reports/statement/{statement}/claims/", "read", "Statement", item=False),
    S("a report", "customs_officer", "reports/2024-Q2", "report.read", "PeriodReport"),
    S("a report as a page", "customs_officer", "reports/2024-Q2?file_format=html", "report.read", "PeriodReport"),
    S("the log", "auditor", "audit-events", "list", "AuditEvent", item=False),
    S("the item's page", "customs_officer", "/admin/information/informationitem/{item}/change/", "read", "InformationItem"),
    S("the item's page, to its author", "police_officer", "/admin/information/informationitem/{item}/change/", "read", "InformationItem"),
    S("the list of items", "customs_officer", "/admin/information/informationitem/", "list", "InformationItem"),
    S("the items found", "customs_officer", "/admin/information/informationitem/?q=released_to_two", "list", "InformationItem"),
    S("the list in a window", "customs_officer", "/admin/information/informationitem/?_popup=1", "list", "InformationItem"),
    S("suggestions of items", "customs_officer", "/admin/autocomplete/?term={reference}&app_label=information&model_name=delivery&field_name=item", "list", "InformationItem"),
    S("the delivery's page", "customs_officer", "/admin/information/delivery/{delivery}/change/", "read", "Delivery"),
    S("the list of deliveries", "customs_officer", "/admin/information/delivery/", "list", "Delivery"),
    S("the case's page", "police_officer", "/admin/cases/jointcase/{case}/change/", "read", "JointCase"),
    S("the list of cases", "police_officer", "/admin/cases/jointcase/", "list", "JointCase", item=False),
    S("the list of statements", "customs_officer", "/admin/reports/statement/", "list", "Statement", item=False),
    S("the item's history", "police_officer", "/admin/information/informationitem/{item}/history/", "history.read", "InformationItem"),
    S("the list of the log", "auditor", "/admin/audit/auditevent/", "list", "AuditEvent", item=False),
    S("the item's readers", "police_officer", "information-items/{item}/readers", "item.readers", "InformationItem"),
)  # fmt: skip
