"""The first command on a new machine: says what is missing, installs once, then costs nothing."""

from pathlib import Path

import pytest

from registry import bootstrap

LOCK = """\
trio==1.0 \\
    --hash=sha256:aa
uv==0.1.2 \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via something
zope==2 \\
    --hash=sha256:dd
"""


@pytest.fixture
def top(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with lock files, and an environment that only pretends."""
    (tmp_path / "requirements.txt").write_text("django==5.2\n")
    (tmp_path / "requirements-dev.txt").write_text(LOCK)
    monkeypatch.setattr(bootstrap, "TOP", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(tmp_path / "environment"))
    return tmp_path


@pytest.fixture
def ran(top: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The programs that were run; all of them succeed, and making an environment makes its interpreter."""
    commands: list[list[str]] = []

    def run(command: list[str], quiet: bool = False, extra: dict[str, str] | None = None) -> bool:
        commands.append(command)
        if command[1:3] == ["-m", "venv"]:
            python = top / "environment" / "bin" / "python"
            python.parent.mkdir(parents=True)
            python.symlink_to("/bin/sh")
        return True

    monkeypatch.setattr(bootstrap, "run", run)
    monkeypatch.setattr(bootstrap, "index_of_pip", lambda _venv: {})
    return commands


def test_an_old_python_is_told_so() -> None:
    with pytest.raises(bootstrap.BootstrapError, match=r"^This is Python 3\.9; the registry needs 3\.11 or newer\."):
        bootstrap.check_python((3, 9))
    bootstrap.check_python((3, 11))
    bootstrap.check_python((3, 14))


def test_everything_is_installed_with_hashes_and_a_second_run_does_nothing(ran: list[list[str]]) -> None:
    assert bootstrap.main([]) == 0
    installs = [command for command in ran if "install" in command]
    assert installs
    assert all("--require-hashes" in command for command in installs)
    ran.clear()
    assert bootstrap.main([]) == 0
    assert ran == []


def test_what_serves_development_serves_the_demo_but_not_the_reverse(ran: list[list[str]]) -> None:
    bootstrap.main([])
    ran.clear()
    bootstrap.main(["--dev"])
    assert any(word.endswith("requirements-dev.txt") for command in ran for word in command)
    ran.clear()
    bootstrap.main([])
    bootstrap.main(["--dev"])
    assert ran == []


def test_a_changed_lock_file_is_installed(ran: list[list[str]], top: Path) -> None:
    bootstrap.main([])
    ran.clear()
    (top / "requirements.txt").write_text("django==5.2.1\n")
    bootstrap.main([])
    assert ran


def test_an_environment_whose_python_is_gone_is_made_anew(ran: list[list[str]], top: Path) -> None:
    bootstrap.main([])
    ran.clear()
    (top / "environment" / "bin" / "python").unlink()
    (top / "environment" / "bin").rmdir()
    bootstrap.main([])
    assert any(command[1:3] == ["-m", "venv"] for command in ran)


def test_uv_is_installed_as_the_lock_file_says(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def run(command: list[str], quiet: bool = False) -> bool:
        read.append(Path(command[-1]).read_text())
        return True

    monkeypatch.setattr(bootstrap, "run", run)
    assert bootstrap.install_uv(bootstrap.VENV) is True
    assert read == ["uv==0.1.2 \\\n    --hash=sha256:bb \\\n    --hash=sha256:cc\n"]


def test_pip_installs_where_uv_cannot_be_had(ran: list[list[str]], top: Path) -> None:
    (top / "requirements-dev.txt").write_text("trio==1.0\n")
    bootstrap.main([])
    assert ran[-1][1:4] == ["-m", "pip", "install"]


def test_a_python_without_venv_is_told_which_package_to_install(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap, "run", lambda *_, **__: False)
    with pytest.raises(bootstrap.BootstrapError, match=r"apt install python3\.\d+-venv"):
        bootstrap.main([])
    assert not bootstrap.is_current(bootstrap.VENV, ["requirements.txt"])


def test_a_failed_installation_is_not_taken_for_done(
    ran: list[list[str]], top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    succeed = bootstrap.run
    monkeypatch.setattr(bootstrap, "run", lambda command, **rest: "install" not in command and succeed(command, **rest))
    with pytest.raises(bootstrap.BootstrapError, match="could not be installed"):
        bootstrap.main([])
    assert not bootstrap.is_current(bootstrap.VENV, ["requirements.txt"])


def test_the_lock_files_name_hashes_and_no_index() -> None:
    here = Path(__file__).resolve().parents[2]
    for name in (bootstrap.RUNTIME, bootstrap.DEVELOPMENT):
        lines = (here / name).read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if "://" in line or "index-url" in line.split("#")[0]]
        pinned = [number for number, line in enumerate(lines) if "==" in line and not line.startswith((" ", "#"))]
        assert pinned
        assert all("--hash=sha256:" in lines[number + 1] for number in pinned)
