"""Serving on one's own machine: everything that was started ends together."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from registry import serve, tether

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
STUBBORN = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if sys.argv[1:]:
    subprocess.Popen([sys.executable, __file__])
    open(sys.argv[1], "w").write("both ignore the request to end")
time.sleep(60)
"""
LIMIT = 30
"""Seconds after which a process that should have ended counts as left behind."""


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


def until(condition: Callable[[], object]) -> None:
    """Wait for what another process is about to do."""
    limit = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.02)


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
    until(lambda: note.exists() and note.read_text())
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


def start(script: str) -> "subprocess.Popen[str]":
    """A supervisor; whoever it leaves behind holds its standard error open."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], cwd=serve.CHECKOUT, **streams)


def test_a_killed_supervisor_leaves_no_web_server_behind_and_the_port_is_free(port: int, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("def application(environ, start):\n    start('200 OK', [])\n    return [b'']\n")
    web = [sys.executable, "-m", "gunicorn", "app", f"--chdir={tmp_path}", f"--bind=127.0.0.1:{port}"]
    web += ["--workers=2", "--threads=2", "--graceful-timeout=10", "--no-control-socket", "--log-level=warning"]
    worker = [sys.executable, "-c", SLEEPER.format(note=str(tmp_path / "worker"))]
    running = start(f"""
        import sys
        from registry import serve
        serve.BEFORE = [sys.executable, "-c", ""]
        serve.commands = lambda port: {{"web server": {web!r}, "job worker": {worker!r}}}
        serve.serve({port})
    """)
    assert running.stdout is not None
    assert f"http://127.0.0.1:{port} " in running.stdout.readline()
    running.kill()
    running.communicate(timeout=LIMIT)
    assert running.returncode == -signal.SIGKILL
    serve.require_free(port)


def test_an_orphan_that_will_not_end_is_killed_with_its_own_children(tmp_path: Path) -> None:
    note, script = tmp_path / "note", tmp_path / "stubborn.py"
    script.write_text(STUBBORN)
    command = [sys.executable, str(script), str(note)]
    hasty = f"from registry import tether; tether.GRACE = 0.1; tether.run({command!r})"
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE}
    orphan = subprocess.Popen([sys.executable, "-c", hasty], cwd=serve.CHECKOUT, start_new_session=True, **pipes)
    until(lambda: note.exists() and note.read_text())
    orphan.communicate(timeout=LIMIT)
    assert orphan.returncode == -signal.SIGKILL


def test_what_is_to_happen_at_our_end_happens_when_we_are_killed(tmp_path: Path) -> None:
    note = tmp_path / "note"
    running = start(f"""
        import time
        from registry import tether
        tether.at_our_end([{sys.executable!r}, "-c", "open({str(note)!r}, 'w').write('done')"])
        print("ready", flush=True)
        time.sleep(60)
    """)
    assert running.stdout is not None
    running.stdout.readline()
    running.kill()
    running.communicate(timeout=LIMIT)
    assert note.read_text() == "done"


def test_what_is_to_happen_at_our_end_can_be_had_earlier_and_happens_once(tmp_path: Path) -> None:
    note = tmp_path / "note"
    now = tether.at_our_end([sys.executable, "-c", f"open({str(note)!r}, 'a').write('done')"])
    assert not note.exists()
    now()
    assert note.read_text() == "done"


@pytest.mark.parametrize(("ending", "code"), [("sys.exit(7)", 7), ("os.kill(os.getpid(), 9)", 137)])
def test_a_tied_command_ends_with_its_own_code(ending: str, code: int) -> None:
    child = tether.tied([sys.executable, "-c", f"import os, sys; {ending}"], os.environ)
    assert child.wait(timeout=LIMIT) == code
    assert child.stdin is not None
    child.stdin.close()


def test_a_database_that_was_killed_is_started_again_with_the_worker(port: int, tmp_path: Path) -> None:
    server, note = tmp_path / "server", tmp_path / "worker"
    server.touch()
    web = [sys.executable, "-c", WEB.format(port=port, status=200)]
    worker = [sys.executable, "-c", SLEEPER.format(note=str(note))]
    running = start(f"""
        import os, sys
        from pathlib import Path
        from registry import env, serve
        serve.BEFORE = [sys.executable, "-c", ""]
        del os.environ["DATABASE_URL"]
        env.DOTENV = Path(os.devnull)
        server = Path({str(server)!r})
        serve.postgres.running = server.exists
        serve.postgres.start = server.touch
        serve.commands = lambda port: {{"web server": {web!r}, "job worker": {worker!r}}}
        serve.serve({port})
    """)
    assert running.stdout is not None
    assert f"http://127.0.0.1:{port} " in running.stdout.readline()
    until(lambda: note.exists() and note.read_text())
    before = note.read_text()
    server.unlink()
    os.kill(int(before), signal.SIGKILL)
    until(lambda: note.read_text() not in {"", before})
    assert server.exists()
    running.terminate()
    assert running.communicate(timeout=LIMIT)[1] == "PostgreSQL has ended. Starting it and the job worker again.\n"
    assert running.returncode == 0
