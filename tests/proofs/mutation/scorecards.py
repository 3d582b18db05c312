"""Checks of scorecards, of titles in reports, and of files that are scanned again."""

from tests.proofs.mutation.mutant import Mutant, of

# fmt: off
MUTANTS: list[Mutant] = [
    *of(
        "reports/suppression.py",
        "tests/reports/test_suppression.py",
        ("totals-give-hidden-counts-away", "        more = _complement(table, cells, measure, threshold)\n", "        more = cells\n"),
        ("agencies-know-nothing-of-themselves", '    for agency in ("", *sorted({code for pair in table for code in pair})):\n', '    for agency in ("",):\n'),
        ("what-is-left-over-is-shown", " or 0 < left < threshold)", ")"),
        ("zeros-are-hidden", "for measure in MEASURES if counts[measure]}", "for measure in MEASURES}"),
    ),
    *of(
        "reports/scorecard.py",
        "tests/reports/test_scorecard.py",
        ("everybody-reads-scorecards", "    if not reader.holds(Permission.SCORECARD_READ):\n        raise NotPermitted\n", ""),
        ("scorecards-of-any-span", "    if period.months != QUARTER:\n", "    if False:\n"),
        ("the-middle-of-few-is-shown", 'few = 0 < row["acknowledged"] < threshold', "few = False"),
        ("scorecards-count-within-agencies", 'return made.exclude(unit__agency=F("item__unit__agency"))', "return made"),
    ),
    *of(
        "reports/sections/quoted.py",
        "tests/reports/test_quoted.py",
        ("every-title-is-quoted", "quote=item.pk in may", "quote=True"),
        ("red-titles-are-quoted", "if occasion_of(item, reader) is None}", "}"),
        ("recalled-titles-are-quoted", "InformationItem.objects.visible_to(reader).filter(status=Status.RELEASED)\n    standing", "InformationItem.objects.visible_to(reader)\n    standing"),
    ),
    *of(
        "reports/asking.py",
        "tests/reports/test_quoted.py",
        ("built-reports-outlive-consents", "    _require_quotes(report, by)\n", ""),
    ),
    *of(
        "registry/information/rescanning.py",
        "tests/information/test_rescanning.py",
        ("malware-is-told-to-nobody", "            announcements.infected(attachment)\n", "            pass\n"),
    ),
]
