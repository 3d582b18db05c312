"""Settings from the environment: read with a type, refused with the variable's name and the remedy."""

from pathlib import Path

import pytest

from registry import env


@pytest.fixture(autouse=True)
def dotenv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An `.env` of this test's own, not yet written."""
    path = tmp_path / ".env"
    monkeypatch.setattr(env, "DOTENV", path)
    monkeypatch.delenv("COLOUR", raising=False)
    return path


def refusal(call: object) -> str:
    with pytest.raises(env.EnvError) as refused:
        call()
    return str(refused.value)


def test_a_variable_without_default_must_be_set() -> None:
    said = refusal(lambda: env.text("COLOUR"))
    assert said == "COLOUR is not set. Set it in the environment or in .env; .env.example says what it is."


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLOUR", " ")
    assert env.text("COLOUR", "blue") == "blue"
    assert env.text("COLOUR", "") == ""
    assert env.integer("COLOUR", 3) == 3
    assert env.listing("COLOUR", ["a"]) == ["a"]
    assert env.flag("COLOUR", default=True) is True


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1", True), ("true", True), ("YES", True), ("on", True), ("0", False), ("False", False), ("no", False)],
)
def test_a_flag_is_a_yes_or_a_no(written: str, meant: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLOUR", written)
    assert env.flag("COLOUR", default=not meant) is meant


def test_any_other_word_is_no_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLOUR", "maybe")
    said = refusal(lambda: env.flag("COLOUR"))
    assert said == "COLOUR is neither yes nor no. Write one of: 1, true, yes, on, 0, false, no, off."


@pytest.mark.parametrize("written", ["8000.0", "many", "1e3", "٣", "9" * 30])
def test_only_a_whole_number_is_an_integer(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLOUR", written)
    assert refusal(lambda: env.integer("COLOUR", 1)) == "COLOUR is not a whole number. Write a whole number."


@pytest.mark.parametrize(("written", "accepted"), [("0", False), ("1", True), ("9", True), ("10", False)])
def test_a_number_keeps_its_bounds(written: str, accepted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLOUR", written)
    if accepted:
        assert env.integer("COLOUR", 5, minimum=1, maximum=9) == int(written)
        return
    said = refusal(lambda: env.integer("COLOUR", 5, minimum=1, maximum=9))
    assert said == "COLOUR is out of bounds. Write a whole number at least 1 and at most 9."


def test_a_listing_is_split_at_commas_and_trimmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLOUR", " red, green ,,blue ")
    assert env.listing("COLOUR") == ["red", "green", "blue"]


def test_the_environment_wins_over_the_file(dotenv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dotenv.write_text("# a comment\n\nCOLOUR=blue\nexport SIZE = '4 5'\nURL=a=b#c\n", encoding="utf-8")
    assert (env.text("COLOUR"), env.text("SIZE"), env.text("URL")) == ("blue", "4 5", "a=b#c")
    monkeypatch.setenv("COLOUR", "red")
    assert env.text("COLOUR") == "red"


def test_a_line_of_the_file_that_is_no_assignment_is_refused_without_repeating_it(dotenv: Path) -> None:
    dotenv.write_text("COLOUR=blue\nsecret words\n", encoding="utf-8")
    assert refusal(lambda: env.text("COLOUR")).startswith("Line 2 of .env is not KEY=VALUE.")


def test_the_address_of_a_server_becomes_an_entry_of_databases() -> None:
    entry = env.database("postgresql://anna:p%40ss%2Fword@db.example.org:5433/r%C3%A9gistre?sslmode=require")
    assert entry == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "régistre",
        "USER": "anna",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example.org",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://registry@/registry?host=/tmp/folder&port=5432",
        "postgres://registry@%2Ftmp%2Ffolder:5432/registry",
    ],
)
def test_the_host_may_be_the_folder_of_a_unix_socket(url: str) -> None:
    entry = env.database(url)
    assert (entry["HOST"], entry["PORT"], entry["USER"]) == ("/tmp/folder", "5432", "registry")
    assert entry["OPTIONS"] == {}


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("sqlite:///registry.sqlite", "is not the address of a PostgreSQL database"),
        ("registry", "is not the address of a PostgreSQL database"),
        ("postgresql://anna:hidden@host", "does not name a database after the host"),
        ("postgresql://anna:hidden@host/", "does not name a database after the host"),
        ("postgresql://anna:hidden@host/a/b", "does not name a database after the host"),
        ("postgresql://anna:hidden@host:port/a", "is not a readable address"),
        ("postgresql://anna:hidden@host:99999/a", "is not a readable address"),
        ("postgresql://anna:hidden@[host/a", "is not a readable address"),
        ("postgresql://anna:hidden@host/a?port=x", "has a port that is not a number"),
        ("postgresql://anna:hidden@host/a?ssl=1&color=2", "has unknown options: color, ssl"),
    ],
)
def test_a_wrong_address_is_refused_without_telling_its_password(url: str, fault: str) -> None:
    said = refusal(lambda: env.database(url, "OTHER_URL"))
    assert said.startswith(f"OTHER_URL {fault}. ")
    assert "hidden" not in said


def test_files_lie_in_a_private_folder_unless_said_otherwise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FILES", "FILES_OPTIONS"):
        monkeypatch.delenv(name, raising=False)
    entry = env.storage("FILES", folder=tmp_path)
    assert entry["BACKEND"] == "django.core.files.storage.FileSystemStorage"
    assert entry["OPTIONS"]["file_permissions_mode"] == 0o600
    monkeypatch.setenv("FILES", "storages.backends.s3.S3Storage")
    assert env.storage("FILES", folder=tmp_path)["OPTIONS"] == {}
    monkeypatch.setenv("FILES_OPTIONS", '{"bucket_name": "a"}')
    assert env.storage("FILES", folder=tmp_path) == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": "a"},
    }


def test_options_of_a_store_are_an_object_and_are_not_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FILES", "a.B")
    for wrong in ("hidden", '["hidden"]', '{"a": hidden}'):
        monkeypatch.setenv("FILES_OPTIONS", wrong)
        said = refusal(lambda: env.storage("FILES", folder=tmp_path))
        assert said.startswith("FILES_OPTIONS is not a JSON object. ")
        assert "hidden" not in said
    monkeypatch.delenv("FILES")
    monkeypatch.setenv("FILES_OPTIONS", '{"a": 1}')
    assert refusal(lambda: env.storage("FILES", folder=tmp_path)).startswith("FILES is not set, but FILES_OPTIONS is. ")


@pytest.mark.parametrize(("value", "good"), [("127.0.0.1:3310", True), ("/run/clamd.sock", True), ("clamd", False)])
def test_the_address_of_a_service_is_host_and_port_or_a_path(
    monkeypatch: pytest.MonkeyPatch, value: str, good: bool
) -> None:
    monkeypatch.setenv("SCANNER", value)
    if good:
        assert env.socket_address("SCANNER") == value
    else:
        assert refusal(lambda: env.socket_address("SCANNER")).startswith("SCANNER is no address of a service. ")
