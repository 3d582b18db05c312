"""Lists and outcomes of conferences: offices, agenda, papers, resolutions, evidence."""

from dataclasses import replace
from datetime import date
from typing import Any

from registry.conferences import actions
from registry.conferences.models import Conference, ConferencePaper, Resolution
from tests.access import things
from tests.access.route import Body, Route, same
from tests.cast import Cast

CONFERENCES, ACTION_ITEMS = things.conferences(), things.action_items()
OF_THE_HOST = {name: replace(thing, agencies=("police",)) for name, thing in ACTION_ITEMS.items()}
"""What the host alone decides: not the agency that has to do it."""
HELD = {status: CONFERENCES[status] for status in ("convened", "minuted")}


def conference(verb: str, act: str, body: Body) -> Route:
    return Route("POST", f"conferences/<uuid:pk>/{verb}", "public", act, CONFERENCES, body)


def order(cast: Cast, name: str) -> dict[str, Any]:
    return {"order": [p.number for p in cast.conferences[name].agenda.all() if not p.withdrawn_reason]}


def first_point(cast: Cast, name: str) -> dict[str, Any]:
    return {"number": 1, "reason": "Thôi."}


def resolution(kind: str) -> Any:
    """A resolution of the conference, made on the spot: one that waits for assent, or a proposal."""

    def made(cast: Cast, name: str) -> Resolution:
        what = {"kind": "proposal", "addressee_vi": "Bộ"} if kind == "proposal" else {"needs_assent": True}
        found = cast.conferences[name].resolutions.filter(**what).first()
        return found or actions.add_resolution(
            conference=cast.conferences[name], by=cast.again("secretariat"), text_vi="Việc", **what
        )

    return made


def sent(cast: Cast, name: str) -> Resolution:
    one = resolution("proposal")(cast, name)
    if not hasattr(one, "proposal_answer"):
        actions.send_proposal(resolution=one, by=cast.again("secretariat"), sent_on=date(2024, 8, 14))
    return one


def paper_of(one: Conference, cast: Cast) -> ConferencePaper:
    made = one.papers.first()
    return made or actions.add_paper(conference=one, by=cast.again("secretariat"), title_vi="Báo cáo", copies=2)


def issued(cast: Cast, name: str) -> Conference:
    """The conference, with a copy of its paper with customs."""
    one = cast.conferences[name]
    paper = paper_of(one, cast)
    if not paper.issued.exists():
        actions.issue_copies(paper=paper, by=cast.again("secretariat"), units=[cast.units["customs"]])
    return one


def on_paper(cast: Cast, name: str) -> Conference:
    one = cast.conferences[name]
    paper_of(one, cast)
    return one


def on_resolution(verb: str, act: str, body: Body, of: Any) -> Route:
    return Route("POST", f"resolutions/<uuid:pk>/{verb}", "public", act, HELD, body, of=of)


EARLY = {name: CONFERENCES[name] for name in ("planned", "convened", "minuted")}

ROUTES: list[Route] = [
    conference("invitations", "conference.invite", same()),
    conference("record-attendance", "conference.tick", same(offices=[])),
    Route("GET", "conferences/<uuid:pk>/agenda", "public", things=CONFERENCES),
    conference("agenda", "conference.agenda", same(text_vi="Việc")),
    conference("fill-agenda", "conference.reorder", same()),
    conference("reorder-agenda", "conference.reorder", order),
    conference("withdraw-agenda-point", "conference.reorder", first_point),
    Route("GET", "conferences/<uuid:pk>/papers", "public", things=CONFERENCES),
    conference("papers", "conference.paper", same(title_vi="Báo cáo", copies=2)),
    Route(
        "POST",
        "conferences/<uuid:pk>/issue-copies",
        "public",
        "conference.copy",
        EARLY,
        same(paper=1, units=["customs"]),
        of=on_paper,
    ),
    Route(
        "POST",
        "conferences/<uuid:pk>/return-copy",
        "public",
        "conference.copy",
        EARLY,
        same(paper=1, copy_number=1),
        of=issued,
    ),
    Route("GET", "resolutions", "public"),
    Route("GET", "resolutions/<uuid:pk>", "public", things=HELD, of=resolution("assent")),
    on_resolution("assent", "conference.assent", same(), resolution("assent")),
    on_resolution("set-aside", "conference.set_aside", same(reason="Không thống nhất."), resolution("assent")),
    on_resolution("send", "conference.set_aside", same(sent_on="2024-08-14"), resolution("proposal")),
    on_resolution("record-answer", "conference.set_aside", same(text="Có.", answered_on="2024-09-01"), sent),
    Route("GET", "action-items/board", "public"),
    Route("PATCH", "action-items/<uuid:pk>", "public", "action_item.decide", OF_THE_HOST, same(due_on="2024-10-01")),
    Route(
        "POST", "action-items/<uuid:pk>/add-evidence", "public", "action_item.show", ACTION_ITEMS, same(text="Dự thảo.")
    ),
]
