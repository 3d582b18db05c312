"""Who sees which statements and their figures."""

import pytest

from reports.models import Statement, StatementFigure
from tests.cast import Cast

SEES: dict[str, set[str]] = {
    "police_officer": {"police_confirmed", "police_draft"},
    "police_analyst": {"police_confirmed", "police_draft"},
    "customs_head": {"customs_confirmed", "customs_draft"},
    "secretariat": {"police_confirmed", "customs_confirmed"},
    "customs_secretariat": {"police_confirmed", "customs_confirmed"},
    "north_officer": set(),
    "coast_officer": set(),
    "auditor": set(),
    "police_admin": set(),
    "operator": set(),
}
"""A secretariat reads what is confirmed, of all; drafts are their unit's alone."""


@pytest.mark.parametrize("name", SEES)
def test_each_sees_these_statements_with_their_figures(cast: Cast, name: str) -> None:
    shown = {one.pk for one in Statement.objects.visible_to(cast.people[name])}
    assert {story for story, one in cast.statements.items() if one.pk in shown} == SEES[name]
    figures = {one.statement_id for one in StatementFigure.objects.visible_to(cast.people[name])}
    assert {story for story, one in cast.statements.items() if one.pk in figures} == SEES[name]
