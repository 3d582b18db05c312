"""The secret of a new key is in one answer and nowhere else."""

from collections.abc import Callable

from registry.api.models import IdempotencyKey
from tests.cast import Cast
from tests.clients import ApiClient

BODY = {"name": "k", "username": "police_system", "unit": "police", "scopes": ["read"]}


def test_a_repetition_does_not_give_the_secret_again_and_none_is_stored(
    cast: Cast, api: Callable[[str | None], ApiClient]
) -> None:
    client = api("admin_key")
    first, again = (client.post("api-keys", BODY, Idempotency_Key="once-only") for _turn in range(2))
    secret = first.json()["api_key"]
    assert secret
    assert (again.status_code, again.json()["api_key"]) == (201, "")
    assert again.json()["id"] == first.json()["id"]
    assert secret.encode() not in bytes(IdempotencyKey.objects.get(key="once-only").body)
