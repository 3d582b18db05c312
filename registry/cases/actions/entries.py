"""What those who take part add to a case: entries of its timeline, task forces."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.audit.log import record
from agencies.models import Unit, User, today
from agencies.refusals import Conflict, Invalid, NotPermitted
from agencies.roles import Permission
from registry.cases.actions.rules import checked, for_writing, locked, require_open, touched
from registry.cases.models import CaseEntry, JointCase, Participation, TaskForce, TaskForceMember
from registry.cases.persons import confirmed, require_no_person


def writing_unit(case: JointCase, by: User, unit: Unit | None = None) -> Unit:
    """The unit for which the person writes in the case: one that takes part today; the lead before others."""
    held = Participation.objects.as_of(today()).filter(case=case).select_related("unit").order_by("-role", "pk")
    mine = [row.unit for row in held if by.may(Permission.CASE_WRITE, row.unit_id)]
    if unit is not None:
        mine = [one for one in mine if one.pk == unit.pk]
    if not mine:
        raise NotPermitted(_("Only those who write cases for a unit that takes part do this."))
    lead = case.leading_unit_id()
    return next((one for one in mine if one.pk == lead), mine[0])


@transaction.atomic
def add_entry(
    *,
    case: JointCase,
    by: User,
    happened_on: date,
    text: str,
    unit: Unit | None = None,
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> CaseEntry:
    """Write into the timeline what happened on a day. Entries are never changed; a mistake gets a further one."""
    case = locked(case, expected_revision)
    writer = writing_unit(case, by, unit)
    require_open(case)
    entry = CaseEntry(case=case, happened_on=happened_on, text=text.strip(), unit=writer, author=by)
    entry.created_at, entry.synthetic = at or timezone.now(), case.synthetic
    if happened_on > today():
        raise Invalid({"happened_on": _("Nothing has happened on a day to come.")})
    checked(entry)
    require_no_person({"text": entry.text}, confirm)
    entry.save()
    touched(case, at)
    record(action="case.add_entry", by=by, on=entry, entry=str(entry.pk), **confirmed(confirm))
    return entry


@transaction.atomic
def set_up_task_force(
    *,
    case: JointCase,
    by: User,
    name: str,
    units: Sequence[Unit],
    valid_to: date,
    valid_from: date | None = None,
    purpose: str = "",
    confirm: Collection[str] = (),
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> TaskForce:
    """Units that take part form a task force until a day. It dissolves then by itself."""
    case = for_writing(case, by, expected_revision)
    force = TaskForce(case=case, name=name.strip(), purpose=purpose.strip(), made_by=by, synthetic=case.synthetic)
    force.valid_from, force.valid_to = valid_from or timezone.localdate(at), valid_to
    force.made_at = at or timezone.now()
    if force.valid_from < case.opened_on:
        raise Invalid({"valid_from": _("No task force is older than its case.")})
    if valid_to <= force.valid_from:
        raise Invalid({"valid_to": _("The last day must come after the first.")})
    _require_members(case, units, force)
    checked(force)
    require_no_person({"name": force.name, "purpose": force.purpose}, confirm)
    force.save()
    for unit in units:
        TaskForceMember(task_force=force, unit=unit).save()
    touched(case, at)
    codes = sorted(unit.code for unit in units)
    record(action="case.set_up_task_force", by=by, on=force, task_force=name, units=codes, **confirmed(confirm))
    return force


def _require_members(case: JointCase, units: Sequence[Unit], force: TaskForce) -> None:
    held = Participation.objects.filter(case=case, valid_from__lt=force.valid_to).exclude(
        valid_to__lte=force.valid_from
    )
    there = set(held.values_list("unit_id", flat=True))
    if len({unit.pk for unit in units}) != len(units) or len(units) < 2:
        raise Invalid({"units": _("Name at least two units, each once.")})
    if strangers := [unit.code for unit in units if unit.pk not in there]:
        raise Invalid({"units": _("These take no part in the case then: %s.") % ", ".join(strangers)})


@transaction.atomic
def end_task_force(
    *,
    task_force: TaskForce,
    by: User,
    on: date | None = None,
    expected_revision: int | None = None,
    at: datetime | None = None,
) -> TaskForce:
    """Dissolve a task force before its day."""
    case = for_writing(task_force.case, by, expected_revision)
    force = TaskForce.objects.select_for_update().get(pk=task_force.pk)
    day = on or timezone.localdate(at)
    if force.valid_to <= day:
        raise Conflict(_("This task force has ended already."), code="ended_already")
    if day <= force.valid_from:
        raise Invalid({"on": _("The last day must come after the first.")})
    force.valid_to = day
    force.save()
    touched(case, at)
    record(action="case.end_task_force", by=by, on=force, task_force=force.name, on_day=str(day))
    return force
