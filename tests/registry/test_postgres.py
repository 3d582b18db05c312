"""The embedded server: it starts twice, survives being killed, and never touches data that are not its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest

from registry import env, postgres, postgres_files

RUN_AS_ROOT = os.geteuid() == 0


def quiet(_line: str) -> None:
    return None


def ask(data: Path, question: str) -> Any:
    with psycopg.connect(postgres.database_url(data=data), autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def process(data: Path) -> int:
    pid = postgres._postmaster(postgres.locate(data))
    assert pid is not None
    return pid


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder with a short path that the account of the server may enter."""
    folder = Path(tempfile.mkdtemp(prefix="registry-tests-"))
    folder.chmod(0o755)
    yield folder
    for data in folder.glob("*/PG_VERSION"):
        postgres.stop(quiet, data=data.parent)
        shutil.rmtree(postgres.sockets(data.parent), ignore_errors=True)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def data(place: Path) -> Path:
    """A server that the tests of this module share; each leaves it running or leaves it to be started."""
    postgres.start(quiet, data=place / "data")
    return place / "data"


@pytest.fixture
def server(data: Path) -> Path:
    """The shared server, running."""
    postgres.start(quiet, data=data)
    return data


def test_the_address_is_computed_and_nothing_is_started(tmp_path: Path) -> None:
    url = postgres.database_url("other", data=tmp_path / "data")
    assert url == f"postgresql://registry@/other?host={postgres.sockets(tmp_path / 'data')}&port=5432"
    assert not list(tmp_path.iterdir())
    assert url != postgres.database_url("other", data=tmp_path / "more")


def test_the_path_of_the_socket_stays_short_however_deep_the_checkout(tmp_path: Path) -> None:
    assert len(str(postgres.sockets(tmp_path / ("deep/" * 60)) / ".s.PGSQL.5432")) < 100


def test_a_second_start_changes_nothing(server: Path) -> None:
    before = process(server)
    assert postgres.start(quiet, data=server) is False
    assert process(server) == before


def test_the_application_is_no_superuser_and_speaks_utc_and_utf8(server: Path) -> None:
    assert ask(server, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
    assert ask(server, "SHOW timezone") == "UTC"
    assert ask(server, "SHOW server_encoding") == "UTF8"
    assert ask(server, "SHOW listen_addresses") == ""


def test_data_outlive_a_killed_server(server: Path) -> None:
    assert (ask(server, "SHOW fsync"), ask(server, "SHOW data_checksums")) == ("on", "on")
    ask(server, "DROP TABLE IF EXISTS kept")
    ask(server, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    os.kill(process(server), signal.SIGKILL)
    assert postgres.start(quiet, data=server) is True
    assert ask(server, "SELECT count(*) FROM kept") == 1000


def test_a_stopped_server_starts_again_and_stopping_twice_is_no_fault(server: Path) -> None:
    assert postgres.stop(quiet, data=server) is True
    assert postgres.stop(quiet, data=server) is False
    assert postgres.start(quiet, data=server) is True


def test_of_two_that_start_at_once_one_starts(server: Path) -> None:
    postgres.stop(quiet, data=server)
    script = f"from registry import postgres; print(postgres.start(str, data={str(server)!r}))"
    command, checkout = [sys.executable, "-c", script], postgres_files.CHECKOUT
    both = [subprocess.Popen(command, cwd=checkout, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert sorted(each.communicate(timeout=60)[0].strip() for each in both) == ["False", "True"]


def test_a_left_over_pid_file_that_names_a_living_stranger_is_no_obstacle(server: Path) -> None:
    postgres.stop(quiet, data=server)
    cluster = postgres.locate(server)
    left_over = server / "postmaster.pid"
    with subprocess.Popen(["sleep", "60"], **cluster.account) as stranger:
        left_over.write_text(f"{stranger.pid}\n{server}\n1700000000\n5432\n\n\n\nready\n")
        os.chown(left_over, cluster.uid, cluster.gid)
        assert postgres.start(quiet, data=server) is True
        stranger.kill()


def test_a_database_is_created_once(server: Path) -> None:
    postgres.ensure_database("another", data=server)
    postgres.ensure_database("another", data=server)
    assert ask(server, "SELECT count(*) FROM pg_database WHERE datname = 'another'") == 1
    with pytest.raises(postgres.PostgresError, match="cannot name a database"):
        postgres.ensure_database("x; DROP", data=server)


def test_a_server_that_lost_its_socket_is_reported_at_once(server: Path) -> None:
    shutil.rmtree(postgres.sockets(server))
    with pytest.raises(postgres.PostgresError, match=r"does not answer at .* stop` and try again"):
        postgres.start(quiet, data=server)
    assert postgres.stop(quiet, data=server) is True


def test_only_the_cluster_of_the_tests_trades_durability_for_speed(place: Path) -> None:
    postgres.start(quiet, data=place / "speedy-test")
    assert ask(place / "speedy-test", "SHOW fsync") == "off"
    assert ask(place / "speedy-test", "SHOW cluster_name") == "registry-test"


def test_what_an_interrupted_creation_left_is_not_taken_for_data(place: Path) -> None:
    cluster = postgres.locate(place / "again")
    half = place / "again.unfinished"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with suppress(KeyboardInterrupt), postgres_files.make_folder(cluster) as folder:
        assert not list(folder.iterdir())
        raise KeyboardInterrupt
    assert not cluster.data.exists()
    with postgres_files.make_folder(cluster) as folder:
        (folder / "PG_VERSION").write_text("18\n")
    assert (cluster.data / "PG_VERSION").exists()
    assert not half.exists()
    shutil.rmtree(cluster.data)


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("PG_VERSION", "9\n", "was written by PostgreSQL 9, but the programs in"),
        ("letter.txt", "dear all", "holds files that are no PostgreSQL database"),
    ],
)
def test_data_that_are_not_ours_are_refused_and_left_alone(place: Path, file: str, content: str, said: str) -> None:
    data = place / f"foreign-{file}"
    data.mkdir()
    (data / file).write_text(content)
    with pytest.raises(postgres.PostgresError, match=said):
        postgres.start(quiet, data=data)
    assert [path.name for path in data.iterdir()] == [file]
    assert (data / file).read_text() == content
    shutil.rmtree(data)
    shutil.rmtree(postgres.sockets(data))


def test_the_folder_of_the_socket_is_refused_when_others_may_open_it(place: Path) -> None:
    folder = postgres.sockets(place / "open")
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    with pytest.raises(postgres.PostgresError, match="is not a folder that only"):
        postgres.start(quiet, data=place / "open")
    assert not (place / "open").exists()
    folder.rmdir()


def test_programs_that_are_missing_where_they_were_named_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTRY_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(postgres.PostgresError, match=r"postgres, initdb, psql, pg_isready is missing"):
        postgres.start(quiet, data=tmp_path / "data")


@pytest.mark.skipif(not RUN_AS_ROOT, reason="only root runs the server as somebody else")
def test_root_keeps_data_outside_a_checkout_that_the_server_cannot_enter(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(postgres_files, "OUTSIDE", (place,))
    asked = closed / "data-test"
    assert postgres.start(quiet, data=asked) is True
    outside = Path((closed / "data-test.location").read_text().strip())
    assert outside.parent.parent == place
    monkeypatch.setattr(postgres_files, "OUTSIDE", (tmp_path,))
    assert postgres.start(quiet, data=asked) is False, "the note says where the data are, not the rule"
    postgres.stop(quiet, data=asked)
    shutil.rmtree(outside.parent)
    with pytest.raises(postgres.PostgresError, match=r"says that the data are in .*Put them back"):
        postgres.start(quiet, data=asked)
    shutil.rmtree(postgres.sockets(asked))


@pytest.mark.parametrize(
    ("command", "started"),
    [
        ("migrate", True),
        ("shell", True),
        ("demo", True),
        ("makemigrations", True),
        ("makemigrations --check", False),
        ("makemigrations --dry-run", False),
        ("migrate --help", False),
        ("--version", False),
        ("check --deploy", False),
        ("spectacular", False),
        ("compilemessages", False),
        ("collectstatic", False),
        ("", False),
    ],
)
def test_a_command_starts_the_server_when_it_needs_it(
    command: str, started: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []
    monkeypatch.setattr(postgres, "start", calls.append)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(env, "DOTENV", Path(os.devnull))
    postgres.ensure_for_command(["manage.py", *command.split()])
    assert bool(calls) is started


def test_no_command_starts_the_server_when_another_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "start", lambda _report: pytest.fail("started"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://registry@db.example.org/registry")
    postgres.ensure_for_command(["manage.py", "migrate"])
