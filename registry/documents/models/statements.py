"""Names that documents use, and what they say beyond figures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency, Language, Unit
from registry.documents.models.document import (
    Document,
    PublishedQuerySet,
    PublishedRow,
    missing_field,
    one_of,
    said_or_reason,
)
from registry.documents.terms import StatementKind


class PublishedName(PublishedRow):
    """The name a document prints for an agency or unit, and whom it means: the alias table.

    Mapped to nothing when it means a body outside the four agencies, or more than one.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="names", verbose_name=_("document"))
    name_printed = models.CharField(_("name as printed"), max_length=255)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))

    objects: PublishedQuerySet["PublishedName"] = PublishedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("published name")
        verbose_name_plural = _("published names")
        ordering = ["document__code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="published_name_number_once"),
            models.CheckConstraint(name="published_name_not_empty", condition=~Q(name_printed="")),
        ]

    def __str__(self) -> str:
        return self.name_printed


class PublishedStatement(PublishedRow):
    """What a document says, asks or decides, in the registry's own words.

    A task without a printed due day has none: `due_on` stays empty and says so.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="statements", verbose_name=_("document"))
    kind = models.CharField(_("kind"), max_length=24, choices=StatementKind.choices)
    text_vi = models.TextField(_("in our words (Vietnamese)"))
    text_en = models.TextField(_("in our words (English)"))
    addressee_printed = models.CharField(_("addressed to, as printed"), max_length=255, blank=True)
    assignee_agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("agency")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_on_missing = missing_field()

    objects: PublishedQuerySet["PublishedStatement"] = PublishedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = _("published statement")
        verbose_name_plural = _("published statements")
        ordering = ["document__code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="published_statement_number_once"),
            one_of("published_statement_kind_known", "kind", StatementKind.values),
            said_or_reason("published_statement_due_on_or_reason", "due_on", text=False),
        ]

    @property
    def text(self) -> str:
        """The paraphrase in the reader's language."""
        return self.in_language("text")
