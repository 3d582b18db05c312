"""The PostgreSQL server that comes with the registry: for the demo, for development and for the tests.

It listens on a unix socket only and trusts whoever may open the folder of that socket: root and the account
the server runs as. That is right on one's own machine and wrong for an office: there, DATABASE_URL names a
real server.

    python -m registry.postgres start|stop|status|url|psql [--test]

The data live in `var/postgres`. The tests have a cluster of their own, `var/postgres-test`, and only that one
trades durability for speed. Nothing here deletes data. `registry.postgres_files` knows where things lie.
"""

import argparse
import atexit
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from registry import env, tether
from registry.postgres_files import (
    CHECKOUT,
    Cluster,
    PostgresError,
    Report,
    call,
    check_data,
    claim_sockets,
    filled,
    locate,
    locked,
    make_folder,
    remember,
    sockets,
    tools,
    tools_of_account,
    variables,
    version,
)

DATA, TEST_DATA = "var/postgres", "var/postgres-test"
PORT, OWNER, SUPERUSER = "5432", "registry", "postgres"
LOG_LIMIT = 10_000_000
"""Bytes after which the next start begins a new log."""

BUILTIN_LOCALE = 17
"""The first version whose C.UTF-8 sorts and folds case the same way on every machine."""

PATIENCE = 120.0
"""Seconds granted to a start (which may recover from a crash) or a stop before it counts as failed."""

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": PORT,
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_parallel_workers_per_gather": "0",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "lc_messages": "C",
}
TEST_SETTINGS = {
    "cluster_name": "registry-test",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "autovacuum": "off",
}
WITHOUT_DATABASE = {
    *("check", "collectstatic", "compilemessages", "diffsettings", "help", "makemessages", "messages"),
    *("spectacular", "startapp", "test", "version", "write_docs"),
}


def database_url(name: str = "registry", *, data: str | Path = DATA) -> str:
    """Address of a database of this server. It is computed; nothing is started."""
    return f"postgresql://{OWNER}@/{name}?host={sockets(CHECKOUT / data)}&port={PORT}"


def start(report: Report = print, *, data: str | Path = DATA) -> bool:
    """Make the server answer, creating it where there is none; say whether this call started it."""
    cluster, programs = locate(data), tools()
    with locked(cluster):
        claim_sockets(cluster)
        started = not _answers(cluster, programs)
        if started:
            ours = tools_of_account(cluster, programs, report)
            check_data(cluster, ours)
            _initialise(cluster, ours, report)
            _launch(cluster, ours)
            report(f"PostgreSQL: started, data in {cluster.data}")
        _ensure(cluster, programs, "registry")
    return started


def stop(report: Report = print, *, data: str | Path = DATA) -> bool:
    """End the server in good order (open transactions roll back); say whether one was running."""
    cluster = locate(data)
    with locked(cluster):
        pid = _postmaster(cluster)
        if pid is None:
            return False
        os.kill(pid, signal.SIGINT)
        limit = time.monotonic() + PATIENCE
        while _postmaster(cluster) == pid:
            if time.monotonic() > limit:
                raise PostgresError(f"PostgreSQL (process {pid}) did not stop within {PATIENCE:.0f} seconds.")
            time.sleep(0.02)
    report("PostgreSQL: stopped")
    return True


def stop_with_us() -> Callable[[], None]:
    """Have the server stop when this process is gone, or when what is returned is called."""
    return tether.at_our_end([sys.executable, "-m", "registry.postgres", "stop"])


def running(*, data: str | Path = DATA) -> bool:
    """Whether there is a server of these data, answering or not."""
    return _postmaster(locate(data)) is not None


def ensure_database(name: str, *, data: str | Path = DATA) -> None:
    """Create an empty database on the running server unless it exists."""
    cluster = locate(data)
    with locked(cluster):
        _ensure(cluster, tools(), name)


def ensure_for_command(argv: list[str]) -> None:
    """Start the server for a management command that needs it, unless DATABASE_URL names another.

    `demo` stops the server at its end if it started it; after any other command it stays for the next one.
    """
    command, rest = argv[1] if len(argv) > 1 else "help", set(argv[2:])
    idle = command in WITHOUT_DATABASE or command.startswith("-") or rest & {"-h", "--help"}
    dry = command == "makemigrations" and rest & {"--check", "--dry-run"}
    if env.text("DATABASE_URL", "") or idle or dry:
        return
    if start(lambda line: print(line, file=sys.stderr, flush=True)) and command == "demo":
        atexit.register(stop_with_us())
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def _initialise(cluster: Cluster, programs: Path, report: Report) -> None:
    if not filled(cluster.data):
        report(f"PostgreSQL: creating {cluster.data}")
        options = ["--encoding=UTF8", "--locale=C", "--data-checksums", "--auth=trust"]
        if version(programs) >= BUILTIN_LOCALE:
            options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += ["--no-sync"] if _is_for_tests(cluster) else []
        with make_folder(cluster) as folder:
            call([programs / "initdb", *options, f"--username={SUPERUSER}", "--pgdata", folder], cluster)
    remember(cluster)


def _launch(cluster: Cluster, programs: Path) -> None:
    """Start the server and wait until it answers.

    `pg_ctl` is not used: it takes a killed server that its parent has not reaped for a running one. After a kill
    the processes of the old server need a moment to go; until then the new one refuses and is started again.
    """
    limit = time.monotonic() + PATIENCE
    log = cluster.data / "server.log"
    running, launched, read = _postmaster(cluster), False, 0
    if running and _ready(cluster) and not _answers(cluster, programs):
        limit = 0.0  # it lost its socket, or its folder was moved: waiting would not help
    while time.monotonic() < limit:
        if running is None:
            if log.exists() and log.stat().st_size > LOG_LIMIT:
                log.rename(log.with_suffix(".log.1"))
            read = log.stat().st_size if log.exists() else 0
            running, launched = _spawn(cluster, programs, log), True
        if _answers(cluster, programs):
            return
        time.sleep(0.03)
        if not _serves(running, cluster):
            said = log.read_bytes()[read:].decode(errors="replace").strip() if log.exists() else ""
            if launched and "shared memory block" not in said:
                raise PostgresError(f"PostgreSQL did not start. It says: {said or 'nothing'}")
            running = None
    raise PostgresError(
        f"PostgreSQL (process {running}) does not answer at {cluster.sockets}. "
        f"Run `python -m registry.postgres stop` and try again. Its log is {log}."
    )


def _spawn(cluster: Cluster, programs: Path, log: Path) -> int:
    """Run the server in a session of its own, as nobody's child; return its process number.

    A left-over pid file may name a process that is none of the server's (its number was used again). PostgreSQL
    takes the number in PG_GRANDPARENT_PID for harmless, ignores such a file and still looks for who uses the data.
    """
    chosen = SETTINGS | (TEST_SETTINGS if _is_for_tests(cluster) else {})
    options = [part for key, value in chosen.items() for part in ("-c", f"{key}={value}")]
    options += ["-c", f"unix_socket_directories={cluster.sockets}"]
    server: list[str | Path] = [programs / "postgres", "-D", cluster.data, *options]
    shell: list[str | Path] = ["/bin/sh", "-c", '"$@" >>"$0" 2>&1 </dev/null & echo $!', log, *server]
    harmless = {"PG_GRANDPARENT_PID": str(_recorded(cluster) or 0)}
    return int(call(shell, cluster, cwd=cluster.data, settings=harmless))


def _is_for_tests(cluster: Cluster) -> bool:
    """Whether what is in it can be made again, so that nothing has to wait for the disk."""
    return cluster.asked.name.endswith("-test")


def _postmaster(cluster: Cluster) -> int | None:
    """Process number of the running server, whether it answers or not."""
    pid = _recorded(cluster)
    return pid if pid and _serves(pid, cluster) else None


def _recorded(cluster: Cluster) -> int | None:
    try:
        return int((cluster.data / "postmaster.pid").read_text(encoding="utf-8").split("\n")[0])
    except (FileNotFoundError, ValueError):
        return None


def _ready(cluster: Cluster) -> bool:
    """Whether the server says of itself that it accepts connections, wherever its socket may be."""
    record = cluster.data / "postmaster.pid"
    return record.exists() and record.read_text(encoding="utf-8").rstrip().endswith("ready")


def _serves(pid: int, cluster: Cluster) -> bool:
    """Whether a live process is the server of these data: it works in their folder, a zombie in none."""
    if Path("/proc/self/cwd").exists():
        try:
            return Path(f"/proc/{pid}/cwd").readlink() == cluster.data
        except OSError:
            return False
    command = ["ps", "-o", "command=", "-p", str(pid)]
    return str(cluster.data) in subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _answers(cluster: Cluster, programs: Path) -> bool:
    place = [f"--host={cluster.sockets}", f"--port={PORT}", "--timeout=5"]
    command: list[str | Path] = [programs / "pg_isready", "--quiet", *place]
    return subprocess.run(command, env=variables(), check=False).returncode == 0


def _ensure(cluster: Cluster, programs: Path, name: str) -> None:
    """Create the role of the application, which is no superuser, and one database of it."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", name):
        raise PostgresError(f"{name!r} cannot name a database. Use small letters, digits and underscores.")
    script = f"""
        SELECT 'CREATE ROLE {OWNER} LOGIN CREATEDB'
            WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}')\\gexec
        SELECT 'CREATE DATABASE {name} OWNER {OWNER}'
            WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{name}')\\gexec
    """
    options = ["--no-psqlrc", "--quiet", "--tuples-only", "--set=ON_ERROR_STOP=1", "--dbname=postgres"]
    place = [f"--host={cluster.sockets}", f"--port={PORT}", f"--username={SUPERUSER}"]
    call([programs / "psql", *options, *place], script=script)


def main(arguments: list[str]) -> int:
    """Do one verb of the command line; `psql` passes on what follows it."""
    parser = argparse.ArgumentParser(prog="python -m registry.postgres")
    parser.add_argument("verb", choices=["start", "stop", "status", "url", "psql"])
    parser.add_argument("--test", action="store_true", help="the cluster of the tests")
    chosen, rest = parser.parse_known_args(arguments)
    data = TEST_DATA if chosen.test else DATA
    if chosen.verb == "start":
        start(data=data) or print("PostgreSQL: running already")
    elif chosen.verb == "stop":
        stop(data=data) or print("PostgreSQL: not running")
    elif chosen.verb == "url":
        print(database_url(data=data))
    elif chosen.verb == "psql":
        program = tools() / "psql"
        os.execv(program, [str(program), database_url(data=data), *rest])
    else:
        pid = _postmaster(cluster := locate(data))
        print(f"PostgreSQL: {f'running as process {pid}' if pid else 'not running'}, data in {cluster.data}")
        return 0 if pid else 3
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except (PostgresError, env.EnvError) as error:
        raise SystemExit(str(error)) from None
