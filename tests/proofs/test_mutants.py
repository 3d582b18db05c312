"""The list of mutants follows the source: each text it takes out stands there, each test it names exists."""

import shlex
from pathlib import Path

import pytest

from tests.database import TOP
from tests.proofs.mutants import MUTANTS, fits

NAMES = [mutant.name for mutant in MUTANTS]


@pytest.mark.parametrize("mutant", MUTANTS, ids=NAMES)
def test_what_a_mutant_takes_out_stands_in_the_source_once(mutant: object) -> None:
    assert fits(mutant)  # type: ignore[arg-type]


def test_the_files_of_tests_exist() -> None:
    named = {part.partition("::")[0] for mutant in MUTANTS for part in shlex.split(mutant.tests)}
    missing = {part for part in named if part.startswith("tests/") and not (Path(TOP) / part).exists()}
    assert missing == set()


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own() -> None:
    assert len(NAMES) == len(set(NAMES)) >= 60
