"""`manage.py record_ceiling`: the secrecy ceiling goes to the audit log when it has changed."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from agencies.audit.log import record
from agencies.audit.models import CEILING_SET, AuditEvent
from agencies.models import User
from registry.ceiling import current


@transaction.atomic
def record_ceiling(*, by: User | None) -> bool:
    """Write to the audit log that the ceiling was set, when it is not what was last written; whether it was."""
    ceiling = current()
    now: dict[str, Any] = {"level": ceiling.level, "authorisation": ceiling.authorisation}
    last = AuditEvent.objects.filter(action=CEILING_SET).order_by("-id").first()
    before = {name: last.detail.get(name) for name in now} if last is not None else None
    if before == now:
        return False
    record(action=CEILING_SET, by=by, on=ceiling, purpose=ceiling.authorisation, before=before, **now)
    return True


class Command(BaseCommand):
    """Run by `make migrate`, `make run` and `make demo`; elsewhere, run it after a change of the setting."""

    help = "Write the secrecy ceiling and its authorisation to the audit log, if they are not what was last written."

    def handle(self, *args: Any, **options: Any) -> None:
        """Record and say so."""
        done = "recorded" if record_ceiling(by=None) else "unchanged"
        ceiling = current()
        self.stdout.write(f"secrecy ceiling {ceiling.level}, authorised by {ceiling.authorisation or '-'}: {done}")
