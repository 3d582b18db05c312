"""Checks of conferences: who writes them, what stands when they meet, whose assent is missing."""

from tests.proofs.mutation.mutant import Mutant, of

MEETINGS = "tests/conferences/test_workflow.py"
RULES = "tests/conferences/test_rules.py"
ATTENDANCE = "tests/conferences/test_attendance.py"
AGENDA = "tests/conferences/test_agenda.py"
ASSENTS = "tests/conferences/test_assents.py"
PAPERS = "tests/conferences/test_papers.py"
HTTP = "tests/conferences/test_api_outcomes.py"
PAGES = "tests/conferences/test_admin.py"

# fmt: off
MUTANTS: list[Mutant] = [
    *of(
        "registry/conferences/actions/writing.py",
        MEETINGS,
        ("anybody-writes-conferences", "if not units or (named and not", "if False and (named and not"),
        ("secretariats-write-what-others-host", "if not units or (named and not Unit.objects.filter(pk__in=units, agency_id__in=named).exists()):", "if not units:"),
        ("stale-conferences-are-written", "    if expected_revision is not None and fresh.revision != expected_revision:\n        raise Stale\n", "", RULES),
        ("approved-minutes-are-written", "if conference.status == ConferenceStatus.APPROVED:", "if False:", f"{MEETINGS} {RULES}"),
        ("lists-are-written-after-the-meeting", "if conference.status != ConferenceStatus.PLANNED:", "if False:", f"{MEETINGS} {ATTENDANCE}"),
        ("outcomes-before-the-conference", "if conference.status == ConferenceStatus.PLANNED:", "if False:"),
    ),
    *of(
        "registry/conferences/actions/conference.py",
        RULES,
        ("held-on-a-day-to-come", "if conference.held_on is not None and conference.held_on > today():", "if False:"),
        ("minutes-without-words", "    if not conference.minutes_vi.strip():\n", "    if False:\n"),
        ("anything-of-a-conference-is-written", "    unknown = set(content) - EDITABLE\n", "    unknown: set[str] = set()\n"),
        ("whoever-moves-a-conference-needs-nothing", "    require_writer(by, conference.host_agency_id)\n    return conference, step", "    return conference, step", MEETINGS),
        ("convened-with-attendance-unsaid", "    require_presence(conference)\n", "", ATTENDANCE),
        ("nothing-is-carried-when-it-meets", "    carry(conference, at or timezone.now())\n", "", AGENDA),
        ("approved-without-assents", "    require_assents(conference)\n", "", ASSENTS),
    ),
    *of(
        "registry/conferences/actions/action_items.py",
        MEETINGS,
        ("assignees-set-their-own-day", "    require_writer(by, item.conference.host_agency_id)\n", "", PAPERS),
        ("what-was-decided-of-a-task-is-changed", "    if faults or not given:\n", "    if not given:\n", PAPERS),
        ("anybody-sets-work", "    require_writer(by, conference.host_agency_id)\n", ""),
        ("anybody-ends-work", "    require_writer(by, item.conference.host_agency_id, item.assignee_agency_id)\n", ""),
        ("stale-work-is-ended", "        raise Stale\n", "        pass\n", RULES),
        ("evidence-names-items-unseen", "InformationItem.objects.visible_to(by).filter(pk=shown.pk)", "InformationItem.objects.filter(pk=shown.pk)", PAPERS),
    ),
    *of(
        "registry/conferences/actions/attendance.py",
        ATTENDANCE,
        ("offices-are-invited-twice", "or (pk, office.office_vi) in listed", "or False"),
        ("focal-points-of-another-day", "FocalPoint.objects.as_of(day)", "FocalPoint.objects.all()"),
    ),
    *of(
        "registry/conferences/actions/resolutions.py",
        ASSENTS,
        ("provincial-heads-speak-for-the-agency", ", level__in=SPEAKS)", ")"),
        ("agencies-speak-for-others", "units.filter(agency=agency) if agency is not None else units", "units"),
        ("objections-without-a-reason", "if answer == Answer.OBJECTS and not reason.strip():", "if False:"),
        ("the-same-word-twice", "if said is not None and said.answer == answer:", "if False:"),
        ("anybody-sends-proposals", "    require_writer(by, conference.host_agency_id)\n    resolution = ", "    resolution = "),
    ),
    *of(
        "registry/conferences/actions/papers.py",
        PAPERS,
        ("more-copies-than-there-are", "    if len(units) > left:\n", "    if False:\n"),
        ("anybody-takes-copies-back", "    require_writer(by, conference.host_agency_id)\n", ""),
    ),
    *of(
        "registry/conferences/actions/agenda.py",
        AGENDA,
        ("withdrawn-points-are-rewritten", "elif point.withdrawn_reason or (", "elif ("),
        ("an-order-leaves-points-out", "if sorted(order) != standing:", "if False:"),
    ),
    *of(
        "registry/conferences/agenda.py",
        AGENDA,
        ("small-counts-are-told", "FEW if count < SMALL else count", "count"),
        ("later-conferences-are-carried-back", "found = found.exclude(conference__held_on__gte=conference.held_on)", "pass"),
    ),
    *of(
        "registry/conferences/api/prepared.py",
        HTTP,
        ("evidence-reveals-items", "seen = InformationItem.objects.visible_to(reader)", "seen = InformationItem.objects.all()"),
    ),
    *of(
        "registry/conferences/api/action_items.py",
        HTTP,
        ("items-unseen-are-looked-up", "InformationItem.objects.visible_to(self.person).filter(reference", "InformationItem.objects.filter(reference"),
    ),
    *of(
        "registry/conferences/admin/action_items.py",
        PAGES,
        ("the-page-of-evidence-reveals-items", "seen = InformationItem.objects.visible_to(person(request))", "seen = InformationItem.objects.all()"),
    ),
    *of(
        "registry/conferences/models/base.py",
        RULES,
        ("conferences-are-open", "return self.all() if user.holds(Permission.CONFERENCE_READ) else self.none()", "return self.all()"),
    ),
]
# fmt: on
