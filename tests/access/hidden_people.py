"""People, keys, delegations, cards, notices and reorganisations that are hidden in the two-world test."""

from typing import Any

from agencies.actions import create_user, grant_role, issue_key
from agencies.delegations import delegate
from agencies.models import today
from agencies.roles import Role, Scope
from registry.information.dockets import create_docket, tell_docket
from registry.notices.actions import set_preference
from registry.notices.announcing import notify
from registry.reorganisations import actions as reorganisation_actions
from tests.cast import LONG_AGO, Cast
from tests.stories import OPENED


def coast_people(cast: Cast) -> dict[str, Any]:
    """A person of the coast guard and a key."""
    coast = cast.units["coast"]
    user = create_user(
        username="hidden_person", password=None, unit=coast, role=Role.OFFICER, by=None, valid_from=LONG_AGO
    )
    grant_role(user=user, unit=coast, role=Role.ANALYST, by=None, valid_from=LONG_AGO)
    key, _secret = issue_key(user=user, unit=coast, name="hidden", scopes=[Scope.READ], by=None)
    return {"user": user.pk, "key": key.pk, "username": "hidden_person"}


def coast_delegation(cast: Cast) -> dict[str, Any]:
    """The head of the coast guard lets an officer of the unit release."""
    made = delegate(
        by=cast.coast_head,
        unit=cast.units["coast"],
        username="coast_officer",
        scope=["item.release"],
        starts_on=today(),
        ends_on=today(),
        reason="Bí mật.",
    )
    return {"delegation": made.pk, "user": cast.coast_officer.pk, "username": "coast_officer"}


def coast_docket(cast: Cast) -> dict[str, Any]:
    """The coast guard holds a paper and tells the border guard of it."""
    card = {"level": "mat", "number": "7/BC", "dated_on": OPENED, "issuer": "Cục", "kept_at": "Tủ", "subject": "hidden"}
    made = create_docket(unit=cast.units["coast"], by=cast.coast_officer, card=card, synthetic=True)
    tell_docket(docket=made, units=[cast.units["border"]], by=cast.coast_head)
    return {"docket": made.pk, "reference": made.reference}


def others_notices(cast: Cast) -> dict[str, Any]:
    """A head of the coast guard is told of something, and has chosen mails for it."""
    choice = set_preference(by=cast.coast_head, kind="*", email="digest")
    (notice,) = notify(
        kind="item_delivered",
        to=[cast.coast_head],
        reference="HIDDEN-1",
        path="/admin/information/delivery/",
        key="hidden",
        unit=cast.units["coast"],
    )
    return {"notice": notice.pk, "choice": choice.pk, "reference": "HIDDEN-1"}


def customs_reorganisation(cast: Cast) -> dict[str, Any]:
    """Customs plans to close its northern unit, and renames a plan of before."""
    planned = reorganisation_actions.plan_reorganisation(
        unit=cast.units["customs"],
        kind="close",
        takes_effect_on=today().replace(year=2098),
        reason="Bí mật.",
        plan={"units": ["customs_north"]},
        by=cast.again("customs_admin"),
    )
    reorganisation_actions.change_plan(
        reorganisation=planned, changes={"reason": "Bí mật lần hai."}, by=cast.again("customs_admin")
    )
    return {"reorganisation": planned.pk}
