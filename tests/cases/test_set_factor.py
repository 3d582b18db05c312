"""The operator's way to the factors of estimates."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.audit.models import AuditEvent
from registry.cases.models import ConversionFactor
from tests.cast import Cast

GIVEN = ("--from", "2024-01-01", "--source", "Viện mẫu")


def test_a_factor_is_set_and_the_next_one_follows_it(cast: Cast) -> None:
    out = StringIO()
    call_command("set_factor", "heroin", "tablet", "g", "0.1", *GIVEN, stdout=out)
    later = ("--from", "2024-07-01", "--source", "Viện mẫu")
    call_command("set_factor", "heroin", "tablet", "g", "0.09", *later, stdout=out)
    assert out.getvalue().split("\n")[:2] == ["version 1, from 2024-01-01", "version 2, from 2024-07-01"]
    assert ConversionFactor.objects.get(version=1).valid_to is not None
    assert AuditEvent.objects.filter(action="conversion.set").count() == 2


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("heroine", "tablet", "g", "1"), "substance heroine"),
        (("heroin", "tablet", "stone", "1"), "to_measure stone"),
        (("heroin", "kg", "g", "1"), "to_measure:"),
        (("heroin", "tablet", "g", "-1"), "factor"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_set(cast: Cast, given: tuple[str, ...], told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("set_factor", *given[:3], *GIVEN, "--", given[3])
    assert not ConversionFactor.objects.exists()
