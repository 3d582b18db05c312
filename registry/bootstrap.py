"""Make the virtual environment: `python3 -m registry.bootstrap [--dev]`, the first to run on a new machine.

Any Python 3 can read this file, so that one that is too old is told so. It needs the standard library only.
What is installed, and its hashes, is in requirements.txt and (`--dev`) requirements-dev.txt; where packages
come from is the affair of the machine's pip settings. A second run compares hashes and does nothing.
"""

import fcntl
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(TOP, os.environ.get("VENV") or ".venv")
OLDEST = (3, 11)
RUNTIME, DEVELOPMENT = "requirements.txt", "requirements-dev.txt"


class BootstrapError(Exception):
    """The environment cannot be made. The message says what to do."""


def main(arguments: "list[str]") -> int:
    """Bring the environment to the state of the lock files."""
    check_python(sys.version_info[:2])
    wanted = [RUNTIME, DEVELOPMENT] if "--dev" in arguments else [RUNTIME]
    if is_current(VENV, wanted):
        return 0
    with open(VENV + ".lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_current(VENV, wanted):
            return 0
        began = time.monotonic()
        create(VENV)
        install(VENV, wanted)
        stamp(VENV, wanted)
    say("ready after %.0f seconds" % (time.monotonic() - began))
    return 0


def check_python(version: "tuple[int, ...]") -> None:
    """Refuse a Python that is too old for the registry."""
    if tuple(version) < OLDEST:
        found, right = (".".join(str(part) for part in numbers) for numbers in (version, OLDEST))
        raise BootstrapError(
            "This is Python %s; the registry needs %s or newer. Install one, then: make PYTHON=python%s demo"
            % (found, right, right)
        )


def is_current(venv: str, wanted: "list[str]") -> bool:
    """Whether the environment was made from just these lock files; one for development serves the demo."""
    try:
        with open(os.path.join(venv, "lock-hashes"), encoding="utf-8") as file:
            stamped = file.read().splitlines()
    except FileNotFoundError:
        return False
    return os.access(python_of(venv), os.X_OK) and all(line_of(name) in stamped for name in wanted)


def stamp(venv: str, wanted: "list[str]") -> None:
    """Note which lock files the environment was made from."""
    with open(os.path.join(venv, "lock-hashes"), "w", encoding="utf-8") as file:
        file.write("".join(line_of(name) + "\n" for name in wanted))


def line_of(name: str) -> str:
    """A lock file's name and hash."""
    with open(os.path.join(TOP, name), "rb") as file:
        return name + " " + hashlib.sha256(file.read()).hexdigest()


def python_of(venv: str) -> str:
    """The interpreter of an environment."""
    return os.path.join(venv, "bin", "python")


def create(venv: str) -> None:
    """Make an empty environment, unless there is one that works."""
    if os.access(python_of(venv), os.X_OK) and run([python_of(venv), "-m", "pip", "--version"], quiet=True):
        return
    say("creating %s with Python %d.%d" % (venv, *sys.version_info[:2]))
    if not run([sys.executable, "-m", "venv", "--clear", venv], quiet=True):
        package = "python%d.%d-venv" % sys.version_info[:2]
        raise BootstrapError(
            "`python3 -m venv` failed. On Debian and Ubuntu it is a package of its own: apt install %s" % package
        )


def install(venv: str, wanted: "list[str]") -> None:
    """Install what the lock files say: with uv where it can be had (several times faster), else with pip."""
    files = [part for name in wanted for part in ("-r", os.path.join(TOP, name))]
    say("installing %s" % " and ".join(wanted))
    if install_uv(venv):
        uv = [os.path.join(venv, "bin", "uv"), "pip", "install", "--quiet", "--python", python_of(venv)]
        if run([*uv, "--require-hashes", *files], extra=index_of_pip(venv)):
            return
        say("uv did not manage; trying pip")
    pip = [python_of(venv), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if not run([*pip, "--require-hashes", *files]):
        raise BootstrapError(
            "The packages could not be installed; the lines above say why. This needs a package index."
        )


def install_uv(venv: str) -> bool:
    """Install uv itself, in the version and with the hashes of the development lock."""
    with open(os.path.join(TOP, DEVELOPMENT), encoding="utf-8") as file:
        locked = re.search(r"^uv==(?:.*\\\n)*.*", file.read(), re.MULTILINE)
    if not locked:
        return False
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as only:
        only.write(locked.group(0) + "\n")
        only.flush()
        pip = [python_of(venv), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        return run([*pip, "--require-hashes", "--no-deps", "-r", only.name], quiet=True)


def index_of_pip(venv: str) -> "dict[str, str]":
    """Let uv use the package index that pip is set to use on this machine, if any."""
    if "UV_DEFAULT_INDEX" in os.environ or "UV_INDEX_URL" in os.environ:
        return {}
    asked = subprocess.run(
        [python_of(venv), "-m", "pip", "config", "list"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    found = dict(re.findall(r"^(global|:env:)\.index-url='(.*)'$", asked.stdout, re.MULTILINE))
    index = found.get(":env:") or found.get("global")
    return {"UV_DEFAULT_INDEX": index} if index else {}


def run(command: "list[str]", quiet: bool = False, extra: "dict[str, str] | None" = None) -> bool:
    """Whether a program ends well. Its output is shown, or kept back where a failure has its own message."""
    output = subprocess.DEVNULL if quiet else None
    environment = dict(os.environ, **(extra or {}))
    return subprocess.run(command, stdout=output, stderr=output, env=environment, check=False).returncode == 0


def say(line: str) -> None:
    """Show progress at once, also through a pipe."""
    print("setup: " + line, flush=True)


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except BootstrapError as error:
        raise SystemExit(str(error)) from None
