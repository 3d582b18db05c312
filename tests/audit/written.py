"""The table of all actions: who does it, who may not, on what, and the events it leaves. Written by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import agencies.actions
import agencies.delegations
import registry.cases.actions
import registry.conferences.actions
import registry.information.actions
import registry.information.attachments
import registry.information.dockets
import registry.information.receipts
import registry.notices.actions
import registry.reorganisations.actions
import registry.requests.actions
import reports.actions
import reports.importing
import reports.narrating
import reports.prefill
import reports.preparing
import reports.reconciliation
import reports.scorecard
import reports.sealing
import reports.taking
from agencies.models import ApiKey, Membership, Unit
from agencies.roles import Role, Scope
from registry.commendations.actions import decline_nomination, nominate, record_award, withdraw_nomination
from registry.periods import Period
from registry.received import ReceivedFile
from registry.reference.models import Metric, Substance, UnitOfMeasure
from registry.reorganisations.preview import preview_of
from reports import asking
from reports.actions import FigureInput
from reports.making import make_report
from reports.models import Statement
from reports.papers.issuing import register_conference_paper
from reports.series import Series
from reports.sheets import write_sheet
from tests.cases.stories import area, delivered, halves, hand_over, lot, opened, row, team, two_lots
from tests.cast import Cast, content
from tests.commendations import stories as commendations
from tests.conferences import stories as meetings
from tests.information.files import attach
from tests.information.samples import TEXT
from tests.reports.issued import SIGNED
from tests.reports.issued import approved as approved_minutes
from tests.reports.sealed import NOBODY_STATED, NOTE, prepared, sealed
from tests.requests.stories import content as asked
from tests.requests.stories import drafted

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


def invited(cast: Cast) -> Prepared:
    meetings.reached(cast.units["customs"])
    return {"conference": meetings.planned(cast)}


def reordered(cast: Cast) -> Prepared:
    one = meetings.planned(cast)
    return {"conference": one, "order": [point.number for point in one.agenda.all()]}


def answered(cast: Cast) -> Prepared:
    proposal = meetings.proposed(cast, meetings.convened(cast))
    registry.conferences.actions.send_proposal(resolution=proposal, by=cast.secretariat, sent_on=meetings.HELD)
    return {"resolution": proposal, "text": "Đồng ý.", "answered_on": meetings.HELD}


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


def to_seal(cast: Cast) -> Prepared:
    """A prepared report, with what its sealer says."""
    report = prepared(cast)
    return {
        "report": report,
        "expected_sha256": report.document_sha256,
        "without": NOBODY_STATED,
        "note": NOTE,
    }


def renaming(cast: Cast) -> Prepared:
    """What a plan to rename a unit of the police says."""
    plan = {"units": ["police_south"], "name_vi": "Tên mới"}
    day = date(2030, 7, 1)
    return {"unit": cast.units["police"], "kind": "rename", "takes_effect_on": day, "reason": "Mẫu.", "plan": plan}


def to_apply(cast: Cast) -> Prepared:
    by = cast.again("police_admin")
    planned = G.plan_reorganisation(by=by, **renaming(cast))
    return {"reorganisation": planned, "preview": preview_of(planned, by=by).hash}


def to_undo(cast: Cast) -> Prepared:
    return {"reorganisation": G.apply_reorganisation(by=cast.again("police_admin"), **to_apply(cast)), "reason": "Mẫu."}


def finished(cast: Cast) -> Any:
    wanted = {"period": Period.parse("2024-Q2"), "language": "vi", "file_format": "json"}
    return make_report(report_id=asking.ask_report(by=cast.police_officer, **wanted).pk)


def approved(cast: Cast, story: str, *to: str) -> Prepared:
    """The item, the units and the preview that shows them."""
    units, one = [cast.units[code] for code in to], cast.items[story]
    seen = N.preview_release(item=one, by=cast.police_head, recipients=units)
    return {"item": one, "recipients": units, "preview": seen.hash}


def free_to_pass(cast: Cast) -> Prepared:
    """A delivery whose passage to the coast guard is consented to."""
    sent, coast = cast.delivery("police_opened"), cast.units["coast"]
    wanted = N.ask_consent(delivery=sent, by=cast.customs_analyst, kind="onward", purpose="x", units=[coast])
    N.grant_consent(consent=wanted, by=cast.police_head)
    return {"delivery": sent, "units": [coast]}


def request(story: str, **more: Any) -> Callable[[Cast], Prepared]:
    return lambda cast: {"request": cast.requests[story], **more}


def sendable(cast: Cast) -> Prepared:
    """A draft that lacks nothing."""
    return {"request": drafted(cast)}


def notice(cast: Cast) -> Prepared:
    return {"notice": cast.notices["customs_focal_point"]}


def file(_cast: Cast) -> ReceivedFile:
    """On disk until the test closes it."""
    return ReceivedFile.of(TEXT, "biên bản.txt")


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
G = registry.reorganisations.actions
Q, M, H = registry.requests.actions, registry.notices.actions, registry.information.attachments
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
    Case(N.release_correction, "police_head", "police_officer", lambda c: {"item": c.items["police_correcting"], "preview": N.preview_release(item=c.items["police_correcting"], by=c.police_head).hash}, ("item.release_correction",)),
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
    Case(K.reweigh_lot, "police_officer", "customs_officer", lambda c: {"lot": two_lots(c)[0], "raw_text": "3 kg", "value": Decimal(3), "unit": UnitOfMeasure.objects.get(code="kg"), "reason": "Cân lại."}, ("case.reweigh_lot",)),
    Case(K.link_item, "customs_officer", "border_officer", lambda c: {"case": opened(c), "delivery": delivered(c)}, ("delivery.use", "case.link_item")),
    Case(K.add_entry, "police_officer", "customs_analyst", case(happened_on=DAY, text="Họp."), ("case.add_entry",)),
    Case(K.set_up_task_force, "police_officer", "customs_officer", lambda c: {"case": opened(c), **team(c)}, ("case.set_up_task_force",)),
    Case(K.end_task_force, "police_officer", "customs_officer", lambda c: {"task_force": K.set_up_task_force(case=opened(c), by=c.police_officer, **team(c))}, ("case.end_task_force",)),
    Case(K.receive_hand_over, "customs_head", "police_head", lambda c: {"hand_over": hand_over(c)}, ("case.receive_hand_over",)),
    Case(K.record_custody, "police_officer", "customs_officer", lambda c: {"lot": two_lots(c)[0], "to_unit": c.units["police"], "store": "Kho", "happened_on": DAY}, ("case.record_custody",)),
    Case(K.split_lot, "police_officer", "customs_officer", lambda c: {"lot": two_lots(c)[0], "parts": halves(), "reason": "Mẫu."}, ("case.split_lot",)),
    Case(K.merge_lots, "police_officer", "customs_officer", lambda c: {"lots": two_lots(c), "reason": "Gộp."}, ("case.merge_lots",)),
    Case(K.compare_lots, "police_officer", "customs_officer", lambda c: dict(zip(("lot", "other"), two_lots(c), strict=True), verdict="duplicate", reason="Trùng."), ("case.compare_lots",)),
    Case(nominate, "police_officer", "customs_officer", commendations.content, ("commendation.nominate",)),
    Case(record_award, "police_head", "customs_head", lambda c: {"commendation": commendations.nominated(c), "awarded_on": commendations.AWARDED, "document_number": "15"}, ("commendation.award",)),
    Case(decline_nomination, "police_head", "customs_head", lambda c: {"commendation": commendations.nominated(c), "reason": "Chưa đủ."}, ("commendation.decline",)),
    Case(withdraw_nomination, "police_officer", "customs_officer", lambda c: {"commendation": commendations.nominated(c), "reason": "Trùng."}, ("commendation.withdraw",)),
    Case(register_conference_paper, SEC, STRANGER, conference(approved_minutes, kind="notice", signed_on=SIGNED, signer="Mẫu"), ("paper.register", "conference_paper.issue")),
    Case(F.create_conference, SEC, "police_officer", lambda _c: {"code": "moi", "content": {"kind": "other", "title_vi": "Mới", "host_agency": meetings.agency("POLICE")}}, ("conference.create",)),
    Case(F.edit_conference, SEC, STRANGER, conference(meetings.planned, content={"title_en": "Other"}), ("conference.edit",)),
    Case(F.convene_conference, SEC, STRANGER, conference(meetings.planned, held_on=meetings.HELD), ("conference.convene",)),
    Case(F.complete_minutes, SEC, STRANGER, conference(meetings.convened, minutes_vi="Biên bản."), ("conference.minute",)),
    Case(F.approve_minutes, SEC, STRANGER, conference(meetings.minuted), ("conference.approve",)),
    Case(F.add_attendance, SEC, STRANGER, conference(meetings.planned, office_vi="Phòng"), ("conference.add_attendance",)),
    Case(F.add_resolution, SEC, STRANGER, conference(meetings.convened, text_vi="Nghị quyết"), ("conference.add_resolution",)),
    Case(F.invite_focal_points, SEC, STRANGER, invited, ("conference.invite",)),
    Case(F.record_attendance, SEC, STRANGER, lambda c: {"conference": meetings.seated(c, meetings.planned(c)).conference, "presence": {1: "absent"}}, ("conference.record_attendance",)),
    Case(F.fill_agenda, SEC, STRANGER, conference(meetings.planned), ("conference.fill_agenda",)),
    Case(F.add_agenda_point, SEC, STRANGER, conference(meetings.planned, text_vi="Việc"), ("conference.add_agenda_point",)),
    Case(F.reorder_agenda, SEC, STRANGER, reordered, ("conference.reorder_agenda",)),
    Case(F.withdraw_agenda_point, SEC, STRANGER, lambda c: {"point": F.add_agenda_point(conference=meetings.planned(c), by=c.secretariat, text_vi="Việc"), "reason": "Thôi."}, ("conference.withdraw_agenda_point",)),
    Case(F.add_paper, SEC, STRANGER, conference(meetings.planned, title_vi="Báo cáo", copies=2), ("conference.add_paper",)),
    Case(F.issue_copies, SEC, STRANGER, lambda c: {"paper": meetings.paper(c, meetings.planned(c)), "units": [c.units["customs"]]}, ("conference.issue_copies",)),
    Case(F.return_copy, SEC, STRANGER, lambda c: {"copy": F.issue_copies(paper=meetings.paper(c, meetings.planned(c)), by=c.secretariat, units=[c.units["customs"]])[0]}, ("conference.return_copy",)),
    Case(F.give_assent, "customs_head", "north_head", lambda c: {"resolution": meetings.waiting(c, meetings.convened(c))}, ("conference.assent",)),
    Case(F.set_aside_resolution, SEC, STRANGER, lambda c: {"resolution": meetings.waiting(c, meetings.convened(c)), "reason": "Không thống nhất."}, ("conference.set_aside",)),
    Case(F.send_proposal, SEC, STRANGER, lambda c: {"resolution": meetings.proposed(c, meetings.convened(c)), "sent_on": meetings.HELD}, ("conference.send_proposal",)),
    Case(F.answer_proposal, SEC, STRANGER, answered, ("conference.answer_proposal",)),
    Case(F.add_evidence, SEC, STRANGER, lambda c: {"item": meetings.task(c, meetings.convened(c)), "text": "Dự thảo."}, ("action_item.add_evidence",)),
    Case(F.add_action_item, SEC, STRANGER, conference(meetings.convened, text_vi="Việc"), ("action_item.create",)),
    Case(F.close_action_item, SEC, STRANGER, lambda c: {"item": meetings.task(c, meetings.convened(c)), "evidence": "Công văn."}, ("action_item.close",)),
    Case(F.edit_action_item, SEC, STRANGER, lambda c: {"item": meetings.task(c, meetings.convened(c)), "content": {"due_on": meetings.HELD}}, ("action_item.edit",)),
    Case(F.drop_action_item, SEC, STRANGER, lambda c: {"item": meetings.task(c, meetings.convened(c)), "reason": "Thôi."}, ("action_item.drop",)),
    Case(S.create_statement, "police_officer", "police_head", lambda c: {"unit": c.units["police"], "period": Period.parse("2023-Q1"), "figures": figures()}, ("statement.create",)),
    Case(S.set_figures, "police_officer", "police_head", lambda c: {"statement": c.statements["police_draft"], "figures": figures()}, ("statement.set_figures",)),
    Case(S.confirm_statement, "police_head", "police_officer", lambda c: {"statement": c.statements["police_draft"]}, ("statement.confirm",)),
    Case(reports.prefill.prefill_statement, "police_officer", "police_head", lambda c: {"statement": spring(c)}, ("statement.set_figures",)),
    Case(reports.importing.import_sheet, "police_officer", "police_head", sheet, ("statement.set_figures", "statement.import")),
    Case(reports.importing.take_figures, "police_officer", "police_head", lambda c: {"statement": c.statements["police_draft"], "figures": figures()}, ("statement.set_figures", "statement.import")),
    Case(reports.reconciliation.explain_difference, "police_officer", "police_analyst", off_by_two, ("difference.explain",)),
    Case(G.plan_reorganisation, "police_admin", "customs_admin", renaming, ("reorganisation.plan",)),
    Case(G.change_plan, "police_admin", "customs_admin", lambda c: {"reorganisation": to_apply(c)["reorganisation"], "changes": {"reason": "Khác."}}, ("reorganisation.change",)),
    Case(G.apply_reorganisation, "police_admin", "customs_admin", to_apply, ("reorganisation.apply",)),
    Case(G.undo_reorganisation, "police_admin", "customs_admin", to_undo, ("reorganisation.undo",)),
    Case(reports.narrating.write_narrative, SEC, "police_officer", lambda _c: {"period": Period.parse("2019-Q1"), "part": "situation", "language": "vi", "text": "Yên tĩnh."}, ("report_text.write",)),
    Case(reports.scorecard.read_scorecard, "police_analyst", "police_officer", lambda _c: {"period": Period.parse("2024-Q2")}, ("scorecard.read",)),
    Case(asking.ask_report, "police_officer", "former", lambda _c: {"period": Period.parse("2024-Q2"), "language": "vi", "file_format": "json"}, ("report.ask",)),
    Case(asking.take_report, "police_officer", "police_head", lambda c: {"report": finished(c)}, ("report.download",)),
    Case(reports.preparing.prepare_report, "secretariat", "police_head", lambda _c: {"period": Period.parse("2024-Q2")}, ("sealed_report.prepare",)),
    Case(reports.preparing.withdraw_report, "police_head", "customs_head", lambda c: {"report": prepared(c), "reason": "Sai."}, ("sealed_report.withdraw",)),
    Case(reports.sealing.seal_report, "police_head", "secretariat", to_seal, ("paper.register", "sealed_report.seal")),
    Case(reports.taking.take_file, "coast_officer", "former", lambda c: {"report": sealed(c), "language": "vi", "file_format": "pdf"}, ("report.download",)),
    Case(reports.taking.take_package, "police_head", "coast_officer", lambda c: {"report": sealed(c)}, ("report.download",)),
    Case(reports.taking.verify_sealed, "police_head", "coast_officer", lambda c: {"report": sealed(c)}, ("sealed_report.verify",)),
    Case(Q.create_request, "police_officer", "police_head", lambda c: {"unit": c.units["police"], "content": asked(c)}, ("request.create",)),
    Case(Q.edit_request, "police_officer", "police_head", request("request_draft", content={"subject": "Khác"}), ("request.edit",)),
    Case(Q.discard_request, "police_officer", "customs_officer", request("request_draft"), ("request.discard",)),
    Case(Q.send_request, "police_head", "police_officer", sendable, ("request.send",)),
    Case(Q.withdraw_request, "police_head", "police_officer", request("request_sent", reason="Đã có."), ("request.withdraw",)),
    Case(Q.reopen_request, "police_head", "police_officer", request("request_answered", reason="Chưa đủ."), ("request.reopen",)),
    Case(Q.receive_request, "customs_focal_point", "customs_officer", request("request_sent"), ("request.receive",)),
    Case(Q.draft_answer, "customs_officer", "customs_focal_point", request("request_received", kind="answered", text="Hai xe."), ("request.draft_answer",)),
    Case(Q.give_answer, "customs_head", "customs_officer", request("request_received"), ("request.answer",)),
    Case(Q.refuse_request, "customs_head", "customs_officer", request("request_received", reason="secrecy"), ("request.refuse",)),
    Case(Q.write_message, "customs_analyst", "border_analyst", request("request_received", text="Xe nào?"), ("request.message",)),
    Case(M.mark_read, "customs_focal_point", "customs_officer", notice, ("notice.read",)),
    Case(M.mark_all_read, "customs_focal_point", "operator", nothing, ("notice.read_all",)),
    Case(M.set_preference, "customs_focal_point", "operator", lambda _c: {"kind": "*", "email": "never"}, ("notice.choose",)),
    Case(M.set_preferences, "customs_focal_point", "operator", lambda _c: {"preferences": [{"kind": "*", "email": "never"}], "email": "f@example.org"}, ("user.set_email", "notice.choose")),
    Case(H.attach_file, "police_officer", "police_head", lambda c: {"item": c.items["police_draft"], "file": file(c)}, ("item.edit", "attachment.add")),
    Case(H.remove_attachment, "police_officer", "police_head", lambda c: {"attachment": attach(c.items["police_draft"], c.police_officer)}, ("item.edit", "attachment.remove")),
)  # fmt: skip
