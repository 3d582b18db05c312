"""Three commendations of the demo: a joint one that was awarded, one that was declined, one that waits."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from agencies.roles import Role
from registry.cases.models import JointCase
from registry.commendations.actions import RecipientInput, decline_nomination, nominate, record_award
from registry.commendations.models import Commendation
from registry.commendations.terms import AwardForm, AwardLevel
from reports.demo.cast import Cast

SOON, LATER = timedelta(days=20), timedelta(days=45)


def load_demo_commendations(cast: Cast) -> int:
    """For the first closed cases that several agencies worked on; how many."""
    found = JointCase.objects.filter(synthetic=True, status="closed").order_by("reference").select_related("unit")
    joint = [
        case
        for case in found
        if cast.has(case.unit.code, Role.OFFICER) and len({p.unit_id for p in case.participations.all()}) > 1
    ]
    made = [_nominated(cast, case) for case in joint[:3]]
    for number, commendation in enumerate(made[:2]):
        head = cast.user(commendation.unit.code, Role.RELEASER)
        day = commendation.proposed_on + (LATER - SOON)
        if number == 0:
            record_award(
                commendation=commendation,
                awarded_on=day,
                document_number="000/QĐ-GIALAP",
                by=head,
                at=_noon(commendation, LATER - SOON),
            )
        else:
            decline_nomination(
                commendation=commendation,
                reason="[Giả lập] Chưa đủ điều kiện.",
                by=head,
                at=_noon(commendation, LATER - SOON),
            )
    return len(made)


def _nominated(cast: Cast, case: JointCase) -> Commendation:
    units = sorted({p.unit for p in case.participations.select_related("unit")}, key=lambda unit: unit.code)
    proposed = case.closed_on or case.opened_on
    return nominate(
        unit=case.unit,
        level=AwardLevel.AGENCY,
        form=AwardForm.CERTIFICATE,
        authority_vi="Thủ trưởng lực lượng (giả lập)",
        authority_en="Head of the force (synthetic)",
        achievement_vi="[Dữ liệu giả lập] Phối hợp tốt trong vụ việc chung.",
        achievement_en="[Synthetic data] Good cooperation in a joint case.",
        cases=[case.pk],
        recipients=[RecipientInput(unit, individuals=number) for number, unit in enumerate(units)],
        proposed_on=proposed + SOON,
        by=cast.user(case.unit.code, Role.OFFICER),
        at=datetime.combine(proposed + SOON, time(9), timezone.get_current_timezone()),
        synthetic=True,
    )


def _noon(commendation: Commendation, after: timedelta) -> datetime:
    return datetime.combine(commendation.proposed_on + after, time(12), timezone.get_current_timezone())
