"""Notices and what people chose about them."""

from typing import Self
from uuid import UUID

import pgtrigger
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Record, Unit, User
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.notices.terms import PREFERENCE_KINDS, MailChoice, NoticeKind

REFERENCE = r"^[A-Za-z0-9][A-Za-z0-9._/:-]{0,63}$"
"""A number or code: no spaces, so that no title passes for one."""

PATH = r"^/admin/[a-z]+/[a-z]+/([0-9A-Za-z-]+/change/)?$"
"""A page of the registry, without a word typed by anybody in it."""


class NoticeQuerySet(VisibleQuerySet["Notice"]):
    """Notices."""

    def visible_to(self, user: Reader) -> Self:
        """One's own, as long as one holds a role in the unit they were given for. A key sees those of its unit."""
        if not user.holds(Permission.NOTICE_READ):
            return self.none()
        here = Q(unit__isnull=True) | Q(unit_id__in=user.units_with(Permission.NOTICE_READ))
        return self.filter(here, user_id=getattr(user, "pk", None))

    def unread(self) -> Self:
        """Not yet marked as read."""
        return self.filter(read_at__isnull=True)


class Notice(Record):
    """Something happened to a record: told to one person by kind, reference and address. It holds no content."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    kind = models.CharField(_("what happened"), max_length=24, choices=NoticeKind.choices)
    reference = models.CharField(_("reference"), max_length=64, validators=[RegexValidator(REFERENCE)])
    path = models.CharField(_("page"), max_length=200, validators=[RegexValidator(PATH)])
    key = models.CharField(_("event"), max_length=160)
    flash = models.BooleanField(_("flash"), default=False)
    mail = models.CharField(_("e-mail"), max_length=12, choices=MailChoice.choices, default=MailChoice.NEVER)
    created_at = models.DateTimeField(_("at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True)
    emailed_at = models.DateTimeField(_("e-mailed at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_user_newest"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at__isnull=True)),
            models.Index(
                fields=["user"],
                name="notice_for_digest",
                condition=Q(mail=MailChoice.DIGEST, emailed_at__isnull=True, read_at__isnull=True),
            ),
            models.Index(fields=["key"], name="notice_key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="notice_once"),
            models.CheckConstraint(name="notice_kind_known", condition=Q(kind__in=NoticeKind.values)),
            models.CheckConstraint(name="notice_mail_known", condition=Q(mail__in=MailChoice.values)),
            models.CheckConstraint(name="notice_reference_is_a_code", condition=Q(reference__regex=REFERENCE)),
            models.CheckConstraint(name="notice_path_is_a_page", condition=Q(path__regex=PATH)),
            models.CheckConstraint(
                name="notice_mailed_as_chosen", condition=Q(emailed_at__isnull=True) | ~Q(mail=MailChoice.NEVER)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="notice_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="notice_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    """ROW(OLD."user_id", OLD."unit_id", OLD."kind", OLD."reference", OLD."path", OLD."key",
                        OLD."flash", OLD."mail", OLD."created_at",
                        COALESCE(OLD."read_at", NEW."read_at"), COALESCE(OLD."emailed_at", NEW."emailed_at"))
                    IS DISTINCT FROM
                    ROW(NEW."user_id", NEW."unit_id", NEW."kind", NEW."reference", NEW."path", NEW."key",
                        NEW."flash", NEW."mail", NEW."created_at", NEW."read_at", NEW."emailed_at")"""
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.reference}"

    def audit_reference(self) -> str:
        """See Record."""
        return f"{self.kind} {self.reference}"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        return self.unit_id


class NoticePreferenceQuerySet(VisibleQuerySet["NoticePreference"]):
    """Choices."""

    def visible_to(self, user: Reader) -> Self:
        """One's own."""
        return self.filter(user_id=getattr(user, "pk", None)) if user.holds(Permission.NOTICE_READ) else self.none()


class NoticePreference(Record):
    """How a person wants to be e-mailed about a kind of notice, and when not. Without any, there is no e-mail."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("what happened"), max_length=24, choices=PREFERENCE_KINDS)
    email = models.CharField(_("e-mail"), max_length=12, choices=MailChoice.choices, default=MailChoice.NEVER)
    quiet_from = models.TimeField(
        _("quiet from"), null=True, blank=True, help_text=_("No e-mail from this hour on, flash apart.")
    )
    quiet_to = models.TimeField(_("quiet until"), null=True, blank=True)

    objects = NoticePreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice preference")
        verbose_name_plural = _("notice preferences")
        ordering = ["user", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_preference_once"),
            models.CheckConstraint(
                name="notice_preference_kind_known", condition=Q(kind__in=[code for code, _name in PREFERENCE_KINDS])
            ),
            models.CheckConstraint(name="notice_preference_email_known", condition=Q(email__in=MailChoice.values)),
            models.CheckConstraint(
                name="notice_preference_quiet_is_a_span",
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | (Q(quiet_from__isnull=False, quiet_to__isnull=False) & ~Q(quiet_from=F("quiet_to"))),
                violation_error_message=_("Give both ends of the quiet hours, and two different ones."),
            ),
        ]
        triggers = [pgtrigger.Protect(name="notice_preference_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_email_display()}"

    def audit_reference(self) -> str:
        """See Record."""
        return f"{self.kind} {self.email}"
