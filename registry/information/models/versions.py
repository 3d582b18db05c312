"""What an item says, version by version."""

from typing import Any, Self
from uuid import UUID

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agencies.models import Area, Edited, Place, User, editors_kept
from agencies.roles import Permission
from agencies.visibility import Reader, VisibleQuerySet
from registry.information.terms import InformationGrade, Secrecy, SourceGrade, Tlp, Urgency
from registry.reference.models import Substance, Topic


class ItemVersionQuerySet(VisibleQuerySet["ItemVersion"]):
    """Versions, old ones too. Recipients read the current one on the item itself."""

    def visible_to(self, user: Reader) -> Self:
        """To the originating unit, and to its auditors (who get no content)."""
        units = user.units_with(Permission.ITEM_READ_OWN) | user.units_with(Permission.AUDIT_READ)
        return self.filter(item__unit_id__in=units)


class ItemVersion(Edited):
    """What an item says. Once released it never changes; a correction is a new version."""

    item = models.ForeignKey(
        "information.InformationItem", models.PROTECT, related_name="versions", verbose_name=_("item")
    )
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    title = models.CharField(_("title"), max_length=300)
    body = models.TextField(_("content"), blank=True)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+", verbose_name=_("topic"))
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area"))
    places = models.ManyToManyField(Place, related_name="+", blank=True, verbose_name=_("places"))
    substances = models.ManyToManyField(Substance, related_name="+", blank=True, verbose_name=_("substances"))
    sources = models.ManyToManyField(
        "information.InformationItem", related_name="+", blank=True, verbose_name=_("based on")
    )
    facts_from = models.DateField(_("facts from"), null=True, blank=True)
    facts_to = models.DateField(_("facts until"), null=True, blank=True)
    secrecy = models.CharField(_("secrecy"), max_length=8, choices=Secrecy.choices, default=Secrecy.INTERNAL)
    tlp = models.CharField(_("TLP"), max_length=16, choices=Tlp.choices, default=Tlp.AMBER)
    no_judicial_use = models.BooleanField(_("no use in court"), default=False)
    no_onward = models.BooleanField(_("no onward passage"), default=True)
    contact_before_action = models.BooleanField(_("contact us before acting on it"), default=False)
    return_after_reading = models.BooleanField(_("return after reading"), default=False)
    expires_on = models.DateField(_("not to be used after"), null=True, blank=True)
    conditions = models.CharField(_("other conditions"), max_length=500, blank=True)
    show_recipients = models.BooleanField(
        _("recipients see each other"),
        default=False,
        help_text=_("Otherwise a recipient learns of no other recipient."),
    )
    source_grade = models.CharField(_("source"), max_length=1, choices=SourceGrade.choices, blank=True)
    information_grade = models.CharField(_("information"), max_length=1, choices=InformationGrade.choices, blank=True)
    urgency = models.CharField(_("urgency"), max_length=12, choices=Urgency.choices, default=Urgency.ROUTINE)
    reason = models.TextField(_("why it was corrected"), blank=True, editable=False)
    edited_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("edited by"))
    released_at = models.DateTimeField(_("released at"), null=True, editable=False)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("released by"), editable=False
    )
    approved_hash = models.CharField(_("hash of the preview approved"), max_length=64, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)

    named_on = ("released_at",)

    objects = ItemVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_number_once"),
            models.CheckConstraint(name="item_version_below_state_secret", condition=Q(secrecy__in=Secrecy.values)),
            models.CheckConstraint(name="item_version_tlp_known", condition=Q(tlp__in=Tlp.values)),
            models.CheckConstraint(
                name="item_version_graded_at_release",
                condition=Q(released_at__isnull=True) | (~Q(source_grade="") & ~Q(information_grade="")),
            ),
            models.CheckConstraint(
                name="item_version_released_by_somebody",
                condition=Q(released_at__isnull=True, released_by__isnull=True, approved_hash="")
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(approved_hash="")),
            ),
            models.CheckConstraint(name="item_version_correction_has_reason", condition=Q(number=1) | ~Q(reason="")),
            models.CheckConstraint(
                name="item_version_released_or_withdrawn",
                condition=Q(released_at__isnull=True) | Q(withdrawn_at__isnull=True),
            ),
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(released_at__isnull=True, withdrawn_at__isnull=True),
                name="item_version_one_open",
            ),
            models.CheckConstraint(
                name="item_version_facts_in_order",
                condition=Q(facts_from__isnull=True) | Q(facts_to__isnull=True) | Q(facts_to__gte=F("facts_from")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="version_released_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__released_at__isnull=False),
            ),
            pgtrigger.Trigger(
                name="version_editor_never_releases",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__released_at__isnull=False),
                func="""
                    IF EXISTS (SELECT 1 FROM information_itemversion_editors
                                WHERE itemversion_id = NEW.id AND user_id = NEW.released_by_id)
                       OR EXISTS (SELECT 1 FROM information_informationitem
                                   WHERE id = NEW.item_id AND author_id = NEW.released_by_id) THEN
                        RAISE EXCEPTION 'pgtrigger: whoever edited an item does not release it';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(name="version_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.title

    def audit_reference(self) -> str:
        """Item and number, never the title: the log holds no content."""
        return f"{self.item.audit_reference()} v{self.number}"

    def audit_owner(self) -> UUID | None:
        """See Record."""
        owner: UUID = self.item.unit_id
        return owner


def _frozen_relation(name: str) -> Any:
    """Places and substances of a released version are as final as the version."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("final", "BOOLEAN")],
        func="""
            SELECT bool_or(released_at IS NOT NULL) INTO final FROM information_itemversion
             WHERE id IN (NEW.itemversion_id, OLD.itemversion_id);
            IF final THEN RAISE EXCEPTION 'pgtrigger: the version is released and final'; END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


class VersionPlace(ItemVersion.places.through):  # type: ignore[name-defined,misc]
    """A place of a version, under its trigger."""

    class Meta:
        proxy = True
        triggers = [_frozen_relation("version_places_final")]


class VersionSubstance(ItemVersion.substances.through):  # type: ignore[name-defined,misc]
    """A substance of a version, under its trigger."""

    class Meta:
        proxy = True
        triggers = [_frozen_relation("version_substances_final")]


class VersionSource(ItemVersion.sources.through):  # type: ignore[name-defined,misc]
    """An item that a version is based on, under its trigger."""

    class Meta:
        proxy = True
        triggers = [_frozen_relation("version_sources_final")]


class VersionEditor(ItemVersion.editors.through):  # type: ignore[name-defined,misc]
    """An editor of a version, under its trigger: who wrote it is final too."""

    class Meta:
        proxy = True
        triggers = [
            _frozen_relation("version_editors_final"),
            editors_kept("version_editors_kept"),
        ]
