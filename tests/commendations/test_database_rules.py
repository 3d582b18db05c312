"""What the database refuses by itself."""

import pytest

from registry.commendations.terms import AwardLevel
from tests.cast import Cast
from tests.commendations.stories import awarded, in_status, nominated
from tests.raw import refused, sql

AWARD = """
    UPDATE commendations_commendation
       SET status = 'awarded', awarded_on = '2024-06-28', document_number = '16/QĐ' WHERE id = %s
"""


def test_two_awards_of_one_level_for_a_case_and_a_unit_are_refused(cast: Cast) -> None:
    waiting = nominated(cast)
    awarded(cast)
    refused(AWARD, waiting.pk, match="awarded already for the same case")


def test_a_higher_award_needs_its_reason_in_the_database_too(cast: Cast) -> None:
    without = nominated(cast, level=AwardLevel.MINISTRY)
    lower = nominated(cast, level=AwardLevel.UNIT)
    with_reason = nominated(cast, level=AwardLevel.MINISTRY, further_reason="Vì.")
    awarded(cast)
    refused(AWARD, without.pk, match="awarded already")
    refused(AWARD, lower.pk, match="awarded already")
    assert sql(AWARD, with_reason.pk) == 1


def test_the_record_of_awards_is_unique_and_final(cast: Cast) -> None:
    made = awarded(cast)
    copied = """
        INSERT INTO commendations_awardonce (commendation_id, case_id, unit_id, level)
        SELECT commendation_id, case_id, unit_id, level FROM commendations_awardonce WHERE commendation_id = %s
    """
    refused(copied, made.pk, match="award_once_of_a_level")
    refused("DELETE FROM commendations_awardonce WHERE commendation_id = %s", made.pk, match="Cannot")
    refused("UPDATE commendations_awardonce SET level = 4 WHERE commendation_id = %s", made.pk, match="Cannot")


def test_an_award_names_a_case_and_a_unit(cast: Cast) -> None:
    made = nominated(cast)
    bare = """
        INSERT INTO commendations_commendation
            (id, reference, unit_id, level, form, authority_vi, authority_en, achievement_vi, achievement_en,
             further_reason, proposed_on, document_number, end_reason, status, author_id, created_at, updated_at,
             revision, synthetic)
        SELECT gen_random_uuid(), 'CM-X', unit_id, level, form, authority_vi, '', achievement_vi, '', '', proposed_on,
               '', '', 'nominated', author_id, created_at, updated_at, 1, true
          FROM commendations_commendation WHERE id = %s
    """
    assert sql(bare, made.pk) == 1
    refused(AWARD.replace("id = %s", "reference = %s"), "CM-X", match="names a case and a unit")


@pytest.mark.parametrize("status", ["awarded", "declined", "withdrawn"])
def test_what_was_decided_is_final(cast: Cast, status: str) -> None:
    made = in_status(cast, status)
    refused("UPDATE commendations_commendation SET form = 'flag' WHERE id = %s", made.pk, match="Cannot")
    row = "INSERT INTO commendations_commendationrecipient (id, commendation_id, unit_id, collective, individuals)"
    refused(row + " VALUES (gen_random_uuid(), %s, %s, true, 0)", made.pk, cast.units["coast"].pk, match="final")
    case = (
        "INSERT INTO commendations_commendationcase (id, commendation_id, case_id) VALUES (gen_random_uuid(), %s, %s)"
    )
    refused(case, made.pk, cast.cases["case_closed"].pk, match="final")


def test_a_nomination_is_born_as_one_and_kept_with_its_rows(cast: Cast) -> None:
    made = nominated(cast)
    for table in ("commendationcase", "commendationrecipient"):
        refused(f"DELETE FROM commendations_{table} WHERE commendation_id = %s", made.pk, match="Cannot")
    refused("DELETE FROM commendations_commendation WHERE id = %s", made.pk, match="Cannot")
    refused("UPDATE commendations_commendation SET level = 4 WHERE id = %s", made.pk, match="Cannot")
    refused("UPDATE commendations_commendation SET form = 'statue' WHERE id = %s", made.pk, match="form_known")
    refused("UPDATE commendations_commendation SET authority_vi = '' WHERE id = %s", made.pk, match="says_what")
    refused(
        "UPDATE commendations_commendation SET status = 'awarded' WHERE id = %s", made.pk, match="with_day_and_number"
    )
    case = (
        "INSERT INTO commendations_commendationcase (id, commendation_id, case_id) VALUES (gen_random_uuid(), %s, %s)"
    )
    refused(case, made.pk, cast.cases["case_customs"].pk, match="takes no part")
    row = "INSERT INTO commendations_commendationrecipient (id, commendation_id, unit_id, collective, individuals)"
    refused(row + " VALUES (gen_random_uuid(), %s, %s, false, 0)", made.pk, cast.units["coast"].pk, match="somebody")
    refused(row + " VALUES (gen_random_uuid(), %s, %s, true, 0)", made.pk, cast.units["police"].pk, match="once")
