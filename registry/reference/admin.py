"""The vocabularies and days off in the admin: to look things up. They are not edited here."""

from typing import Any, ClassVar

from django.contrib import admin

from agencies.admin_base import RecordAdmin
from agencies.roles import Permission
from registry.reference.models import Metric, NonWorkingDay, Substance, Topic, Trap, UnitOfMeasure


class TermAdmin(RecordAdmin):
    """A vocabulary, read-only."""

    read_permissions = (Permission.DIRECTORY_READ,)
    list_display: Any = ("code", "name_vi", "name_en")
    search_fields: ClassVar[Any] = ("code", "name_vi", "name_en")


@admin.register(Topic)
class TopicAdmin(TermAdmin):
    """The six lawful topics of exchange."""

    list_display = ("code", "name_vi", "name_en", "article")


@admin.register(UnitOfMeasure)
class UnitOfMeasureAdmin(TermAdmin):
    """Units of measure by dimension."""

    list_display = ("code", "name_vi", "name_en", "symbol_vi", "dimension", "factor")
    list_filter = ("dimension",)


@admin.register(Substance)
class SubstanceAdmin(TermAdmin):
    """Substances and their classes."""

    list_display = ("code", "name_vi", "name_en", "parent", "street_names_vi", "generic")
    list_filter = ("generic",)
    search_fields = ("code", "name_vi", "name_en", "street_names_vi")


@admin.register(Metric)
class MetricAdmin(TermAdmin):
    """What is counted or measured."""

    list_display = ("code", "name_vi", "name_en", "dimension", "addable", "drug_related")
    list_filter = ("dimension", "addable", "drug_related")


@admin.register(Trap)
class TrapAdmin(TermAdmin):
    """Known ways to misread published figures."""

    list_display = ("code", "name_vi", "handling_vi")


@admin.register(NonWorkingDay)
class NonWorkingDayAdmin(RecordAdmin):
    """Days on which offices do not work as the week says, read-only."""

    read_permissions = (Permission.DIRECTORY_READ,)
    list_display = ("day", "name_vi", "name_en", "kind", "source")
    list_filter = ("kind",)
    search_fields = ("name_vi", "name_en")
    date_hierarchy = "day"
    ordering = ("-day",)
