"""Run the registry on this machine: `python -m registry.serve [--port 8000] [--demo]`.

Starts the embedded PostgreSQL (unless DATABASE_URL names a server), the web server on the loopback address
and the worker of the job queue. All of them end when the web server or the worker ends, on Ctrl-C or SIGTERM, and
when this process is killed. A PostgreSQL that is killed is started again. An office runs the web server and the
worker as services of its own instead: see docs/operations.md.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType

from registry import env, postgres, tether
from registry.postgres_files import CHECKOUT, PostgresError

HOST = "127.0.0.1"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
BEFORE = [sys.executable, str(CHECKOUT / "manage.py"), "record_ceiling"]
"""Run before anything is served: a changed secrecy ceiling stands in the audit log first."""
WORKER = "job worker"
START_LIMIT, STOP_LIMIT = 60.0, 20.0
"""Seconds for the web server to answer, and for a child to end before it is killed."""


class ServeError(Exception):
    """The registry cannot be served, or stopped being served. The message says why."""


class Stopped(BaseException):
    """Somebody asked us to end. Not an Exception, so that nothing on the way takes it for a failure."""


def serve(port: int, *, demo: bool = False) -> None:
    """Serve until asked to stop, which returns; a child that dies raises ServeError."""
    require_free(port)
    surroundings = {"LOG_LEVEL": "WARNING", **os.environ} | ({"REGISTRY_DEMO": "1"} if demo else {})
    with _signals(), _database() as embedded:
        children: dict[str, subprocess.Popen[bytes]] = {}
        try:
            _prepare(surroundings)
            for name, command in commands(port).items():
                children[name] = tether.tied(command, surroundings)
            _wait_until_live(port, children)
            print(f"The registry is at http://{HOST}:{port} (Ctrl-C stops it)", flush=True)
            while True:
                ended = _ended(children)
                if embedded and not postgres.running():
                    _revive(children, commands(port)[WORKER], surroundings)
                elif ended:
                    raise ended
                time.sleep(0.2)
        except Stopped:
            print("\nStopping", flush=True)
        finally:
            _ignore_signals()
            _end(children)


def commands(port: int) -> Mapping[str, list[str]]:
    """What is run, by the name it is called in messages."""
    web = [
        "gunicorn",
        "registry.wsgi",
        f"--bind={HOST}:{port}",
        "--workers=2",
        "--threads=4",
        "--graceful-timeout=10",
        "--no-control-socket",
    ]
    return {
        "web server": [sys.executable, "-m", *web, "--log-level=warning"],
        WORKER: [sys.executable, str(CHECKOUT / "manage.py"), "procrastinate", "worker"],
    }


def require_free(port: int) -> None:
    """Refuse a port on which somebody listens already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise ServeError(
                f"Port {port} cannot be used: {error.strerror}. Does the registry run already? "
                f"PORT chooses another one, as in PORT={port + 1}."
            ) from error


@contextmanager
def _signals() -> Iterator[None]:
    """Turn the first signal to end into Stopped; further ones change nothing."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        _ignore_signals()
        raise Stopped

    before = {number: signal.signal(number, stop) for number in tether.SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _database() -> Iterator[bool]:
    """Whether the embedded PostgreSQL is the one we use; one that ran already goes on running afterwards."""
    embedded = not env.text("DATABASE_URL", "")
    stop = postgres.stop_with_us() if embedded and postgres.start() else None
    try:
        yield embedded
    finally:
        if stop:
            stop()


def _prepare(surroundings: Mapping[str, str]) -> None:
    if subprocess.run(BEFORE, cwd=CHECKOUT, env=surroundings, stdout=subprocess.DEVNULL, check=False).returncode:
        raise ServeError("The secrecy ceiling could not be recorded. Is the database up to date? Run: make migrate")


def _revive(children: dict[str, subprocess.Popen[bytes]], worker: list[str], surroundings: Mapping[str, str]) -> None:
    """Start the database server again, and the worker, which gives up without it. The web server only waits."""
    print("PostgreSQL has ended. Starting it and the job worker again.", file=sys.stderr, flush=True)
    postgres.start()
    _end({WORKER: children[WORKER]})
    children[WORKER] = tether.tied(worker, surroundings)


def _ended(children: Mapping[str, subprocess.Popen[bytes]]) -> ServeError | None:
    for name, child in children.items():
        if child.poll() is not None:
            return ServeError(f"The {name} ended with code {child.returncode}, so everything was stopped.")
    return None


def _wait_until_live(port: int, children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    limit = time.monotonic() + START_LIMIT
    while time.monotonic() < limit:
        if ended := _ended(children):
            raise ended
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}/health/live", timeout=2):
                return
        except urllib.error.HTTPError as error:
            if error.code < 500:  # it answers; our address is just none of its ALLOWED_HOSTS
                return
        except OSError:
            time.sleep(0.1)
    raise ServeError(f"The web server did not answer at /health/live within {START_LIMIT:.0f} seconds.")


def _end(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Ask every group to end, wait, and kill what is left."""
    for child in children.values():
        _signal(child, signal.SIGTERM)
    limit = time.monotonic() + STOP_LIMIT
    for child in children.values():
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0.1, limit - time.monotonic()))
        _signal(child, signal.SIGKILL)
        child.communicate()


def _signal(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)


def _ignore_signals() -> None:
    for number in tether.SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def main(arguments: list[str]) -> int:
    """Serve from the command line."""
    parser = argparse.ArgumentParser(prog="python -m registry.serve", description="Run the registry here.")
    parser.add_argument("--port", type=int, default=env.integer("PORT", 8000, minimum=1, maximum=65535))
    parser.add_argument("--demo", action="store_true", help="known passwords and synthetic data are allowed")
    chosen = parser.parse_args(arguments)
    serve(chosen.port, demo=chosen.demo)
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except (ServeError, PostgresError, env.EnvError) as error:
        raise SystemExit(str(error)) from None
