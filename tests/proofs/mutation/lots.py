"""Checks of the history of cases and of the life of seizure lots."""

from tests.proofs.mutation.mutant import Mutant, of

HISTORY = "tests/cases/test_history.py"
READ_BACK = "tests/cases/test_lot_readings.py"
DIVIDED = "tests/cases/test_divisions.py"
HELD = "tests/cases/test_custody.py"
TWICE = "tests/cases/test_duplicates.py"
ANEW = "tests/cases/test_reweighing.py"
TOLD = "tests/cases/test_seizure_totals.py"
SUMS = "tests/cases/test_totals.py"
NAMES = "tests/cases/test_persons.py"

# fmt: off
MUTANTS: list[Mutant] = [
    *of(
        "registry/cases/persons.py",
        NAMES,
        ("numbers-of-persons-pass", "[Finding(Likeness.NUMBER, m.start() + 1, m.end()) for m in _NUMBER.finditer(text)]", "[]"),
        ("any-year-is-a-birth", "int(beside[1]) <= today().year - YOUNGEST", "True"),
        ("one-word-is-a-name", "if run and joined >= 2:", "if run:"),
        ("nothing-needs-confirming", "    if asked:\n", "    if False:\n"),
    ),
    *of(
        "registry/cases/actions/entries.py",
        HISTORY,
        ("anybody-writes-history", "mine = [row.unit for row in held if by.may(Permission.CASE_WRITE, row.unit_id)]", "mine = [row.unit for row in held]"),
        ("whoever-left-writes-history", "Participation.objects.as_of(today()).filter(case=case)", "Participation.objects.filter(case=case)"),
        ("history-of-tomorrow", "    if happened_on > today():\n", "    if False:\n"),
        ("entries-into-closed-cases", "    require_open(case)\n", ""),
        ("strangers-in-task-forces", "if strangers := [unit.code for unit in units if unit.pk not in there]:", "if strangers := []:"),
        ("task-forces-end-twice", "    if force.valid_to <= day:\n", "    if False:\n"),
    ),
    *of(
        "registry/cases/actions/participations.py",
        HISTORY,
        ("anybody-receives", "    if not by.may(Permission.CASE_CONFIRM, made.to_unit_id):\n        raise NotPermitted\n", ""),
        ("receipts-twice", "    if made.received_at is not None:\n", "    if False:\n"),
        ("no-record-of-hand-overs", "    if before is not None:\n", "    if False:\n"),
    ),
    *of(
        "registry/cases/lot_readings.py",
        READ_BACK,
        ("the-first-reading-is-taken", "if reading is None and len(found.readings) > 1:", "if False:"),
        ("any-number-of-a-reading", "if not 1 <= number <= len(found.readings):", "if False:"),
        ("a-number-without-a-unit", "if any(not reading.unit for reading in found.readings):", "if False:"),
        ("maxima-of-hidden-cases", "SeizureLot.objects.visible_to(by).filter(", "SeizureLot.objects.filter("),
        ("maxima-of-all-agencies", "case__unit__agency=case.unit.agency_id, substance_id", "substance_id"),
    ),
    *of(
        "registry/cases/actions/reweighing.py",
        ANEW,
        ("history-is-weighed-anew", "    if lot.divided_by_id is not None:\n", "    if False:\n"),
        ("weighed-anew-as-before", "    if (lot.value, lot.unit_id, lot.comparator) == had:\n", "    if False:\n"),
        ("parts-change-their-dimension", "    if lot.made_by_id is not None and lot.unit", "    if False and lot.unit"),
        ("anything-weighed-anew", "        require_plausible(lot, by, confirm)\n", "        pass\n"),
    ),
    *of(
        "registry/cases/actions/divisions.py",
        DIVIDED,
        ("history-is-split", "        if lot.divided_by_id is not None:\n", "        if False:\n"),
        ("duplicates-are-split", "        if lot.duplicate_of_id is not None:\n", "        if False:\n", TWICE),
        ("what-is-not-weighed-is-split", "        if not lot.weighed:\n", "        if False:\n"),
        ("lots-unlike-are-merged", "    if len(kinds) != 1:\n", "    if False:\n"),
        ("parts-of-nothing", "(not part.value.is_finite() or part.value <= 0 for part in parts)", "(not part.value.is_finite() for part in parts)"),
    ),
    *of(
        "registry/cases/actions/custody.py",
        HELD,
        ("anybody-records-custody", "if not any(by.may(Permission.CASE_WRITE, pk) for pk in (case.leading_unit_id(), holder)):", "if False:"),
        ("exhibits-go-anywhere", "if not event.lot.case.participations.filter(unit=event.to_unit).exists():", "if False:"),
        ("custody-back-in-time", "if not earliest <= event.happened_on <= today():", "if False:"),
    ),
    *of(
        "registry/cases/actions/comparisons.py",
        TWICE,
        ("anybody-decides-on-duplicates", "    require_lead(case, by)\n", ""),
        ("hidden-lots-are-compared", "SeizureLot.objects.visible_to(by).filter(pk=other.pk)", "SeizureLot.objects.filter(pk=other.pk)"),
        ("decisions-are-not-taken-back", "    elif lot.duplicate_of_id == other.pk:\n        lot.duplicate_of = None\n", ""),
    ),
    *of(
        "registry/cases/models/comparisons.py",
        TWICE,
        ("decisions-tell-of-hidden-lots", "return self.filter(lot__in=lots, other__in=lots)", "return self.filter(lot__in=lots)"),
    ),
    *of(
        "registry/cases/duplicates.py",
        TWICE,
        ("former-provinces-are-others", "SELECT b.former_id, s.successor_id FROM became b", "SELECT b.former_id, b.place_id FROM became b"),
        ("provinces-to-come-are-here", '     WHERE s."on" <= %s\n', '     WHERE s."on" <> %s\n'),
    ),
    *of(
        "registry/cases/totals.py",
        SUMS,
        ("history-is-summed", "    return sums_of(lots.counted()).of(", "    return sums_of(lots).of(", DIVIDED),
        ("a-class-beside-its-members", "        if inside or sum(other.pk == one.pk for other in several) > 1:\n", "        if False:\n"),
        ("parts-stand-alone", "[Line(one, of, depth, totals),", "[Line(one, None, depth, totals),", TOLD),
        ("lots-not-weighed-are-zero", '        dimension = row["unit__dimension"] if row["weighed"] else ""\n', '        dimension = row["unit__dimension"] or "mass"\n', TOLD),
    ),
    *of(
        "registry/cases/counted.py",
        TOLD,
        ("totals-of-all-for-everybody", "SeizureLot.objects.countable_by(by)", "SeizureLot.objects.all()"),
        ("provinces-never-become-others", "today() if places_of_today else None", "None"),
    ),
]
