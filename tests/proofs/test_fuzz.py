"""Whatever is sent to the API: no answer is a failure of ours, and every answer is what openapi.yaml says."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from registry.wsgi import application
from tests.access.worlds import undone
from tests.cast import Cast
from tests.proofs.figures import Tell

EXAMPLES = 60
"""Requests of each kind, valid and broken, for each operation."""

PRINCIPALS = (
    "police_officer police_head police_officer_and_head police_system customs_focal_point customs_analyst secretariat"
    " auditor admin_key coast_officer read_only write_only disabled former"
).split()
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
MODES = {"valid": schemathesis.GenerationMode.POSITIVE, "broken": schemathesis.GenerationMode.NEGATIVE}


@cache
def operations() -> dict[str, Any]:
    """`POST /api/v1/information-items`...: everything promised. `make check` holds openapi.yaml to the same."""
    promised = OpenApiJsonRenderer().render(SchemaGenerator().get_schema(public=True), renderer_context={})
    schema: Any = schemathesis.openapi.from_dict(json.loads(promised))
    schema.app = application
    found = [result.ok() for result in schema.get_all_operations()]
    return {f"{one.method.upper()} {one.path}": one for one in found}


@pytest.fixture(autouse=True)
def in_process() -> Iterator[None]:
    """The requests name a host of their own, and leave the test's connection open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    with override_settings(ALLOWED_HOSTS=["*"]):
        yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def known(cast: Cast) -> list[str]:
    """Ids that exist, so that a request gets further than “not found”."""
    groups = (cast.items, cast.cases, cast.conferences, cast.action_items, cast.statements, cast.keys)
    records = [record for group in groups for record in group.values()]
    records += [cast.delivery(f"police_{story}") for story in ("opened", "acknowledged", "evaluated", "recalled")]
    return [str(record.pk) for record in records]


def fuzz(cast: Cast, name: str, mode: str, examples: int) -> Counter[str]:
    """Send so many requests of one operation, by everybody; how many were answered how."""
    operation, ids = operations()[name], known(cast)
    told: Counter[str] = Counter()
    cases = operation.as_strategy(generation_mode=MODES[mode])

    @given(case=cases, who=st.sampled_from(PRINCIPALS), pick=st.one_of(st.none(), st.sampled_from(ids)))
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    def run(case: Any, who: str, pick: str | None) -> None:
        if pick is not None and "id" in (case.path_parameters or {}):
            case.path_parameters["id"] = pick
        headers = {"Authorization": f"Bearer {cast.secrets[who]}"}
        with undone():
            answer = case.call(headers=headers)
        told[f"{answer.status_code // 100}xx"] += 1
        case.validate_response(answer, checks=CHECKS, headers=headers)

    run()
    return told


@pytest.mark.parametrize("mode", MODES)
def test_a_few_requests_of_a_few_operations_get_the_answers_promised(cast: Cast, mode: str) -> None:
    for name in random.Random(mode).sample(sorted(operations()), 4):
        assert fuzz(cast, name, mode, 5)


@pytest.mark.prove
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", sorted(operations()))
def test_no_request_makes_the_registry_fail_or_answer_otherwise_than_promised(
    cast: Cast, figures: Tell, name: str, mode: str
) -> None:
    told = fuzz(cast, name, mode, EXAMPLES)
    figures("fuzzing against openapi.yaml", operations=1, requests=told.total(), **told)
    assert told["5xx"] == 0
