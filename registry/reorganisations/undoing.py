"""The way back: each row as it was before. A row that the reorganisation made is taken back whole, never deleted."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from agencies.models import Dated, Unit, UnitSuccession
from agencies.models.base import TAKEN_BACK
from agencies.refusals import Conflict
from registry.reorganisations.changes import BY_LABEL, stored
from registry.reorganisations.holdings import naming
from registry.reorganisations.models import Effect, Reorganisation


def restore(reorganisation: Reorganisation) -> list[tuple[models.Model, bool]]:
    """The rows restored, and whether each was made by the reorganisation. Conflict when anything rests on them."""
    effects = list(reorganisation.effects.order_by("-number"))
    rows = {effect.pk: _row(effect) for effect in effects}
    blockers = [*_changed(effects, rows), *_resting(effects, rows)]
    if blockers:
        text = _("Something rests on this reorganisation since: %s. Take that back first, or plan a new one.")
        raise Conflict(text % "; ".join(blockers), code="built_upon")
    done = []
    try:
        with transaction.atomic():
            for effect in effects:
                row = rows[effect.pk]
                _bring_back(row, effect)
                done.append((row, effect.before is None))
    except IntegrityError as fault:
        text = _("Another entry holds by now on days that the old one would hold on again. End that entry first.")
        raise Conflict(text, code="built_upon") from fault
    return done


def _row(effect: Effect) -> Any:
    model = BY_LABEL[effect.table]
    return model._base_manager.select_for_update().get(pk=effect.row)


def _bring_back(row: Any, effect: Effect) -> None:
    if effect.before is not None:
        for column in row._meta.concrete_fields:
            setattr(row, column.attname, column.to_python(effect.before[column.attname]))
    elif isinstance(row, UnitSuccession):
        row.undone = True
    else:
        row.valid_to = row.valid_from
    row.save()


def _changed(effects: list[Effect], rows: dict[Any, Any]) -> Iterator[str]:
    """Rows that somebody changed afterwards: to restore them would undo that as well."""
    for effect in effects:
        row = rows[effect.pk]
        if stored(row) != effect.after:
            named = {"what": row._meta.verbose_name, "unit": _unit_of(row)}
            yield str(_("a %(what)s of %(unit)s was changed") % named)


def _unit_of(row: Any) -> str:
    unit = row if isinstance(row, Unit) else getattr(row, "unit", None) or row.predecessor
    return str(unit.code)


def _resting(effects: list[Effect], rows: dict[Any, Any]) -> Iterator[str]:
    """Records that name a unit which this reorganisation founded, and are not its own rows."""
    founded = [rows[e.pk] for e in effects if isinstance(rows[e.pk], Unit) and rows[e.pk].valid_to is None]
    own = {(effect.table, effect.row) for effect in effects}
    for unit in founded:
        for column, found in naming([unit], directory=True):
            model = column.model
            others = [
                pk
                for pk in _standing(model, found).values_list("pk", flat=True)
                if (model._meta.label_lower, str(pk)) not in own
            ]
            if others:
                named = {"count": len(others), "what": model._meta.verbose_name_plural, "unit": unit.code}
                yield str(_("%(count)d %(what)s at %(unit)s") % named)


def _standing(model: type[models.Model], rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Without rows that were taken back."""
    if model is UnitSuccession:
        return rows.filter(undone=False)
    return rows.exclude(TAKEN_BACK) if issubclass(model, Dated) else rows
