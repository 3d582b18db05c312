"""Words of joint cases. Codes are stable; figures of different kinds are different series."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry.reference.models import Dimension


class Kind(models.TextChoices):
    """What the law calls it. The three are counted apart and never added to each other."""

    CASE = "case", _("case (vụ)")
    CASE_FILE = "case_file", _("case file (chuyên án)")
    PROSECUTED_CASE = "prosecuted_case", _("prosecuted case (vụ án)")


class CaseStatus(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class CaseRole(models.TextChoices):
    """What a unit does in a case (Decree 105/2021, article 10)."""

    LEAD = "lead", _("lead")
    CO_LEAD = "co_lead", _("co-lead")
    COORDINATOR = "coordinator", _("coordinator")


SEIZABLE = (
    Dimension.MASS,
    Dimension.VOLUME,
    Dimension.TABLET,
    Dimension.DOSE,
    Dimension.PLANT,
    Dimension.BRICK,
    Dimension.AREA,
)
"""What quantities of drugs are measured in. Cases, persons, rates and money are no seizures."""


class DivisionKind(models.TextChoices):
    """What happened to a lot: it was taken apart, or lots were put together."""

    SPLIT = "split", _("split")
    MERGE = "merge", _("merged")


class Verdict(models.TextChoices):
    """Whether two records speak of one seizure."""

    DUPLICATE = "duplicate", _("the same seizure")
    DIFFERENT = "different", _("two seizures")


class Route(models.TextChoices):
    """Lines along which drugs move, as reports of the four agencies name them."""

    VIET_LAO = "viet_lao", _("Viet Nam - Laos line")
    VIET_CAMBODIA = "viet_cambodia", _("Viet Nam - Cambodia line")
    VIET_CHINA = "viet_china", _("Viet Nam - China line")
    SEA = "sea", _("sea line")
    AIR = "air", _("air line")
    POST = "post", _("post and express delivery line")
    INLAND = "inland", _("inland line")


class BorderType(models.TextChoices):
    """What kind of place it was. Several may hold for one case."""

    LAND_BORDER = "land_border", _("land border")
    BORDER_GATE = "border_gate", _("border gate")
    AT_SEA = "at_sea", _("at sea")
    SEAPORT = "seaport", _("seaport")
    AIRPORT = "airport", _("airport")
    POST_OFFICE = "post_office", _("post or express delivery office")
    INLAND = "inland", _("inland")
    ADRIFT = "adrift", _("adrift or washed ashore")


class Transport(models.TextChoices):
    """How the drugs were carried."""

    ON_FOOT = "on_foot", _("on foot")
    MOTORCYCLE = "motorcycle", _("motorcycle")
    CAR = "car", _("car")
    COACH = "coach", _("coach")
    LORRY = "lorry", _("lorry")
    CONTAINER = "container", _("container")
    TRAIN = "train", _("train")
    RIVER_BOAT = "river_boat", _("river boat")
    SEA_VESSEL = "sea_vessel", _("sea vessel")
    AIRCRAFT = "aircraft", _("aircraft")
    PARCEL = "parcel", _("parcel")
    OTHER = "other", _("other means")


class Concealment(models.TextChoices):
    """How the drugs were hidden."""

    ON_BODY = "on_body", _("on the body")
    IN_BODY = "in_body", _("inside the body")
    LUGGAGE = "luggage", _("in luggage")
    IN_VEHICLE = "in_vehicle", _("built into a vehicle")
    IN_CARGO = "in_cargo", _("among other goods")
    IN_FOOD = "in_food", _("as or in food")
    IN_MACHINERY = "in_machinery", _("inside machinery")
    UNDER_WATER = "under_water", _("under water or on a hull")
    IN_LIQUID = "in_liquid", _("dissolved in a liquid")
    NOT_HIDDEN = "not_hidden", _("not hidden")
    OTHER = "other", _("hidden in another way")


class Country(models.TextChoices):
    """Countries of departure, transit and destination (ISO 3166-1); `ZZ` is any other."""

    VN = "VN", _("Viet Nam")
    LA = "LA", _("Laos")
    KH = "KH", _("Cambodia")
    CN = "CN", _("China")
    MM = "MM", _("Myanmar")
    TH = "TH", _("Thailand")
    MY = "MY", _("Malaysia")
    PH = "PH", _("Philippines")
    ID = "ID", _("Indonesia")
    SG = "SG", _("Singapore")
    IN = "IN", _("India")
    JP = "JP", _("Japan")
    KR = "KR", _("Republic of Korea")
    AU = "AU", _("Australia")
    US = "US", _("United States")
    CA = "CA", _("Canada")
    DE = "DE", _("Germany")
    NL = "NL", _("Netherlands")
    ZZ = "ZZ", _("another country")
