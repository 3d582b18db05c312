"""Checks of readings, intervals and periods."""

from tests.proofs.mutation.mutant import Mutant, of

READINGS = "tests/registry/test_readings.py tests/registry/test_reading_examples.py"
INTERVALS = "tests/registry/test_figures.py"
PERIODS = "tests/registry/test_periods.py"
PUBLISHED = "tests/documents/test_reckoning.py"

MUTANTS: list[Mutant] = [
    *of(
        "registry/readings.py",
        READINGS,
        ("measures-are-guessed", "if len(numbers) > 1 and (not phrase.divisible or (phrase.bare and max(numbers) % 1000 == 0)):", "if len(numbers) > 1:"),
        ("counts-are-asked-about", "(not phrase.divisible or (phrase.bare", "((phrase.bare"),
        ("marks-mean-the-same-in-both-languages", 'decimal_mark = "." if language == "en" else ","', 'decimal_mark = ","'),
        ("halves-of-plants", "if any(phrase.measure and not phrase.measure.broken and v % 1 for v in values):", "if False:"),
        ("nothing-is-a-quantity", "    if value == 0:\n", "    if False:\n"),
        ("numbers-of-any-length", "    if value >= LIMIT:\n", "    if False:\n"),
        ("decimals-without-end", "    if _places(value) > places:\n", "    if False:\n"),
        ("round-counts-are-exact", "counted and value % ROUND and value % 1 == 0", "counted and value % 1 == 0"),
        ("scaled-counts-are-exact", "Comparator.UNSTATED if phrase.scale else _unsaid", "_unsaid"),
        ("two-words-of-comparison", "if comparator is not None and BEFORE.first(rest)[0] is not None:", "if False:"),
        ("limits-are-quantities", "        if LIMITS.first(text)[0]:\n", "        if False:\n"),
        ("units-are-not-asked-for", "return None if readings[0].unit else unit", "return None"),
        ("raised-digits-are-digits", 'unicodedata.normalize("NFC", text)', 'unicodedata.normalize("NFKC", text)'),
        ("far-above-from-ten-times-on", "value > 10 * maximum", "value >= 10 * maximum"),
    ),
    *of(
        "registry/figures.py",
        INTERVALS,
        ("over-includes-its-bound", "return cls(value, None, low_open=True)", "return cls(value, None)"),
        ("nearly-includes-its-bound", "cls(ZERO, value, high_open=True)", "cls(ZERO, value)"),
        ("about-is-exact", "return cls(ZERO, None)", "return cls(value, value)"),
        ("open-bounds-close-in-sums", "low is not None and (self.low_open or other.low_open)", "low is not None and (self.low_open and other.low_open)"),
        ("bounds-that-are-met-say-no", "self.high < value or (self.high == value and self.high_open)", "self.high <= value"),
        ("rounding-to-half-a-place", "return cls(value - step, value + step,", "return cls(value - step / 2, value + step / 2,"),
    ),
    *of(
        "registry/documents/reckoning.py",
        PUBLISHED,
        ("disputed-readings-answer", "confirmed = Q(needs_confirmation=False)", "confirmed = Q()"),
        ("disputed-readings-are-reckoned", "    if figure.needs_confirmation:\n", "    if False:\n"),
        ("nearly-may-be-its-bound", "_BELOW_BOUND & Q(LessThanOrEqual(upper, asked))", "_ROUNDED & Q(LessThanOrEqual(upper, asked))"),
        ("the-same-value-is-a-conflict", '    others = others.exclude(normalised_value=OuterRef("normalised_value"), comparator=OuterRef("comparator"))\n', '    others = others.exclude(pk=OuterRef("pk"))\n'),
    ),
    *of(
        "registry/periods.py",
        PERIODS,
        ("statutory-from-the-first", "_CUT = 15\n", "_CUT = 1\n"),
        ("one-period-under-two-names", "if (named.start, named.end) == (start, end):", "if False:"),
        ("periods-that-end-before-they-begin", "        if after <= first:\n", "        if False:\n"),
        ("periods-of-any-year", "if start < _EARLIEST or end > _LATEST:", "if False:"),
    ),
]  # fmt: skip
