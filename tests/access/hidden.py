"""What is hidden from whom in the two-world test. Each function makes records and returns their ids."""

from collections.abc import Callable
from typing import Any

from tests.access.hidden_cases import coast_lots, police_lots
from tests.access.hidden_items import (
    coast_matters,
    hidden_link,
    other_recipients,
    others_consents,
    sister_matters,
    waiting_correction,
)
from tests.access.hidden_people import (
    coast_delegation,
    coast_docket,
    coast_people,
    customs_reorganisation,
    others_notices,
)
from tests.access.hidden_reports import (
    coast_nomination,
    coast_paper,
    coast_statement,
    customs_report,
    withdrawn_report,
)
from tests.access.hidden_requests import coast_requests, drafted_answer, drafted_request
from tests.cast import Cast

Hide = Callable[[Cast], dict[str, Any]]

NOT_CUSTOMS = (
    "police_officer", "police_head", "secretariat", "customs_officer", "auditor", "coast_head", "admin_key",
)  # fmt: skip
"""Whoever does not work on the reports of customs."""

SCENES: dict[str, tuple[Hide, tuple[str, ...]]] = {
    "coast_matters": (
        coast_matters,
        "police_officer police_head north_officer customs_focal_point customs_analyst secretariat customs_secretariat"
        " auditor customs_auditor police_admin admin_key".split(),
    ),
    "coast_people": (coast_people, ("admin_key", "police_admin", "customs_admin", "police_officer", "auditor")),
    "coast_delegation": (
        coast_delegation,
        ("police_head", "police_admin", "admin_key", "customs_admin", "customs_analyst", "delegate", "auditor"),
    ),
    "coast_docket": (
        coast_docket,
        ("police_officer", "police_head", "customs_focal_point", "secretariat", "auditor", "admin_key", "delegate"),
    ),
    "sister_matters": (
        sister_matters,
        ("north_officer", "south_head", "customs_officer", "customs_focal_point", "border_analyst", "customs_auditor"),
    ),
    "other_recipients": (
        other_recipients,
        ("customs_officer", "customs_focal_point", "customs_analyst", "customs_secretariat"),
    ),
    "coast_requests": (
        coast_requests,
        "police_officer police_head north_officer customs_officer customs_focal_point auditor customs_auditor".split(),
    ),
    "waiting_correction": (
        waiting_correction,
        "customs_officer customs_focal_point customs_analyst customs_secretariat customs_auditor border_analyst".split(),
    ),
    "drafted_answer": (drafted_answer, ("north_officer", "north_head", "police_analyst", "auditor", "secretariat")),
    "drafted_request": (
        drafted_request,
        ("customs_officer", "customs_head", "customs_focal_point", "customs_auditor", "north_officer"),
    ),
    "coast_statement": (
        coast_statement,
        "police_officer police_head north_officer customs_officer customs_head secretariat auditor admin_key".split(),
    ),
    "others_notices": (others_notices, ("coast_officer", "police_head", "customs_focal_point", "auditor", "admin_key")),
    "others_consents": (
        others_consents,
        "customs_officer customs_head customs_analyst customs_secretariat customs_auditor coast_head north_head".split(),
    ),
    "coast_lots": (
        coast_lots,
        "police_officer police_head north_officer customs_officer customs_analyst secretariat auditor".split(),
    ),
    "police_lots": (police_lots, ("north_officer", "north_head", "south_officer", "customs_north_officer")),
    "customs_reorganisation": (
        customs_reorganisation,
        ("police_admin", "admin_key", "police_officer", "customs_officer", "auditor", "coast_head"),
    ),
    "coast_nomination": (
        coast_nomination,
        "police_officer police_head north_officer customs_officer secretariat customs_secretariat admin_key".split(),
    ),
    "coast_paper": (
        coast_paper,
        "police_officer police_head secretariat customs_officer customs_secretariat auditor admin_key".split(),
    ),
    "customs_report": (customs_report, NOT_CUSTOMS),
    "withdrawn_report": (withdrawn_report, NOT_CUSTOMS),
    "hidden_link": (hidden_link, ("customs_officer", "customs_head", "customs_analyst", "customs_secretariat")),
}
"""What is hidden, and from whom it must be hidden without a trace."""
