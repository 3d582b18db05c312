"""A published document, and what every fact read out of it has in common."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agencies.models import Language, Record
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.documents.terms import Missing
from registry.reference.models import Trap

M = TypeVar("M", bound=models.Model)


class PublishedQuerySet(VisibleQuerySet[M]):
    """Published facts: whoever may read documents reads all of them."""

    def visible_to(self, user: Reader) -> Self:
        """All, for whoever may read documents."""
        return self.all() if user.holds(Permission.DOCUMENT_READ) else self.none()


def missing_field() -> Any:
    """Why the value beside it is empty; empty itself when there is a value."""
    return models.CharField(_("why it is empty"), max_length=16, choices=Missing.choices, blank=True, default="")


def said_or_reason(name: str, field: str, *, text: bool = True) -> models.CheckConstraint:
    """Either `field` holds something, or `<field>_missing` says why not: never both, never neither."""
    empty = Q(**{field: ""}) if text else Q(**{f"{field}__isnull": True})
    reason = Q(**{f"{field}_missing__in": Missing.values})
    return models.CheckConstraint(
        name=name,
        condition=(empty & reason) | (~empty & Q(**{f"{field}_missing": ""})),
        violation_error_message=_("Give a value, or the reason why there is none."),
    )


def one_of(name: str, field: str, values: list[str]) -> models.CheckConstraint:
    """`field` holds one of the codes."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": values}))


def period_or_reason(name: str) -> models.CheckConstraint:
    """A whole half-open period in the right order, or none and the reason why."""
    said = Q(period_missing="", period_start__isnull=False, period_end__isnull=False)
    none = Q(period_missing__in=Missing.values, period_start__isnull=True, period_end__isnull=True)
    return models.CheckConstraint(
        name=name,
        condition=(said & Q(period_end__gt=F("period_start"))) | none,
        violation_error_message=_("Give first and last day of the period, or the reason why there are none."),
    )


class Published(Record):
    """What a reader must know: traps with their handling, and a note, in both languages."""

    traps = models.ManyToManyField(Trap, related_name="+", blank=True, verbose_name=_("traps"))
    note_vi = models.TextField(_("note (Vietnamese)"), blank=True)
    note_en = models.TextField(_("note (English)"), blank=True)

    class Meta:
        abstract = True

    def in_language(self, stem: str) -> str:
        """`<stem>_vi` or `<stem>_en`, as the reader reads."""
        language = "en" if (get_language() or "vi").startswith("en") else "vi"
        return str(getattr(self, f"{stem}_{language}"))

    @property
    def note(self) -> str:
        """The note in the reader's language."""
        return self.in_language("note")


class Document(Published):
    """A published text: bibliography, a fingerprint, and how far its own text reaches.

    The text itself is not kept. Paragraph n, here and on every fact, is the n-th line that is not blank,
    counted from 1. Lines after `body_ends_at` are page furniture (related news, comment boxes). A line
    printed again word for word (a caption under its picture) is read once.
    """

    code = models.SlugField(_("code"), max_length=64, unique=True)
    label_vi = models.CharField(_("called here (Vietnamese)"), max_length=255)
    label_en = models.CharField(_("called here (English)"), max_length=255)
    title = models.CharField(_("title as printed"), max_length=255, blank=True)
    title_missing = missing_field()
    publisher = models.CharField(_("publisher as printed"), max_length=255, blank=True)
    publisher_missing = missing_field()
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_on_missing = missing_field()
    sha256 = models.CharField(_("SHA-256 of the text"), max_length=64, unique=True)
    byte_size = models.PositiveIntegerField(_("bytes"))
    paragraph_count = models.PositiveIntegerField(_("paragraphs"))
    body_ends_at = models.PositiveIntegerField(_("last paragraph of its own text"))

    objects: PublishedQuerySet["Document"] = PublishedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["code"]
        constraints = [
            said_or_reason("document_title_or_reason", "title"),
            said_or_reason("document_publisher_or_reason", "publisher"),
            said_or_reason("document_published_on_or_reason", "published_on", text=False),
            models.CheckConstraint(name="document_sha256_is_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(
                name="document_body_within_text",
                condition=Q(body_ends_at__gte=1) & Q(body_ends_at__lte=F("paragraph_count")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What the registry calls it, in the reader's language."""
        return self.in_language("label")

    def audit_reference(self) -> str:
        """For the log."""
        return self.code


class PublishedRow(Published):
    """A fact read out of a document: numbered in reading order, with the paragraph it stands in."""

    number = models.PositiveSmallIntegerField(_("number in the document"))
    paragraph = models.PositiveSmallIntegerField(_("paragraph"))

    document: Document

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.document.code} · {self.number}"

    def audit_reference(self) -> str:
        """For the log."""
        return f"{self.document.code}#{self.number}"
