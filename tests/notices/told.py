"""Short ways to tell somebody of the cast something, and to look at what became of it."""

from collections.abc import Sequence
from typing import Any

from procrastinate.contrib.django.models import ProcrastinateJob

from agencies.actions import set_email
from registry.notices.actions import set_preference
from registry.notices.announcing import notify
from registry.notices.models import Notice
from tests.cast import Cast

PATH = "/admin/information/delivery/0b0e7b5c-7a54-4c8e-9df0-5f2b5b6a3c11/change/"


def tell(cast: Cast, *names: str, key: str = "event:1", **changes: Any) -> list[Notice]:
    """Tell people of an item that was delivered to customs."""
    event = {"kind": "item_delivered", "reference": "POLICE-2024-000152", "path": PATH, "unit": cast.units["customs"]}
    return notify(to=[cast.people[name] for name in names], key=key, **(event | changes))


def reachable(cast: Cast, name: str, email: str = "immediately", **choice: Any) -> None:
    """The person has an address and wants mail."""
    cast.people[name] = set_email(user=cast.people[name], email=f"{name}@example.org", by=None)
    set_preference(by=cast.people[name], kind=choice.pop("kind", "*"), email=email, **choice)


def jobs(task: str = "notices.send_notice_mail") -> Sequence[ProcrastinateJob]:
    """Jobs of the task in the queue, oldest first."""
    return list(ProcrastinateJob.objects.filter(task_name=task).order_by("id"))
