"""The shortest honest program for the list of items: one WSGI function, one connection, the best SQL, orjson.

It keeps the same rule, writes the same audit row and answers the same JSON as the API; nothing else of the API is
here: no other filter or order, no errors, no languages, no request id in the answer.
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode
from uuid import uuid4

import orjson
import psycopg

WHO = """
SELECT key.secret_hash, key.prefix, person.id, person.username, unit.id, unit.code, member.role
  FROM agencies_apikey key
  JOIN agencies_user person ON person.id = key.user_id AND person.is_active
  JOIN agencies_unit unit ON unit.id = key.unit_id
  JOIN agencies_membership member ON member.user_id = person.id AND member.unit_id = unit.id
       AND (member.valid_from IS NULL OR member.valid_from <= %(day)s)
       AND (member.valid_to IS NULL OR member.valid_to > %(day)s)
 WHERE key.prefix = %(prefix)s AND key.revoked_at IS NULL AND key.expires_at > now() AND 'read' = ANY(key.scopes)
   AND EXISTS (SELECT FROM agencies_unittree
                WHERE current AND (holds_from IS NULL OR holds_from <= %(day)s)
                  AND (holds_until IS NULL OR holds_until > %(day)s))
"""

PAGE = """
SELECT item.id, item.reference, unit.code, agency.code, item.status, version.number, item.released_at,
       item.recalled_at, item.created_at, item.synthetic, seen.own, author.username, item.return_reason,
       item.recall_reason, version.title, version.body, topic.code, area.code, version.facts_from, version.facts_to,
       version.secrecy, version.tlp, version.no_judicial_use, version.no_onward, version.contact_before_action,
       version.return_after_reading, version.expires_on, version.conditions, version.source_grade,
       version.information_grade, version.urgency, version.show_recipients, version.reason,
       version.tlp = 'TLP:RED' AND unit.agency_id <> mine.agency_id,
       ARRAY(SELECT to_.code FROM information_informationitem_recipients link JOIN agencies_unit to_ ON to_.id = unit_id
              WHERE informationitem_id = item.id ORDER BY to_.code),
       ARRAY(SELECT code FROM information_itemversion_places link JOIN agencies_place place ON place.id = place_id
              WHERE itemversion_id = version.id ORDER BY code),
       ARRAY(SELECT code FROM information_itemversion_substances JOIN reference_substance s ON s.id = substance_id
              WHERE itemversion_id = version.id ORDER BY code),
       ARRAY(SELECT informationitem_id FROM information_itemversion_sources
              WHERE itemversion_id = version.id ORDER BY informationitem_id)
  FROM (SELECT item_id, at, own FROM information_itemaccess
         WHERE unit_id = %(unit)s AND at < %(before)s ORDER BY at DESC, item_id DESC LIMIT 51) seen
  JOIN information_informationitem item ON item.id = seen.item_id
  JOIN information_itemversion version ON version.id = item.current_id
  JOIN agencies_unit unit ON unit.id = item.unit_id
  JOIN agencies_unit mine ON mine.id = %(unit)s
  JOIN agencies_agency agency ON agency.id = unit.agency_id
  JOIN agencies_user author ON author.id = item.author_id
  JOIN reference_topic topic ON topic.id = version.topic_id
  LEFT JOIN agencies_area area ON area.id = version.area_id
 ORDER BY seen.at DESC, seen.item_id DESC
"""

AUDIT = """
INSERT INTO audit_auditevent (public_id, actor_id, actor, actor_unit_id, actor_unit, role, api_key, request_id, action,
                              object_type, object_id, object_ref, purpose, outcome, subjects, detail)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, 'list', 'InformationItem', '', '', '', 'done', %s, '{}')
"""

NAMES = (
    *(
        "id",
        "reference",
        "unit",
        "agency",
        "status",
        "version",
        "released_at",
        "recalled_at",
        "created_at",
        "synthetic",
    ),
    *("own", "author", "return_reason", "recall_reason", "title", "body", "topic", "area", "facts_from", "facts_to"),
    *("secrecy", "tlp", "no_judicial_use", "no_onward", "contact_before_action", "return_after_reading", "expires_on"),
    *("conditions", "source_grade", "information_grade", "urgency", "show_recipients", "correction_reason"),
    *("withheld", "recipients", "places", "substances", "sources"),
)
LAST = datetime(9999, 1, 1, tzinfo=UTC)
Start = Callable[[str, list[tuple[str, str]]], Any]


def _position(environ: dict[str, Any]) -> datetime | None:
    asked = parse_qs(environ["QUERY_STRING"]).get("cursor")
    return datetime.fromisoformat(parse_qs(b64decode(asked[0]).decode())["p"][0]) if asked else None


def _address(url: str, **marks: Any) -> str:
    return f"{url}?cursor=" + b64encode(urlencode(marks).encode()).decode().replace("=", "%3D")


def _shown(row: tuple[Any, ...], base: str) -> dict[str, Any]:
    item = dict(zip(NAMES, row, strict=True))
    if not item["own"]:
        item["author"] = item["sources"] = item["return_reason"] = None
        item["recipients"] = item["recipients"] if item["show_recipients"] else None
    if item["withheld"]:
        item["body"] = ""
    item["deliveries_url"] = f"{base}/api/v1/deliveries?item={item['id']}"
    item["attachments_url"] = f"{base}/api/v1/attachments?item={item['id']}"
    return item


def program(connection: "psycopg.Connection[Any]", today: date) -> Callable[[dict[str, Any], Start], Iterable[bytes]]:
    """The WSGI function."""

    def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        prefix, _dot, secret = environ["HTTP_AUTHORIZATION"].removeprefix("Bearer ").partition(".")
        with connection.transaction():
            who = connection.execute(WHO, {"prefix": prefix, "day": today}).fetchone()
            if who is None or not hmac.compare_digest(who[0], hashlib.sha256(secret.encode()).hexdigest()):
                start_response("401 Unauthorized", [])
                return [b""]
            _hash, key, person_id, person, unit_id, unit, role = who
            before = _position(environ)
            rows = connection.execute(PAGE, {"unit": unit_id, "before": before or LAST}).fetchall()
            page = rows[:50]
            said = (uuid4(), person_id, person, unit_id, unit, role, key, uuid4().hex, [row[0] for row in page])
            connection.execute(AUDIT, said)
        base = f"http://{environ['HTTP_HOST']}"
        url = base + environ["PATH_INFO"]
        body = {
            "next": _address(url, p=page[-1][8]) if len(rows) > 50 else None,
            "previous": _address(url, r=1, p=page[0][8]) if before else None,
            "results": [_shown(row, base) for row in page],
        }
        start_response("200 OK", [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
        return [orjson.dumps(body, default=str, option=orjson.OPT_UTC_Z)]

    return application
