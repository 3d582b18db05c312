"""The protocol order is dated: a paper of a day names the agencies as they stood then."""

from datetime import date

from agencies.models import Agency, ProtocolOrder, in_protocol_order
from tests.cast import Cast
from tests.raw import refused

CHANGE = date(2025, 3, 1)


def place(code: str, number: int, start: date | None, end: date | None) -> None:
    ProtocolOrder(agency=Agency.objects.get(code=code), place=number, valid_from=start, valid_to=end).save()


def codes(on: date) -> list[str]:
    return [agency.code for agency in in_protocol_order(Agency.objects.all(), on)]


def test_the_order_of_a_day_is_that_of_its_rows(cast: Cast) -> None:
    place("CUSTOMS", 1, None, CHANGE)
    place("POLICE", 2, None, CHANGE)
    place("POLICE", 1, CHANGE, None)
    place("CUSTOMS", 2, CHANGE, None)
    assert codes(date(2025, 2, 28)) == ["CUSTOMS", "POLICE", "BORDERGUARD", "COASTGUARD"]
    assert codes(CHANGE) == ["POLICE", "CUSTOMS", "BORDERGUARD", "COASTGUARD"]


def test_without_rows_todays_order_holds(cast: Cast) -> None:
    assert codes(CHANGE) == ["POLICE", "BORDERGUARD", "COASTGUARD", "CUSTOMS"]


def test_the_database_keeps_places_apart(cast: Cast) -> None:
    place("CUSTOMS", 1, None, CHANGE)
    row = "INSERT INTO agencies_protocolorder (agency_id, place, source, valid_from) SELECT id, %s, '', %s FROM agencies_agency WHERE code = %s"
    refused(row, 1, date(2024, 1, 1), "POLICE", match="protocol_one_agency_in_a_place")
    refused(row, 3, date(2024, 1, 1), "CUSTOMS", match="protocol_one_place_of_an_agency")
    refused(row, 0, CHANGE, "POLICE", match="protocol_place_positive")
