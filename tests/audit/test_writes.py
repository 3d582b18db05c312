"""Every action writes its events once and only once when it commits, and none when it does not. Expected by hand."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from types import ModuleType
from typing import Any

import pytest
from django.db import transaction

import agencies.actions
import agencies.delegations
import registry.cases.actions
import registry.conferences.actions
import registry.information.actions
import registry.information.dockets
import registry.information.receipts
import reports.actions
import reports.asking
import reports.importing
import reports.prefill
import reports.reconciliation
from agencies.models import ApiKey, Membership, Unit, User
from agencies.refusals import NotPermitted
from agencies.roles import Role, Scope
from registry.information.models import Delivery
from registry.periods import Period
from registry.reference.models import Metric, Substance, UnitOfMeasure
from reports.actions import FigureInput
from reports.making import make_report
from reports.models import Statement
from reports.series import Series
from reports.sheets import write_sheet
from tests.audit.conftest import Log
from tests.cases.stories import area, delivered, lot, opened, row
from tests.cast import Cast, content
from tests.conferences import stories as meetings

MODULES: tuple[ModuleType, ...] = (
    agencies.actions,
    registry.information.actions,
    registry.information.receipts,
    registry.information.dockets,
    agencies.delegations,
    registry.cases.actions,
    registry.conferences.actions,
    reports.actions,
    reports.asking,
    reports.importing,
    reports.prefill,
    reports.reconciliation,
)
NO_WRITE = {"require_writer", "preview_release", "takers", "may_revoke", "note_opening", "load_conferences"}
NO_WRITE |= {"refuse_figures", "figures_from_records", "look_at_sheet", "may_explain"}
"""Asks, or calls another action; what loaders write is tested where they are."""

Prepared = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """An action: who does it, who may not, on what, and the events it leaves."""

    action: Callable[..., Any]
    by: str
    stranger: str
    given: Callable[[Cast], Prepared]
    events: tuple[str, ...]


def nothing(_cast: Cast) -> Prepared:
    return {}


def item(story: str, **more: Any) -> Callable[[Cast], Prepared]:
    return lambda cast: {"item": cast.items[story], **more}


def delivery(story: str, **more: Any) -> Callable[[Cast], Prepared]:
    return lambda cast: {"delivery": cast.delivery(story), **more}


def case(**more: Any) -> Callable[[Cast], Prepared]:
    return lambda cast: {"case": opened(cast), **more}


def conference(made: Callable[[Cast], Any], **more: Any) -> Callable[[Cast], Prepared]:
    return lambda cast: {"conference": made(cast), **more}


def membership(cast: Cast) -> Membership:
    return cast.customs_officer.memberships.get()


def key(cast: Cast) -> ApiKey:
    return cast.keys["customs_system"]


def figures() -> list[FigureInput]:
    return [FigureInput(metric=Metric.objects.get(code="information_shared"), nil=True)]


def seized(cast: Cast) -> Prepared:
    return {"case": opened(cast), "substance": Substance.objects.get(code="heroin"), "raw_text": "1", "seized_on": DAY}


def spring(cast: Cast) -> Statement:
    """A draft for the quarter in which the cast's cases were opened."""
    made = reports.actions.create_statement(
        unit=cast.units["police"], period=Period.parse("2024-Q2"), by=cast.police_officer, figures=figures()
    )
    return Statement.objects.get(pk=made.pk)


def sheet(cast: Cast) -> Prepared:
    draft = cast.statements["police_draft"]
    content = write_sheet(statement=draft, language="vi")
    return {"statement": draft, "file": BytesIO(content), "size": len(content)}


def off_by_two(cast: Cast) -> Prepared:
    """Central police state two cases and count none."""
    series = Series(Period.parse("2025-Q1"), Metric.objects.get(code="drug_cases"))
    return {"series": series, "agency": cast.units["police"].agency, "text": "Cân lại."}


def finished(cast: Cast) -> Any:
    asked = {"period": Period.parse("2024-Q2"), "language": "vi", "file_format": "json"}
    return make_report(report_id=reports.asking.ask_report(by=cast.police_officer, **asked).pk)


def approved(cast: Cast, story: str, *to: str) -> Prepared:
    """The item, the units and the preview that shows them."""
    units, one = [cast.units[code] for code in to], cast.items[story]
    seen = N.preview_release(item=one, by=cast.police_head, recipients=units)
    return {"item": one, "recipients": units, "preview": seen.hash}


def free_to_pass(cast: Cast) -> Prepared:
    """A delivery whose passage to the coast guard is consented to."""
    sent, coast = cast.delivery("police_opened"), cast.units["coast"]
    asked = N.ask_consent(delivery=sent, by=cast.customs_analyst, kind="onward", purpose="x", units=[coast])
    N.grant_consent(consent=asked, by=cast.police_head)
    return {"delivery": sent, "units": [coast]}


def held(cast: Cast) -> Any:
    return next(card for card in cast.dockets.values() if card.status == "held" and card.unit.code == "police")


def delegation(cast: Cast) -> Prepared:
    days = {"starts_on": date(2199, 1, 1), "ends_on": date(2199, 1, 31)}
    return {
        "unit": cast.units["police"],
        "username": "police_analyst",
        "scope": ["item.release"],
        "reason": "x",
        **days,
    }


CARD = {"level": "mat", "number": "99/BC", "dated_on": date(2024, 5, 1), "issuer": "Cục", "kept_at": "Tủ"}
DAY = date(2024, 6, 1)
A, N, R = agencies.actions, registry.information.actions, registry.information.receipts
T, D = registry.information.dockets, agencies.delegations
K, F, S = registry.cases.actions, registry.conferences.actions, reports.actions
ADMIN, OTHER = "customs_admin", "police_admin"
SEC, STRANGER = "secretariat", "customs_secretariat"

CASES = (
    Case(A.create_user, ADMIN, OTHER, lambda c: {"username": "neu", "password": None, "unit": c.units["customs"], "role": Role.OFFICER}, ("membership.grant", "user.create")),
    Case(A.grant_role, ADMIN, OTHER, lambda c: {"user": c.customs_officer, "unit": c.units["customs"], "role": Role.ANALYST}, ("membership.grant",)),
    Case(A.end_role, ADMIN, OTHER, lambda c: {"membership": membership(c)}, ("membership.end",)),
    Case(A.set_active, ADMIN, OTHER, lambda c: {"user": c.customs_officer, "active": False}, ("user.deactivate",)),
    Case(A.set_email, ADMIN, OTHER, lambda c: {"user": c.customs_officer, "email": "officer@example.org"}, ("user.set_email",)),
    Case(A.rename_unit, ADMIN, OTHER, lambda c: {"unit": Unit.objects.get(code="customs"), "language": "vi", "name": "Mới", "on": date(2030, 1, 1)}, ("unit.rename",)),
    Case(A.issue_key, ADMIN, OTHER, lambda c: {"user": c.customs_system, "unit": c.units["customs"], "name": "k", "scopes": [Scope.READ]}, ("api_key.issue",)),
    Case(A.revoke_key, ADMIN, OTHER, lambda c: {"key": key(c)}, ("api_key.revoke",)),
    Case(N.create_item, "police_officer", "police_head", lambda c: {"unit": c.units["police"], "content": content("Mới"), "recipients": [c.units["customs"]]}, ("item.create",)),
    Case(N.edit_item, "police_officer", "police_head", item("police_draft", content={"title": "Khác"}), ("item.edit",)),
    Case(N.submit_item, "police_officer", "police_head", item("police_draft"), ("item.submit",)),
    Case(N.return_item, "police_head", "police_officer", item("police_submitted", reason="Thiếu."), ("item.return",)),
    Case(N.release_item, "police_head", "police_officer", lambda c: approved(c, "police_submitted", "customs", "border"), ("item.release",)),
    Case(N.share_item, "police_head", "police_officer", lambda c: approved(c, "police_opened", "coast"), ("item.share",)),
    Case(N.correct_item, "police_officer", "police_head", item("police_opened", content={"title": "Khác"}, reason="Sai."), ("item.correct",)),
    Case(N.withdraw_correction, "police_officer", "police_analyst", item("police_correcting"), ("item.withdraw_correction",)),
    Case(N.release_correction, "police_head", "police_officer", lambda c: {"item": c.items["police_correcting"], "preview": approved(c, "police_correcting", "customs")["preview"]}, ("item.release_correction",)),
    Case(N.ask_consent, "customs_analyst", "police_officer", delivery("police_opened", kind="quote", purpose="Báo cáo."), ("consent.ask",)),
    Case(N.grant_consent, "police_head", "police_officer", lambda c: {"consent": c.consents["asked"]}, ("consent.grant",)),
    Case(N.refuse_consent, "police_head", "police_officer", lambda c: {"consent": c.consents["asked"], "reason": "Không."}, ("consent.refuse",)),
    Case(N.revoke_consent, "police_head", "police_officer", lambda c: {"consent": c.consents["granted"], "reason": "Rút."}, ("consent.revoke",)),
    Case(N.withdraw_consent, "customs_analyst", "police_officer", lambda c: {"consent": c.consents["asked"]}, ("consent.withdraw",)),
    Case(N.pass_on, "customs_focal_point", "customs_officer", free_to_pass, ("delivery.pass_on",)),
    Case(R.acknowledge_correction, "customs_focal_point", "customs_officer", delivery("police_corrected"), ("delivery.acknowledge_correction",)),
    Case(R.acknowledge_recall, "customs_focal_point", "customs_officer", delivery("police_recalled"), ("delivery.acknowledge_recall",)),
    Case(R.confirm_disposal, "customs_focal_point", "customs_officer", delivery("police_recalled", disposal="destroyed"), ("delivery.confirm_disposal",)),
    Case(T.create_docket, "police_officer", "police_analyst", lambda c: {"unit": c.units["police"], "card": CARD}, ("docket.create",)),
    Case(T.tell_docket, "police_head", "police_officer", lambda c: {"docket": held(c), "units": [c.units["coast"]]}, ("docket.tell",)),
    Case(T.end_docket, "police_head", "police_officer", lambda c: {"docket": held(c), "action": "destroy", "reason": "Hủy."}, ("docket.destroy",)),
    Case(D.delegate, "police_head", "police_officer", delegation, ("delegation.give",)),
    Case(D.revoke_delegation, "police_head", "police_officer", lambda c: {"delegation": next(iter(c.delegations.values()))}, ("delegation.revoke",)),
    Case(N.recall_item, "police_head", "police_officer", item("police_released_to_two", reason="Rút."), ("item.recall",)),
    Case(R.open_delivery, "customs_officer", "border_officer", delivery("police_released_to_customs"), ("delivery.open",)),
    Case(R.acknowledge_delivery, "customs_focal_point", "customs_officer", delivery("police_released_to_customs"), ("delivery.acknowledge",)),
    Case(R.assign_delivery, "customs_focal_point", "customs_officer", delivery("police_opened", username="customs_analyst"), ("delivery.assign",)),
    Case(R.evaluate_delivery, "customs_analyst", "customs_officer", delivery("police_acknowledged", usefulness="known"), ("delivery.evaluate",)),
    Case(R.use_delivery, "customs_officer", "border_officer", delivery("police_evaluated"), ("delivery.use",)),
    Case(K.open_case, "police_officer", "police_analyst", lambda c: {"unit": c.units["police"], "kind": "case", "title": "Mới", "area": area(), "opened_on": DAY, "participants": [(c.units["customs"], "co_lead")]}, ("case.open",)),
    Case(K.edit_case, "police_officer", "customs_officer", case(content={"title": "Khác"}), ("case.edit",)),
    Case(K.close_case, "police_officer", "customs_officer", case(result="Xong."), ("case.close",)),
    Case(K.reopen_case, "police_officer", "customs_officer", lambda c: {"case": c.cases["case_closed"], "reason": "Mới."}, ("case.reopen",)),
    Case(K.add_participation, "police_officer", "customs_officer", lambda c: {"case": opened(c), "unit": c.units["coast"], "role": "coordinator"}, ("case.add_participation",)),
    Case(K.end_participation, "police_officer", "customs_officer", lambda c: {"participation": row(opened(c), "border")}, ("case.end_participation",)),
    Case(K.confirm_participation, "customs_head", "customs_officer", lambda c: {"participation": row(opened(c), "customs")}, ("case.confirm",)),
    Case(K.add_lot, "police_officer", "customs_officer", seized, ("case.add_lot",)),
    Case(K.weigh_lot, "police_officer", "customs_officer", lambda c: {"lot": lot(c, opened(c)), "raw_text": "1 kg", "value": Decimal(1), "unit": UnitOfMeasure.objects.get(code="kg")}, ("case.weigh_lot",)),
    Case(K.link_item, "customs_officer", "border_officer", lambda c: {"case": opened(c), "delivery": delivered(c)}, ("delivery.use", "case.link_item")),
    Case(F.create_conference, SEC, "police_officer", lambda _c: {"code": "moi", "content": {"kind": "other", "title_vi": "Mới", "host_agency": meetings.agency("POLICE")}}, ("conference.create",)),
    Case(F.edit_conference, SEC, STRANGER, conference(meetings.planned, content={"title_en": "Other"}), ("conference.edit",)),
    Case(F.convene_conference, SEC, STRANGER, conference(meetings.planned, held_on=meetings.HELD), ("conference.convene",)),
    Case(F.complete_minutes, SEC, STRANGER, conference(meetings.convened, minutes_vi="Biên bản."), ("conference.minute",)),
    Case(F.approve_minutes, SEC, STRANGER, conference(meetings.minuted), ("conference.approve",)),
    Case(F.add_attendance, SEC, STRANGER, conference(meetings.planned, office_vi="Phòng"), ("conference.add_attendance",)),
    Case(F.add_resolution, SEC, STRANGER, conference(meetings.convened, text_vi="Nghị quyết"), ("conference.add_resolution",)),
    Case(F.add_action_item, SEC, STRANGER, conference(meetings.convened, text_vi="Việc"), ("action_item.create",)),
    Case(F.close_action_item, SEC, STRANGER, lambda c: {"item": meetings.task(c, meetings.convened(c)), "evidence": "Công văn."}, ("action_item.close",)),
    Case(F.drop_action_item, SEC, STRANGER, lambda c: {"item": meetings.task(c, meetings.convened(c)), "reason": "Thôi."}, ("action_item.drop",)),
    Case(S.create_statement, "police_officer", "police_head", lambda c: {"unit": c.units["police"], "period": Period.parse("2023-Q1"), "figures": figures()}, ("statement.create",)),
    Case(S.set_figures, "police_officer", "police_head", lambda c: {"statement": c.statements["police_draft"], "figures": figures()}, ("statement.set_figures",)),
    Case(S.confirm_statement, "police_head", "police_officer", lambda c: {"statement": c.statements["police_draft"]}, ("statement.confirm",)),
    Case(reports.prefill.prefill_statement, "police_officer", "police_head", lambda c: {"statement": spring(c)}, ("statement.set_figures",)),
    Case(reports.importing.import_sheet, "police_officer", "police_head", sheet, ("statement.set_figures", "statement.import")),
    Case(reports.importing.take_figures, "police_officer", "police_head", lambda c: {"statement": c.statements["police_draft"], "figures": figures()}, ("statement.set_figures", "statement.import")),
    Case(reports.reconciliation.explain_difference, "police_officer", "police_analyst", off_by_two, ("difference.explain",)),
    Case(reports.asking.ask_report, "police_officer", "former", lambda _c: {"period": Period.parse("2024-Q2"), "language": "vi", "file_format": "json"}, ("report.ask",)),
    Case(reports.asking.take_report, "police_officer", "police_head", lambda c: {"report": finished(c)}, ("report.download",)),
)  # fmt: skip

IDS = [c.action.__name__ for c in CASES]
one_by_one = pytest.mark.parametrize("told", CASES, ids=IDS)


def actions_of(module: ModuleType) -> set[str]:
    """Public functions that take who does it."""
    found = {name for name in getattr(module, "__all__", vars(module)) if inspect.isfunction(getattr(module, name))}
    ours = module.__name__
    return {
        name
        for name in found
        if not name.startswith("_")
        and getattr(module, name).__module__.startswith(ours)
        and "by" in inspect.signature(getattr(module, name)).parameters
    }


def test_every_public_action_stands_in_the_table() -> None:
    public = {name for module in MODULES for name in actions_of(module)}
    assert public - NO_WRITE - set(IDS) == set()
    assert len(IDS) == len(set(IDS)) >= 40


def act(cast: Cast, told: Case, by: str, given: Prepared) -> None:
    told.action(by=cast.again(by), **given)


@one_by_one
def test_an_action_leaves_its_events_once(cast: Cast, log: Log, told: Case) -> None:
    given = told.given(cast)
    log.mark()
    act(cast, told, told.by, given)
    assert log.told() == [(event, told.by) for event in told.events]
    assert {event.outcome for event in log.events()} == {"done"}
    assert all(event.object_id and event.object_ref for event in log.events())


@one_by_one
def test_an_action_rolled_back_leaves_none(cast: Cast, log: Log, told: Case) -> None:
    given = told.given(cast)
    log.mark()
    with transaction.atomic():
        act(cast, told, told.by, given)
        transaction.set_rollback(True)
    assert log.events() == []


@one_by_one
def test_a_refused_action_leaves_none_of_its_own(cast: Cast, log: Log, told: Case) -> None:
    given = told.given(cast)
    log.mark()
    with pytest.raises(NotPermitted):
        act(cast, told, told.stranger, given)
    assert log.events() == []


def test_what_changes_nothing_leaves_nothing(cast: Cast, log: Log) -> None:
    revoked = agencies.actions.revoke_key(key=key(cast), by=cast.customs_admin)
    log.mark()
    agencies.actions.revoke_key(key=revoked, by=cast.customs_admin)
    reader = User.objects.get(pk=cast.customs_officer.pk)
    opened_already = Delivery.objects.get(pk=cast.delivery("police_opened").pk)
    registry.information.receipts.note_opening(item=opened_already.item, by=reader)
    assert log.events() == []
