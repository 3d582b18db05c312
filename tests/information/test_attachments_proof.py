"""Two thousand damaged and disguised files, and a large one: no failure of ours, and no more memory than for a small one."""

import random
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.access.worlds import undone
from tests.cast import Cast
from tests.clients import ApiClient
from tests.information.files import upload
from tests.information.samples import KINDS, REFUSED

MUTANTS = 2000
SOURCES = [(name, content) for name, (content, _kind) in KINDS.items()]
SOURCES += [(name, content) for name, content, _code in REFUSED.values() if 0 < len(content) < 200_000]


def mutant(source: random.Random) -> tuple[str, bytes]:
    """A file with bytes turned, cut out, doubled, or the half of another one behind it."""
    name, content = source.choice(SOURCES)
    changed = bytearray(content)
    for _round in range(source.randint(1, 6)):
        at = source.randrange(len(changed) or 1)
        match source.randrange(5):
            case 0:
                changed[at : at + 1] = source.randbytes(1)
            case 1:
                del changed[at : at + source.randint(1, 40)]
            case 2:
                changed[at:at] = changed[at : at + source.randint(1, 40)]
            case 3:
                changed[at : at + 4] = source.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"])
            case _:
                changed += source.choice(SOURCES)[1][source.randrange(40) :]
    return source.choice([name, source.choice(SOURCES)[0]]), bytes(changed)


@pytest.mark.prove
def test_no_damaged_file_makes_the_registry_fail(cast: Cast, api: Callable[[str | None], ApiClient]) -> None:
    client, source, answers = api("police_officer"), random.Random(24), dict[int, int]()
    for number in range(MUTANTS):
        name, content = mutant(source)
        with undone():
            status = upload(client, cast.items["police_draft"], content, name).status_code
        answers[status] = answers.get(status, 0) + 1
        assert status in {201, 400, 413, 422}, (number, name, status)
    assert sum(answers.values()) == MUTANTS
    assert answers[201] > 0 and answers[400] > MUTANTS / 4, answers


PROBE = """
    import os, resource, sys, tempfile
    import tests.database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    import django
    django.setup()
    from django.test import RequestFactory
    from rest_framework.parsers import JSONParser
    from registry.api.uploads import MeasuredUploadHandler, OctetStreamParser
    from registry.information.file_types import kind_of
    size = int(sys.argv[1])

    class Endless:
        left = size
        def read(self, length=None):
            taken = min(self.left, length or self.left)
            self.left -= taken
            return b"a" * taken

    class Asked:
        META = {"CONTENT_LENGTH": str(size), "HTTP_CONTENT_DISPOSITION": 'attachment; filename="a.txt"'}
        query_params = {}
        upload_handlers = [MeasuredUploadHandler()]

    found = OctetStreamParser().parse(Endless(), "application/octet-stream", {"request": Asked(), "kwargs": {}})
    with found.files["file"] as file:
        assert file.size == size
        kind_of(file.content, file.size)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.prove
def test_a_large_file_takes_no_more_memory_than_a_small_one() -> None:
    """Highest resident memory of a process that receives and examines one file, in KiB."""
    top = Path(__file__).resolve().parents[2]

    def highest(size: int) -> int:
        command: list[Any] = [sys.executable, "-c", textwrap.dedent(PROBE), str(size)]
        return int(subprocess.run(command, cwd=top, check=True, capture_output=True, text=True).stdout)

    small, large = highest(1000), highest(25 * 1_048_576)
    assert large - small < 4096, (small, large)
    assert large < 256 * 1024
