"""Checks of report texts: who writes them, what they may refer to, what is kept."""

from tests.proofs.mutation.mutant import Mutant, of

# fmt: off
MUTANTS: list[Mutant] = [
    *of(
        "reports/narrating.py",
        "tests/reports/test_narrating.py",
        ("everybody-writes-report-texts", "    if not may_narrate(period, by):\n        raise NotPermitted\n", ""),
        ("every-secretariat-writes-for-any-host", "(not hosts or Unit.objects.filter(pk__in=units, agency_id__in=hosts).exists())", "True"),
        ("report-texts-are-written-over", "    if expected_revision is not None and expected_revision != (held.revision if held else 0):\n        raise Stale\n", ""),
        ("unknown-references-are-saved", "[*_too_long(text), *_unknown(text, by)]", "_too_long(text)"),
        ("typed-numbers-are-saved-silently", "asked if TYPED not in confirm else []", "[]"),
        ("stamps-stand-in-report-texts", '    if refusal := refusal_of({"text": text}):\n        raise refusal\n', ""),
        ("persons-stand-in-report-texts", '    require_no_person({"text": text}, confirm)\n', ""),
    ),
    *of(
        "reports/models/narrative.py",
        "tests/reports/test_narrating.py",
        ("everybody-reads-report-texts", "self.all() if user.holds(Permission.REPORT_COUNT_ALL) else self.none()", "self.all()"),
    ),
    *of(
        "reports/typed.py",
        "tests/reports/test_typed.py",
        ("references-in-one-language-pass", "(one - other) + (other - one)", "one - other"),
    ),
]
