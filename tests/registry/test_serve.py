"""Serving on one's own machine: everything that was started ends together."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from registry import serve

WEB = """
import http.server, sys
class Live(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response({status}); self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", {port}), Live).serve_forever()
"""
DYING = """
import os, sys, time
while not (os.path.exists({note!r}) and os.path.getsize({note!r})): time.sleep(0.02)
sys.exit(7)
"""
SLEEPER = "import os, time; open({note!r}, 'w').write(str(os.getpid())); time.sleep(60)"


@pytest.fixture(autouse=True)
def no_server_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is somebody else's."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://registry@db.invalid/registry")
    monkeypatch.setattr(serve, "BEFORE", [sys.executable, "-c", ""])


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_port_in_use_is_refused_before_anything_starts(port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        with pytest.raises(serve.ServeError, match=f"^Port {port} cannot be used: Address already in use"):
            serve.serve(port)


def test_a_child_that_dies_takes_the_rest_with_it(port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "worker"
    dying = DYING.format(note=str(note))
    children = {
        "web server": [sys.executable, "-c", dying],
        "job worker": [sys.executable, "-c", SLEEPER.format(note=str(note))],
    }
    monkeypatch.setattr(serve, "commands", lambda _port: children)
    with pytest.raises(serve.ServeError, match=r"^The web server ended with code 7"):
        serve.serve(port)
    assert not is_alive(int(note.read_text()))


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_everything_in_good_order(number: signal.Signals, status: int, port: int, tmp_path: Path) -> None:
    note = tmp_path / "worker"
    script = textwrap.dedent(f"""
        import sys
        from registry import serve
        serve.BEFORE = [sys.executable, "-c", ""]
        serve.commands = lambda port: {{
            "web server": [sys.executable, "-c", {WEB.format(port=port, status=status)!r}],
            "job worker": [sys.executable, "-c", {SLEEPER.format(note=str(note))!r}],
        }}
        serve.serve({port})
    """)
    running = subprocess.Popen([sys.executable, "-c", script], cwd=serve.CHECKOUT, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert f"http://127.0.0.1:{port} " in running.stdout.readline()
    while not (note.exists() and note.read_text()):
        time.sleep(0.02)
    running.send_signal(number)
    running.communicate(timeout=20)
    assert running.returncode == 0
    assert not is_alive(int(note.read_text()))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_nothing_is_served_when_the_ceiling_cannot_be_recorded(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "BEFORE", [sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(serve.ServeError, match="make migrate"):
        serve.serve(port)
