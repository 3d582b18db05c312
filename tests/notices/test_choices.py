"""When a mail may go out."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.notices.choices import Choice, choices_of, last_digest
from tests.cast import Cast
from tests.notices.told import reachable

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
NIGHT = Choice("immediately", time(22), time(6))
NOON = Choice("immediately", time(11, 30), time(13, 30))
moments = st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1)).map(lambda at: at.replace(tzinfo=HERE))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 5, day, hour, minute, tzinfo=HERE)


@pytest.mark.parametrize(
    ("choice", "moment", "goes"),
    [
        (NIGHT, at(14, 21, 59), at(14, 21, 59)),
        (NIGHT, at(14, 22), at(15, 6)),
        (NIGHT, at(15, 5, 59), at(15, 6)),
        (NIGHT, at(15, 6), at(15, 6)),
        (NOON, at(14, 12), at(14, 13, 30)),
        (NOON, at(14, 11, 29), at(14, 11, 29)),
        (Choice("immediately"), at(14, 3), at(14, 3)),
    ],
)
def test_a_mail_waits_for_the_end_of_the_quiet_hours(choice: Choice, moment: datetime, goes: datetime) -> None:
    assert choice.mail_time(moment) == goes
    assert choice.mail_time(moment, flash=True) == moment


@given(times, times, moments)
def test_no_mail_waits_longer_than_a_day_nor_goes_out_in_quiet_hours(begin: time, end: time, moment: datetime) -> None:
    choice = Choice("immediately", begin, end)
    if begin == end:
        return
    goes = choice.mail_time(moment)
    assert moment <= goes < moment + timedelta(days=1)
    assert choice.mail_time(goes) == goes


@pytest.mark.parametrize(
    ("moment", "seven"), [(at(14, 7), at(14, 7)), (at(14, 6, 59), at(13, 7)), (at(14, 23), at(14, 7))]
)
def test_the_digest_is_made_at_seven(moment: datetime, seven: datetime) -> None:
    assert last_digest(moment) == seven


def test_who_never_chose_gets_no_mail(cast: Cast) -> None:
    reachable(cast, "customs_head", "digest", quiet_from=time(22), quiet_to=time(6))
    head, officer = cast.customs_head.pk, cast.customs_officer.pk
    assert choices_of([head, officer], "item_delivered") == {
        head: Choice("digest", time(22), time(6)),
        officer: Choice("never"),
    }
