"""The words an item is marked with: three separate axes (secrecy, sharing, quality), urgency, and what they mean."""

from dataclasses import dataclass

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


class Disposal(models.TextChoices):
    """What a holder did with what it held of a recalled item."""

    DESTROYED = "destroyed", _("destroyed")
    RETAINED = "retained", _("retained on a legal ground")


class ConsentKind(models.TextChoices):
    """Uses of another's information that are asked for one by one."""

    ONWARD = "onward", _("onward passage")
    COURT = "court", _("use in court")
    QUOTE = "quote", _("quotation in a report")


class ConsentStatus(models.TextChoices):
    """Where a request for consent stands."""

    ASKED = "asked", _("asked")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    REVOKED = "revoked", _("revoked")
    WITHDRAWN = "withdrawn", _("withdrawn")


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


@dataclass(frozen=True, slots=True)
class Clock:
    """How long something may take: plain hours around the clock, or working days. One of the two."""

    hours: int = 0
    working_days: int = 0


RECEIPT_CLOCK: dict[str, Clock] = {
    Urgency.ROUTINE: Clock(working_days=3),
    Urgency.URGENT: Clock(hours=24),
    Urgency.VERY_URGENT: Clock(hours=8),
    Urgency.FLASH: Clock(hours=2),
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


class DocketLevel(models.TextChoices):
    """Degrees of state secret a docket card names. Their names are those of the law and never translated."""

    MAT = "mat", "Mật"
    TOI_MAT = "toi_mat", "Tối mật"
    TUYET_MAT = "tuyet_mat", "Tuyệt mật"


class DocketStatus(models.TextChoices):
    """Where the paper of a docket card is."""

    HELD = "held", _("held")
    RETURNED = "returned", _("returned to the issuer")
    DESTROYED = "destroyed", _("destroyed")
    DECLASSIFIED = "declassified", _("declassified")


class Scan(models.TextChoices):
    """What the malware scanner made of a file."""

    NOT_SCANNED = "not_scanned", _("not scanned")
    CLEAN = "clean", _("no malware found")
    INFECTED = "infected", _("malware found")
