"""Who issues a report, and the frame of its paper: until it is sealed a draft, without number, date and signature."""

from datetime import date, timedelta

from agencies.models import Agency, LegalBasis, Unit, central_unit, in_protocol_order, today
from reports.counting import Counting
from reports.document import NOTHING, OfficialForm, Text

COORDINATION = "decree-105-2021"
"""The legal basis that the coordination of the four agencies rests on."""

REPORT, CODE = Text("BÁO CÁO", "REPORT"), "BC"
HEAD = Text("Thủ trưởng đơn vị", "Head of the unit")
"""Whose office signs is known when somebody signs."""

INTERNAL = Text("LƯU HÀNH NỘI BỘ", "INTERNAL CIRCULATION")
DAY = timedelta(days=1)


def official_form(count: Counting, issuer: Unit | None, subject: Text) -> OfficialForm | None:
    """The frame of the paper of the issuing unit; None where nobody is known to issue it.

    Names are those of today, for the paper is written today; the legal ground is that of the period.
    """
    if issuer is None:
        return None
    on = today()
    return letterhead(issuer, on, kind=REPORT, code=CODE, subject=subject, grounds=_grounds(count.period.end - DAY))


def letterhead(
    issuer: Unit, on: date, *, kind: Text, code: str, subject: Text, grounds: tuple[Text, ...] = ()
) -> OfficialForm:
    """The frame of a paper that the unit issues, with the names of the day; without number, date and signature."""
    above = issuer.parent(on)
    place = next((p.place for p in issuer.placements.all() if p.holds_on(on) and p.place), None)
    return OfficialForm(
        parent=_upper(_named(above or issuer, on)) if above else NOTHING,
        issuer=_upper(_named(issuer, on)),
        symbol=f"{code}-{issuer.code}",
        place=Text(place.name(on, "vi"), place.name(on, "en")) if place else NOTHING,
        kind=kind,
        subject=subject,
        grounds=grounds,
        recipients=_recipients(issuer, on),
        office=HEAD,
        circulation=INTERNAL,
    )


def issuer_of(count: Counting) -> Unit | None:
    """The unit whose report it is: the reader's; the central unit of the host where the conference reports."""
    home = getattr(count.reader, "home_unit", None)
    if isinstance(home, Unit):
        return home
    host = count.conferences().exclude(host_agency=None).order_by("held_on", "code").first()
    return central_unit(host.host_agency) if host and host.host_agency else None


def _named(unit: Unit, on: date) -> Text:
    return Text(unit.name(on, "vi"), unit.name(on, "en"))


def _upper(text: Text) -> Text:
    return Text(text.vi.upper(), text.en.upper())


def _grounds(on: date) -> tuple[Text, ...]:
    """What the coordination rested on at the end of the period."""
    basis = LegalBasis.objects.filter(code=COORDINATION).first()
    if basis is None or not (basis.in_force_from is None or basis.in_force_from <= on):
        return ()
    if basis.in_force_to is not None and basis.in_force_to <= on:
        return ()
    return (Text(f"Căn cứ {basis.title_vi}", f"Pursuant to {basis.title_en}"),)


def _recipients(issuer: Unit, on: date) -> tuple[Text, ...]:
    """The central units of the other agencies in protocol order, then the file."""
    others = in_protocol_order(Agency.objects.exclude(pk=issuer.agency_id).prefetch_related("protocol"), on)
    units = [unit for agency in others if (unit := central_unit(agency, on)) is not None]
    return (*(_named(unit, on) for unit in units), Text(f"Lưu: VT, {issuer.code}", f"File: {issuer.code}"))
