"""What the five documents print, counted and read by hand from the pages, not from the fixture."""

from typing import Any

REVIEW, Q1, Q2 = "2020-fugitives-review", "2024-q1-conference", "2024-q2-conference"
COMMENDATION, NOVEMBER = "2023-commendation", "2021-mps-november"

COUNTS = {
    # figures, noise, events, offices at them, names, statements
    REVIEW: (6, 0, 1, 1, 6, 9),
    Q1: (0, 0, 1, 5, 9, 8),
    Q2: (19, 3, 1, 5, 16, 13),
    COMMENDATION: (7, 0, 1, 1, 7, 14),
    NOVEMBER: (15, 0, 1, 2, 6, 16),
}

PRINTED: dict[str, list[tuple[Any, ...]]] = {
    # paragraph, number as printed, comparator, value in the base unit, that unit, substance
    REVIEW: [
        (6, "208,000", "over", "208000", "case", None),
        (6, "322,000", "nearly", "322000", "person", None),
        (6, "7.8", "unstated", "7800000", "g", "heroin"),
        (6, "11.7", "unstated", "11700000", "g", "synthetic_unspecified"),
        (6, "five million", "over", "5000000", "tablet", "synthetic_unspecified"),
        (6, "3,600", "unstated", "3600", "person", None),
    ],
    Q1: [],
    Q2: [
        (7, "152", "exact", "152", "item", None),
        (8, "17,129", "exact", "17129", "case", None),
        (8, "27,905", "exact", "27905", "person", None),
        (8, "330", "over", "330000", "g", "heroin"),
        (8, "1.7", "over", "1700000", "g", "synthetic_unspecified"),
        (8, "1.8 million", "unstated", "1800000", "tablet", "synthetic_unspecified"),
        (8, "1", "nearly", "1000000", "g", "cannabis_unspecified"),
        (9, "327", "exact", "327", "case", None),
        (9, "413", "exact", "413", "person", None),
        (9, "659,149", "unstated", "659149", "g", "all_drugs"),
        (9, "139", "exact", "139", "special_case", None),
        (9, "204", "exact", "204", "person", None),
        (9, "5.8", "unstated", "5800", "g", "heroin"),
        (9, "149", "unstated", "149000", "g", "synthetic_unspecified"),
        (9, "21.3", "unstated", "21300", "g", "cannabis_unspecified"),
        (9, "21", "unstated", "21000", "g", "cocaine"),
        (9, "183", "exact", "183", "case", None),
        (9, "216", "exact", "216", "person", None),
        (9, "1.2", "unstated", "1200000", "g", "all_drugs"),
        (22, "44.5", "unstated", "44500", "g", None),
        (26, "3,000", "unstated", "3000", "carton", None),
        (28, "3,000", "unstated", "3000", "carton", None),
    ],
    COMMENDATION: [
        (2, "140", "exact", "140", "person", None),
        (2, "28", "exact", "28", "person", None),
        (5, "23,000", "over", "23000", "case_per_year", None),
        (5, "32,000", "over", "32000", "person_per_year", None),
        (6, "one thousand", "about", "1000", "hot_spot", None),
        (7, "Twenty-eight", "exact", "28", "person", None),
        (7, "700", "over", "700", "person", None),
    ],
    NOVEMBER: [
        (7, "17.72%", "unstated", "17.72", "percent", None),
        (9, "1,400", "over", "1400", "case", None),
        (9, "2,400", "unstated", "2400", "person", None),
        (9, "62", "unstated", "62000", "g", "heroin"),
        (9, "205", "unstated", "205000", "g", "synthetic_unspecified"),
        (9, "127,000", "over", "127000", "tablet", "synthetic_unspecified"),
        (9, "5", "unstated", "5000", "g", "cannabis_unspecified"),
        (10, "1,700", "unstated", "1700", "case", None),
        (10, "1,841", "exact", "1841", "person", None),
        (12, "86", "exact", "86", "mission", None),
        (12, "32", "exact", "32", "person", None),
        (12, "460", "exact", "460", "person", None),
        (12, "31", "exact", "31", "person", None),
        (15, "300", "unstated", "300", "article", None),
        (17, "9", "exact", "9", "task", None),
    ],
}

TRAPS = {
    REVIEW: "MASSPILL PERIOD SUBJECT SUBSET MIXED COMPARATOR NAME OFFICE RANK TRANSL MISSING VENUE NODUE PARTIAL",
    Q1: "MIXED NAME TRANSL MISSING NODATE VENUE HOST NOISE",
    Q2: "DECIMAL MASSPILL PERIOD CUTOFF CONFLICT OVERLAP POOLED UNIT SUBJECT MIXED COMPARATOR PRECISION MIXEDCLASS "
    "SUBSTANCE NAME OFFICE RANK TRANSL MISSING VENUE NOISE NODUE PARTIAL NOSPLIT VAGUE",
    COMMENDATION: "PERIOD DUP RATE MIXED COMPARATOR NAME OFFICE RANK TRANSL MISSING VENUE NODUE PARTIAL NOSPLIT VAGUE",
    NOVEMBER: "MASSPILL CUTOFF SUBJECT RATE MIXED MIXEDCLASS SUBSTANCE NAME OFFICE RANK MISSING VENUE SCOPE NODUE "
    "PARTIAL",
}

ON_FIGURES = {
    # where a trap belongs to figures: exactly these numbers
    (REVIEW, "T-MASSPILL"): {4, 5},
    (REVIEW, "T-SUBSET"): {6},
    (REVIEW, "T-MIXED"): {6},
    (REVIEW, "T-COMPARATOR"): {1, 2, 5},
    (REVIEW, "T-SUBJECT"): {1, 2, 3, 4, 5, 6},
    (REVIEW, "T-PERIOD"): {1, 2, 3, 4, 5, 6},
    (Q2, "T-DECIMAL"): {10},
    (Q2, "T-NOSPLIT"): {1},
    (Q2, "T-MIXED"): {1},
    (Q2, "T-MASSPILL"): {5, 6},
    (Q2, "T-CONFLICT"): {2, 3, 4, 5, 6, 7},
    (Q2, "T-SUBJECT"): {2, 3, 4, 5, 6, 7},
    (Q2, "T-COMPARATOR"): {4, 5, 6, 7},
    (Q2, "T-POOLED"): set(range(8, 20)),
    (Q2, "T-OVERLAP"): set(range(2, 20)),
    (Q2, "T-PERIOD"): set(range(1, 20)),
    (Q2, "T-CUTOFF"): set(range(1, 20)),
    (Q2, "T-UNIT"): {2, 8, 11, 17},
    (Q2, "T-PRECISION"): {10, 19},
    (Q2, "T-MIXEDCLASS"): {5, 6, 10, 14, 19},
    (Q2, "T-SUBSTANCE"): {7, 15},
    (Q2, "T-TRANSL"): {8, 17},
    (Q2, "T-NOISE"): {20, 21, 22},
    (COMMENDATION, "T-DUP"): {2, 6},
    (COMMENDATION, "T-RATE"): {3, 4},
    (COMMENDATION, "T-MIXED"): {7},
    (COMMENDATION, "T-COMPARATOR"): {3, 4, 5, 7},
    (COMMENDATION, "T-TRANSL"): {5},
    (NOVEMBER, "T-RATE"): {1},
    (NOVEMBER, "T-MASSPILL"): {5, 6},
    (NOVEMBER, "T-MIXED"): {2, 8},
    (NOVEMBER, "T-SUBSTANCE"): {7},
    (NOVEMBER, "T-MIXEDCLASS"): {5, 6},
    (NOVEMBER, "T-SCOPE"): {1, 8, 9, 10, 11, 12, 13, 14, 15},
    (NOVEMBER, "T-SUBJECT"): set(range(2, 15)),
    (NOVEMBER, "T-CUTOFF"): set(range(1, 15)),
    (NOVEMBER, "T-PARTIAL"): {15},
}
