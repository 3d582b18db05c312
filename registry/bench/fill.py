"""A database of a million made-up items of 260 units, filled by whole statements. It is kept for the next run.

Other fills of the bench take the directory, the statements of items and the bare tables from here.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from agencies.actions import create_user
from agencies.models import Unit, User
from agencies.roles import Role
from agencies.seeding import load_directory
from registry.information.access import rebuild_access
from registry.management.commands.load_reference import read_reference
from registry.reference.actions import load_vocabularies

DATABASE = "registry_bench"
ITEMS = 1_000_000
REGIONS, LOCALS = 9, 6
"""Of each of four agencies: 1 central unit, 9 regional ones, 6 local ones below each of these, 1 more without a
superior between: 4 x (1 + 9 + 54 + 1) = 260 units."""

TABLES = (
    "information_informationitem",
    "information_informationitem_recipients",
    "information_itemversion",
    "information_itemversion_places",
    "information_itemversion_substances",
    "information_delivery",
    "information_itemaccess",
)
STAMP = f"filled with {ITEMS} items, form 4"

Say = Callable[[str], None]
Fill = Callable[[Say], None]


def use_bench_database(name: str = DATABASE) -> None:
    """Speak to a database of the bench from here on, made empty where there is none; never to that of the settings."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {name}")
    connection.close()
    connection.settings_dict["NAME"] = name
    connection.settings_dict["CONN_MAX_AGE"] = None


def ensure_filled(say: Say) -> None:
    """A million items."""
    keep_filled(say, stamp=STAMP, fill=_million)


def keep_filled(say: Say, *, stamp: str, fill: Fill) -> None:
    """Migrate the database in use, and fill it anew unless an earlier run of the same form, its stamp, did."""
    name = connection.settings_dict["NAME"]
    call_command("migrate", interactive=False, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone()[0] == stamp:
            return
    say = _timed(say)
    if Unit.objects.exists():
        _begin_anew(name)
    fill(say)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute(f"COMMENT ON DATABASE {name} IS '{stamp}'")
    say("indexes, statistics")


def _timed(say: Say) -> Say:
    """Each line after the seconds since now."""
    began = time.monotonic()
    return lambda line: say(f"{time.monotonic() - began:6.1f} s  {line}")


def _million(say: Say) -> None:
    directory()
    say(f"{Unit.objects.count()} units")
    with transaction.atomic(), connection.cursor() as cursor, bare_tables(cursor, TABLES):
        rebuild_access()
        for statement in item_statements(items=ITEMS):
            cursor.execute(statement)
        say(f"{ITEMS} items with versions and deliveries")
        cursor.execute(ACCESS)
        say("access rows")


def _begin_anew(name: str) -> None:
    """Another form, or a fill that was interrupted: drop the database and make it again."""
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")
        cursor.execute(f"CREATE DATABASE {name}")
    call_command("migrate", interactive=False, verbosity=0)


def directory() -> None:
    """Units, vocabularies, and one author and one head who wrote and released everything."""
    reference = read_reference()
    directory = {name: reference[name] for name in ("legal_bases", "places", "agencies", "areas")}
    load_directory(data={**directory, "units": dict(_units(list(reference["agencies"])))})
    load_vocabularies(data={k: reference[k] for k in ("topics", "units_of_measure", "substances") if k in reference})
    anywhere = Unit.objects.earliest("code")
    for name, role in (("author", Role.OFFICER), ("head", Role.RELEASER)):
        create_user(username=f"bench.{name}", password=None, unit=anywhere, role=role, by=None, synthetic=True)


def _units(agencies: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for agency in agencies:
        top = f"{agency}-0"
        yield top, _unit(agency, "central", None)
        yield f"{agency}-X", _unit(agency, "local", top)
        for region in range(REGIONS):
            middle = f"{top}-{region}"
            yield middle, _unit(agency, "regional", top)
            for local in range(LOCALS):
                yield f"{middle}-{local}", _unit(agency, "local", middle)


def _unit(agency: str, level: str, parent: str | None) -> dict[str, Any]:
    names = [{"language": "vi", "name": "Đơn vị (giả lập)"}]
    return {"agency": agency, "level": level, "names": names, "placements": [{"parent": parent} if parent else {}]}


@contextmanager
def bare_tables(cursor: Any, names: Sequence[str]) -> Iterator[None]:
    """Without triggers, foreign keys and secondary indexes; all of them are there again afterwards, and checked."""
    tables = "ARRAY[" + ",".join(f"'{table}'::regclass" for table in names) + "]"
    cursor.execute(f"""
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
               format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
          FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY({tables})
        UNION ALL
        SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
          FROM pg_index WHERE NOT indisunique AND NOT indisexclusion AND indrelid = ANY({tables})
    """)  # noqa: S608 - made of constants
    pairs = cursor.fetchall()
    cursor.execute("SET LOCAL work_mem = '256MB'; SET LOCAL maintenance_work_mem = '512MB'")
    for table in names:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for drop, _create in pairs:
        cursor.execute(drop)
    yield
    for _drop, create in sorted(pairs, key=lambda pair: "ADD CONSTRAINT" in pair[1]):
        cursor.execute(create)
    for table in names:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


STATEMENTS = (
    """
    CREATE TEMPORARY TABLE made ON COMMIT DROP AS
    WITH ranked AS (
        SELECT array_agg(id ORDER BY level = 'central', level = 'regional', md5(code)) AS ids
          FROM agencies_unit WHERE code NOT LIKE '%-X'
    ), few AS (
        SELECT array_agg(id ORDER BY code) AS ids FROM agencies_unit WHERE code LIKE '%-X'
    ), thrown AS (
        SELECT n, md5('item' || n)::uuid AS id, md5('version' || n)::uuid AS version,
               (hashint4(n)::bigint & 1048575) / 1048576.0 AS a,
               (hashint4(n + 500000000)::bigint & 1048575) / 1048576.0 AS b
          FROM generate_series(1, {items}) AS n
    )
    SELECT n, id, version, {at} AS at,
           CASE WHEN n % 33333 = 7 THEN few.ids[1 + n % 4]
                ELSE ranked.ids[1 + floor(256 * a * a * a)::int] END AS unit,
           ranked.ids[1 + {recipient}] AS recipient,
           CASE WHEN n % 8 = 7 THEN 'draft' WHEN n % 37 = 5 THEN 'recalled' ELSE 'released' END AS status
      FROM thrown, ranked, few
    """,
    """
    INSERT INTO information_informationitem
        (id, reference, unit_id, author_id, status, current_id, return_reason, released_at, released_by_id,
         recalled_at, recall_reason, created_at, updated_at, revision, synthetic)
    SELECT id, CASE WHEN status <> 'draft' THEN 'BENCH-' || n END, unit, '{author}', status, version, '',
           CASE WHEN status <> 'draft' THEN at + interval '1 hour' END,
           CASE WHEN status <> 'draft' THEN '{head}'::uuid END,
           CASE WHEN status = 'recalled' THEN at + interval '2 hours' END,
           CASE WHEN status = 'recalled' THEN 'giả lập' ELSE '' END, at, at, 1, true
      FROM made
    """,
    """
    INSERT INTO information_itemversion
        (id, item_id, number, title, body, topic_id, area_id, facts_from, facts_to, secrecy, tlp, no_judicial_use,
         no_onward, contact_before_action, return_after_reading, expires_on, conditions, source_grade,
         information_grade, urgency, edited_by_id, released_at, released_by_id, approved_hash, reason,
         show_recipients)
    SELECT version, id, 1, 'Tin giả lập số ' || n, repeat('Nội dung giả lập. ', 8),
           (SELECT (array_agg(id ORDER BY code))[1 + n % 6] FROM reference_topic),
           (SELECT (array_agg(id ORDER BY code))[1 + n % 4] FROM agencies_area),
           at::date, NULL, 'internal', 'TLP:AMBER', false, true, false, false, NULL, '', 'B', '2', 'routine',
           '{author}', CASE WHEN status <> 'draft' THEN at + interval '1 hour' END,
           CASE WHEN status <> 'draft' THEN '{head}'::uuid END,
           CASE WHEN status <> 'draft' THEN repeat('0', 64) ELSE '' END, '', false
      FROM made
    """,
    """
    INSERT INTO information_delivery
        (id, item_id, version_id, unit_id, status, delivered_at, due_at, recalled_at, revision, synthetic)
    SELECT md5('delivery' || n)::uuid, id, version, recipient,
           CASE WHEN status = 'recalled' THEN 'recalled' ELSE 'delivered' END,
           at + interval '1 hour', at + interval '73 hours',
           CASE WHEN status = 'recalled' THEN at + interval '2 hours' END, 1, true
      FROM made WHERE status <> 'draft'
    """,
    """
    INSERT INTO information_informationitem_recipients (informationitem_id, unit_id) SELECT id, recipient FROM made
    """,
    """
    INSERT INTO information_itemversion_places (itemversion_id, place_id)
    SELECT version, (SELECT id FROM agencies_place ORDER BY code LIMIT 1) FROM made WHERE n % 2 = 0
    """,
    """
    INSERT INTO information_itemversion_substances (itemversion_id, substance_id)
    SELECT version, (SELECT id FROM reference_substance ORDER BY code LIMIT 1) FROM made WHERE n % 3 = 0
    """,
)
"""Item number n: who gave it when to whom follows from n alone. Local units have most, by the cube of chance."""

EVERY_TWO_MINUTES = "timestamptz '2020-01-01' + n * interval '2 minutes'"
BY_CHANCE = "floor(256 * b * b * b)::int"
ACCESS = """
INSERT INTO information_itemaccess (item_id, unit_id, at, own, delivered)
SELECT item_id, unit_id, at, own, delivered FROM information_access_due
"""


def item_statements(*, items: int, at: str = EVERY_TWO_MINUTES, recipient: str = BY_CHANCE) -> list[str]:
    """What fills the items; every eighth is a draft, so seven eighths are delivered.

    `at` is the SQL of when item n was written, `recipient` that of the place (from 0) of its recipient among 256
    units. They stay in the table `made` until the transaction ends.
    """
    parts = {"items": items, "at": at, "recipient": recipient} | accounts()
    return [statement.format(**parts) for statement in STATEMENTS]


def accounts() -> dict[str, Any]:
    """The ids of `author` and `head`, to be put into the text of statements."""
    return {name: User.objects.get(username=f"bench.{name}").pk for name in ("author", "head")}
