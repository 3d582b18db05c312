"""What `make bench` compares is the same: rule, audit row and JSON of the honest program are those of the API."""

import json
from typing import Any

import psycopg
import pytest
from django.db import connection

from agencies.models import today
from registry.bench.honest import program
from registry.bench.lists import ADDRESS, get
from tests.cast import Cast
from tests.clients import ApiClient

TOLD = "SELECT actor, actor_unit, role, api_key, action, object_type, outcome, detail FROM audit_auditevent ORDER BY id DESC LIMIT 1"


@pytest.fixture
def own(cast: Cast, settings: Any) -> Any:
    """A connection of the honest program's own; what it writes is undone."""
    settings.ALLOWED_HOSTS = ["localhost"]
    place = connection.get_connection_params()
    with psycopg.connect(**{k: place[k] for k in ("dbname", "user", "host", "port") if place.get(k)}) as opened:
        yield opened
        opened.rollback()


@pytest.mark.parametrize("name", ["police_officer", "north_officer", "customs_system", "coast_officer"])
def test_the_honest_program_answers_and_records_what_the_api_does(cast: Cast, own: Any, name: str) -> None:
    secret = cast.secrets[name]
    ours = ApiClient(secret).get(ADDRESS, Host="localhost").content
    theirs = get(program(own, today()), ADDRESS, secret)
    assert json.loads(ours) == json.loads(theirs)
    with connection.cursor() as cursor:
        cursor.execute(TOLD)
        row = cursor.fetchone()
    if json.loads(ours)["results"]:
        theirs_told = own.execute(TOLD).fetchone()
        assert (*row[:-1], json.loads(row[-1])) == theirs_told
