"""What `make demo` prints: who can sign in, and lines to paste."""

from collections.abc import Sequence

from agencies.roles import Role
from reports.demo.access import Account

HEADER = ("AGENCY", "UNIT", "ROLE", "USERNAME", "PASSWORD")


def accounts_table(accounts: Sequence[Account]) -> str:
    """The accounts of the four central units, one per role; the others are in var/demo.json."""
    central = {account["unit"] for account in accounts if account["role"] == Role.SECRETARIAT}
    shown = [
        (a["agency"], a["unit"], a["role"], a["username"], a["password"]) for a in accounts if a["unit"] in central
    ]
    widths = [max(len(row[n]) for row in [HEADER, *shown]) for n in range(len(HEADER))]
    lines = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in [HEADER, *shown]]
    more = f"{len(accounts) - len(shown)} more accounts, of other units, and all API keys: var/demo.json"
    return "\n" + "\n".join([*lines, more])


def curl_lines(url: str, accounts: Sequence[Account], *, quarter: str) -> str:
    """Two requests that work as they stand: the newest items of an officer, the report of a secretariat."""
    officer = next(a for a in accounts if a["role"] == Role.OFFICER)
    secretariat = next(a for a in accounts if a["role"] == Role.SECRETARIAT)
    asked = (
        (officer, "/api/v1/information-items?page_size=5"),
        (secretariat, f"/api/v1/reports/{quarter}"),
    )
    return "\n" + "\n".join(
        f"curl -s -H 'Authorization: Bearer {a['api_key']}' -H 'Accept-Language: vi' '{url}{path}'" for a, path in asked
    )
