"""The words an item is marked with: three separate axes (secrecy, sharing, quality), urgency, and what they mean."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an item stands."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    RELEASED = "released", _("released")
    RECALLED = "recalled", _("recalled")


class DeliveryStatus(models.TextChoices):
    """Where a delivery stands."""

    DELIVERED = "delivered", _("delivered")
    OPENED = "opened", _("opened")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    EVALUATED = "evaluated", _("evaluated")
    USED = "used", _("used in a case")
    RECALLED = "recalled", _("recalled")


class Secrecy(models.TextChoices):
    """Circulation marks below state secret. There is no code for more: it may not be stored."""

    NONE = "none", _("unmarked")
    INTERNAL = "internal", _("internal circulation")


class Tlp(models.TextChoices):
    """TLP 2.0 labels; never translated."""

    RED = "TLP:RED", "TLP:RED"
    AMBER_STRICT = "TLP:AMBER+STRICT", "TLP:AMBER+STRICT"
    AMBER = "TLP:AMBER", "TLP:AMBER"
    GREEN = "TLP:GREEN", "TLP:GREEN"
    CLEAR = "TLP:CLEAR", "TLP:CLEAR"


class SourceGrade(models.TextChoices):
    """Admiralty: how far the source can be relied on."""

    A = "A", _("A · completely reliable")
    B = "B", _("B · usually reliable")
    C = "C", _("C · fairly reliable")
    D = "D", _("D · not usually reliable")
    E = "E", _("E · unreliable")
    F = "F", _("F · cannot be judged")


class InformationGrade(models.TextChoices):
    """Admiralty: how far the information can be believed."""

    ONE = "1", _("1 · confirmed by other sources")
    TWO = "2", _("2 · probably true")
    THREE = "3", _("3 · possibly true")
    FOUR = "4", _("4 · doubtful")
    FIVE = "5", _("5 · improbable")
    SIX = "6", _("6 · cannot be judged")


class Urgency(models.TextChoices):
    """Urgency marks of official papers."""

    ROUTINE = "routine", _("routine")
    URGENT = "urgent", _("urgent")
    VERY_URGENT = "very_urgent", _("very urgent")
    FLASH = "flash", _("flash")


RECEIPT_CLOCK: dict[str, timedelta] = {
    Urgency.ROUTINE: timedelta(hours=72),
    Urgency.URGENT: timedelta(hours=24),
    Urgency.VERY_URGENT: timedelta(hours=8),
    Urgency.FLASH: timedelta(hours=2),
}
"""How long a recipient has to acknowledge, from delivery. The due time is stored with each delivery."""


class Usefulness(models.TextChoices):
    """What a recipient found an item to be worth."""

    NOT_USEFUL = "not_useful", _("not useful")
    KNOWN = "known", _("known already")
    NEW_LINE = "new_line", _("opened a new line of work")
    CONTRIBUTED = "contributed", _("contributed to an arrest or seizure")


VALUABLE = (Usefulness.NEW_LINE, Usefulness.CONTRIBUTED)
"""An item is valuable when at least one recipient evaluated it as opening a line or contributing to a result."""


class Scan(models.TextChoices):
    """What the malware scanner made of a file."""

    NOT_SCANNED = "not_scanned", _("not scanned")
    CLEAN = "clean", _("no malware found")
    INFECTED = "infected", _("malware found")
