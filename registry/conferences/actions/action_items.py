"""Who is to do what by when, and what shows that it is done."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Agency, Unit, User
from agencies.refusals import Conflict, Invalid, Stale, Text
from registry.conferences.actions.writing import checked, locked, next_number, require_held, require_writer
from registry.conferences.models import ActionItem, Conference, ConferencePaper, Evidence, Resolution
from registry.conferences.terms import ActionStatus, Missing
from registry.conferences.workflow import ACTION_MOVES
from registry.documents.models import Document
from registry.information.models import InformationItem
from registry.workflow import step


@transaction.atomic
def add_action_item(
    *,
    conference: Conference,
    by: User,
    text_vi: str,
    text_en: str = "",
    resolution: Resolution | None = None,
    assignee_agency: Agency | None = None,
    assignee_unit: Unit | None = None,
    assignee_missing: str = "",
    due_on: date | None = None,
    due_on_missing: str = "",
    at: datetime | None = None,
) -> ActionItem:
    """Note who is to do what by when, also after the minutes were approved: it follows from them.

    Assignee or day left out without a reason are “not decided yet”.
    """
    conference = locked(conference)
    require_writer(by, conference.host_agency_id)
    require_held(conference)
    agency = assignee_agency or (assignee_unit.agency if assignee_unit else None)
    row = ActionItem(
        conference=conference,
        resolution=resolution,
        number=next_number(conference.action_items),
        text_vi=text_vi,
        text_en=text_en,
        assignee_agency=agency,
        assignee_unit=assignee_unit,
        assignee_missing=assignee_missing or ("" if agency else Missing.UNDECIDED),
        due_on=due_on,
        due_on_missing=due_on_missing or ("" if due_on else Missing.UNDECIDED),
        created_at=at or timezone.now(),
        synthetic=conference.synthetic,
    )
    checked(row)
    row.save()
    record(action="action_item.create", by=by, on=row)
    return row


def _locked_item(item: ActionItem, by: User, expected_revision: int | None) -> ActionItem:
    """The action item, locked, when the person is of the host's or the assignee's secretariat."""
    item = ActionItem.objects.select_for_update(of=("self",)).select_related("conference").get(pk=item.pk)
    if expected_revision is not None and item.revision != expected_revision:
        raise Stale
    require_writer(by, item.conference.host_agency_id, item.assignee_agency_id)
    return item


@transaction.atomic
def edit_action_item(
    *, item: ActionItem, by: User, content: Mapping[str, Any], expected_revision: int | None = None
) -> ActionItem:
    """Say who does an open task and by when, where the conference left it undecided. By the host's secretariat.

    `content` names assignee_agency, assignee_unit or due_on. What was decided, or what the source does not say, stays.
    """
    item = _locked_item(item, by, expected_revision)
    require_writer(by, item.conference.host_agency_id)
    if item.status != ActionStatus.OPEN:
        raise Conflict(_("The action item has ended."), code="wrong_status")
    given = {name: value for name, value in content.items() if value is not None}
    _check_undecided(item, given)
    unit = given.get("assignee_unit")
    if unit is not None and item.assignee_agency is None:
        given.setdefault("assignee_agency", unit.agency)
    for name, value in given.items():
        setattr(item, name, value)
    item.assignee_missing = "" if item.assignee_agency else item.assignee_missing
    item.due_on_missing = "" if item.due_on else item.due_on_missing
    checked(item)
    item.revision += 1
    item.save()
    record(action="action_item.edit", by=by, on=item, fields=sorted(given))
    return item


def _check_undecided(item: ActionItem, given: Mapping[str, Any]) -> None:
    """Raise Invalid for every field that is not open to be set, or when nothing is."""
    undecided = {
        "assignee_agency": item.assignee_missing == Missing.UNDECIDED,
        "assignee_unit": item.assignee_unit is None and item.assignee_missing in {"", Missing.UNDECIDED},
        "due_on": item.due_on_missing == Missing.UNDECIDED,
    }
    faults: dict[str, Text] = {
        name: _("This is not undecided: it stays as the conference left it.")
        for name in given
        if not undecided.get(name, False)
    }
    if faults or not given:
        raise Invalid(faults or {"detail": _("Name an assignee or a day.")})


def _end(item: ActionItem, action: str, by: User, text: str, at: datetime | None) -> ActionItem:
    """Make the move; the item is locked."""
    move = step(ACTION_MOVES, status=item.status, action=action, reason=text)
    item.status, item.evidence, item.closed_at = move.to, text.strip(), at or timezone.now()
    item.revision += 1
    item.save()
    record(action=f"action_item.{action}", by=by, on=item, purpose=text)
    return item


def _show(task: ActionItem, by: User, text: str, at: datetime | None, **proof: Any) -> Evidence:
    """Keep what shows it. An information item is named only by whoever sees it."""
    shown = proof.get("item")
    if shown is not None and not InformationItem.objects.visible_to(by).filter(pk=shown.pk).exists():
        raise Invalid({"item": _("You see no information item of this reference.")})
    row = Evidence(
        action_item=task,
        number=next_number(task.evidence_records),
        text=text.strip(),
        added_at=at or timezone.now(),
        synthetic=task.synthetic,
        **proof,
    )
    checked(row)
    row.save(force_insert=True)
    return row


@transaction.atomic
def add_evidence(
    *,
    item: ActionItem,
    by: User,
    text: str,
    document: Document | None = None,
    information_item: InformationItem | None = None,
    paper: ConferencePaper | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> Evidence:
    """Note what shows how far it has come, while it is open."""
    item = _locked_item(item, by, expected_revision)
    if item.status != ActionStatus.OPEN:
        raise Conflict(_("The action item has ended."), code="wrong_status")
    row = _show(item, by, text, at, document=document, item=information_item, paper=paper)
    item.revision += 1
    item.save(update_fields=["revision"])
    record(action="action_item.add_evidence", by=by, on=item, number=row.number)
    return row


@transaction.atomic
def close_action_item(
    *,
    item: ActionItem,
    by: User,
    evidence: str,
    document: Document | None = None,
    information_item: InformationItem | None = None,
    paper: ConferencePaper | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> ActionItem:
    """It is done, and this shows it. By the host's secretariat or the assignee's."""
    item = _end(_locked_item(item, by, expected_revision), "close", by, evidence, at)
    _show(item, by, evidence, at, document=document, item=information_item, paper=paper)
    return item


@transaction.atomic
def drop_action_item(
    *,
    item: ActionItem,
    by: User,
    reason: str,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> ActionItem:
    """It will not be done, for a reason. By the host's secretariat or the assignee's."""
    return _end(_locked_item(item, by, expected_revision), "drop", by, reason, at)
