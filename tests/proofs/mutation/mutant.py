"""What a mutant is: one check taken out of the source, and the tests that must notice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """`before` stands once in the file `path`; with `after` in its place at least one of `tests` fails."""

    name: str
    path: str
    before: str
    after: str
    tests: str
    """Arguments of pytest: files, node ids, -k."""


def of(path: str, tests: str, *changes: tuple[str, ...]) -> list[Mutant]:
    """Mutants of one file: (name, before, after) or (name, before, after, tests of its own)."""
    return [Mutant(c[0], path, c[1], c[2], c[3] if len(c) > 3 else tests) for c in changes]
