"""Who sees people, roles, keys, the directory."""

from typing import Any

import pytest

from agencies.models import Agency, ApiKey, Membership, Place, Unit, User
from agencies.visibility import VisibleQuerySet
from registry.conferences.models import Conference
from registry.information.models import InformationItem
from registry.reference.models import Topic
from tests.cast import PEOPLE, Cast

POLICE = {name for name, (unit, _role) in PEOPLE.items() if unit.startswith("police")}
POLICE |= {"police_officer_and_head", "two_units"}


def names(records: Any) -> set[str]:
    return set(records.values_list("username", flat=True))


def test_an_administrator_sees_the_people_of_the_agency_and_others_see_themselves(cast: Cast) -> None:
    assert names(User.objects.visible_to(cast.police_admin)) == POLICE
    for name in ("police_officer", "police_head", "secretariat", "auditor", "operator"):
        assert names(User.objects.visible_to(cast.people[name])) == {name}


def test_roles_and_keys_are_seen_by_the_holder_and_the_administrators_of_the_unit(cast: Cast) -> None:
    for model in (Membership, ApiKey):
        mine = model.objects.visible_to(cast.police_officer)
        assert {row.user for row in mine} == {cast.police_officer}
        managed = model.objects.visible_to(cast.police_admin)
        assert {row.unit.code for row in managed} == {"police", "police_north", "police_south"}
        assert {row.user for row in model.objects.visible_to(cast.coast_head)} == {cast.coast_head}


def test_a_record_that_says_nothing_of_its_readers_is_shown_to_nobody(cast: Cast) -> None:
    silent = VisibleQuerySet(InformationItem)
    assert silent.exists()
    assert not silent.visible_to(cast.police_officer).exists()


@pytest.mark.parametrize("name", ["operator", "disabled", "former"])
def test_whoever_holds_no_role_reads_neither_directory_nor_conferences(cast: Cast, name: str) -> None:
    for model in (Agency, Unit, Place, Topic, Conference):
        assert model.objects.exists(), model
        assert not model.objects.visible_to(cast.again(name)).exists(), model
        assert model.objects.visible_to(cast.coast_analyst).exists(), model
