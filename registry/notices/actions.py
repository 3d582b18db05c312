"""Writes to notices and choices about them: one audited function each. Always one's own."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.actions import set_email
from agencies.audit.log import record
from agencies.models import User
from agencies.refusals import Invalid, NotPermitted
from agencies.roles import Permission
from registry.notices.models import Notice, NoticePreference


def _require(by: User) -> None:
    if not by.holds(Permission.NOTICE_MANAGE):
        raise NotPermitted


@transaction.atomic
def mark_read(*, notice: Notice, by: User) -> Notice:
    """Mark one's notice as read. A second time changes nothing."""
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.user_id != by.pk:
        raise NotPermitted
    _require(by)
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
        record(action="notice.read", by=by, on=notice)
    return notice


@transaction.atomic
def mark_all_read(*, by: User) -> int:
    """Mark all of one's notices as read; returns how many were not."""
    _require(by)
    unread = Notice.objects.visible_to(by).unread().order_by("pk").select_for_update(of=("self",))
    found = list(unread.values_list("pk", flat=True))
    if found:
        QuerySet(Notice).filter(pk__in=found).update(read_at=timezone.now())
        record(action="notice.read_all", by=by, on=by, count=len(found))
    return len(found)


@transaction.atomic
def set_preference(
    *, by: User, kind: str, email: str, quiet_from: time | None = None, quiet_to: time | None = None
) -> NoticePreference:
    """Choose for a kind of notice, or for `*`, every other kind. A later choice replaces the earlier one."""
    _require(by)
    User.objects.select_for_update().get(pk=by.pk)
    preference = NoticePreference.objects.filter(user=by, kind=kind).first() or NoticePreference(user=by, kind=kind)
    preference.email, preference.quiet_from, preference.quiet_to = email, quiet_from, quiet_to
    try:
        preference.full_clean(exclude=["user"])
    except ValidationError as fault:
        fields = {("quiet_to" if k == "__all__" else k): " ".join(v) for k, v in fault.message_dict.items()}
        raise Invalid(fields) from fault
    preference.save()
    record(action="notice.choose", by=by, on=preference, quiet=quiet_from is not None)
    return preference


@transaction.atomic
def set_preferences(*, by: User, preferences: Sequence[Mapping[str, Any]] = (), email: str | None = None) -> None:
    """Choose for several kinds at once, and say where mails go. All or nothing."""
    _require(by)
    kinds = [entry["kind"] for entry in preferences]
    if len(kinds) != len(set(kinds)):
        raise Invalid({"preferences": _("Name each kind once.")})
    if email is not None:
        set_email(user=by, email=email, by=by)
    for number, entry in enumerate(preferences):
        try:
            set_preference(by=by, **entry)
        except Invalid as fault:
            raise Invalid({f"preferences.{number}.{k}": text for k, text in fault.fields.items()}) from fault
