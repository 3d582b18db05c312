"""Processes that do not outlive the one that started them, however it ends: `kill -9` included.

    python -m registry.tether run COMMAND...     run it; end it with all its processes when standard input ends
    python -m registry.tether then COMMAND...    wait until standard input ends, then run it

Standard input is a pipe whose other end only the starter holds. The system closes it when the starter is gone,
on Linux and on macOS alike; no signal, file or number of a process has to be trusted for it.
"""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
GRACE = 5.0
"""Seconds an orphan has to end in good order before it is killed."""

GLANCE = 0.2
"""Seconds between two looks at whether the command has ended."""


def tied(command: list[str], surroundings: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    """Start a command that ends with us, in a process group of its own: the terminal's Ctrl-C reaches us alone.

    What it says on standard output is dropped; warnings and errors come on the other one. Keep what is returned:
    the command ends when it is forgotten.
    """
    return subprocess.Popen(
        [sys.executable, "-m", "registry.tether", "run", *command],
        cwd=TOP,
        env=surroundings,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def at_our_end(command: list[str]) -> Callable[[], None]:
    """Have a command run once we are gone; what is returned runs it earlier and waits for it."""
    waiting = subprocess.Popen(
        [sys.executable, "-m", "registry.tether", "then", *command],
        cwd=TOP,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )

    def now() -> None:
        waiting.communicate()

    return now


def run(command: list[str]) -> int:
    """Run a command until it ends or standard input does; returns its code as a shell would."""
    for number in SIGNALS:
        signal.signal(number, lambda *_: None)  # the command gets them too, as one of our group; we wait for it
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    while child.poll() is None:
        if select.select([sys.stdin], [], [], GLANCE)[0] and not os.read(sys.stdin.fileno(), 1):
            os.killpg(0, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                child.wait(GRACE)
            os.killpg(0, signal.SIGKILL)
    return child.returncode if child.returncode >= 0 else 128 - child.returncode


def then(command: list[str]) -> int:
    """Wait until standard input ends, then run the command."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    while os.read(sys.stdin.fileno(), 1):
        pass
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode


def main(arguments: list[str]) -> int:
    """Do one of the two."""
    return {"run": run, "then": then}[arguments[0]](arguments[1:])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
