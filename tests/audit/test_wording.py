"""What the log calls an action."""

import re
from collections.abc import Callable

from django.test import Client
from django.utils.translation import override

from agencies.audit.wording import VERBS, worded
from registry.conferences.workflow import ACTION_MOVES
from registry.information.workflow import DOCKET_MOVES
from tests.cast import Cast
from tests.database import TOP

WRITTEN = re.compile(r'(?:record|record_denial|Attempt)\(\s*action="([a-z_.]+)"')


def test_every_action_that_is_written_has_a_word() -> None:
    sources = [path.read_text(encoding="utf-8") for floor in ("agencies", "registry", "reports") for path in
               (TOP / floor).rglob("*.py")]  # fmt: skip
    written = {action for source in sources for action in WRITTEN.findall(source)}
    assert len(written) > 60
    assert {action for action in written if worded(action) == action} == set()
    assert {verb for _status, verb in (*ACTION_MOVES, *DOCKET_MOVES)} <= set(VERBS)


def test_an_action_without_a_word_is_told_by_its_code() -> None:
    assert worded("post page") == "post page"


def test_the_history_tells_what_was_done_in_the_readers_language(
    cast: Cast, desk: Callable[[str | None], Client]
) -> None:
    client, item = desk("police_officer"), cast.items["police_released_to_two"]
    for language, said in (("en", "released"), ("vi", "đã phát hành")):
        client.cookies["django_language"] = language
        page = client.get(f"/admin/information/informationitem/{item.pk}/history/").content.decode()
        assert f'<td>{said}<br><code class="quiet">item.release</code></td>' in page
        with override(language):
            assert worded("item.release") == said
