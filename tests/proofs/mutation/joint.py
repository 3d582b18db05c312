"""Checks of cases, conferences, published documents, statements and reports."""

from tests.proofs.mutation.mutant import Mutant, of

CASES = "tests/cases/test_workflow.py"
CASE_RULES = "tests/cases/test_rules.py"
CASES_SEEN = "tests/cases/test_visibility.py"
YIELDS = "tests/cases/test_yields.py"
CASE_API = "tests/cases/test_api.py"
MEETINGS = "tests/conferences/test_workflow.py"
MEETING_RULES = "tests/conferences/test_rules.py"
STATEMENTS = "tests/reports/test_statements.py"
ASKING = "tests/reports/test_asking.py"
EDITIONS = "tests/reports/test_editions.py"
STATED = "tests/reports/test_visibility.py"

# fmt: off
MUTANTS: list[Mutant] = [
    *of(
        "registry/cases/models/case.py",
        CASES_SEEN,
        ("cases-are-seen-by-all", 'return self.filter(pk__in=Participation.objects.filter(unit_id__in=units).values("case_id"))', "return self.all()"),
        ("cases-are-seen-by-the-lead-alone", 'Participation.objects.filter(unit_id__in=units).values("case_id")', 'Participation.objects.filter(unit_id__in=units, role="lead").values("case_id")'),
        ("cases-are-forgotten-by-who-left", "Participation.objects.filter(unit_id__in=units)", "Participation.objects.as_of(today()).filter(unit_id__in=units)"),
        ("everybody-counts-every-case", "return self.all() if user.holds(Permission.REPORT_COUNT_ALL) else self.visible_to(user)", "return self.all()"),
        ("participations-are-seen-by-all", 'With their case."""\n        return self.filter(case__in=JointCase.objects.visible_to(user))', 'With their case."""\n        return self.all()'),
        ("the-first-lead-leads-for-ever", "return held[0].unit_id if held else self.unit_id", "return self.unit_id", CASE_RULES),
    ),
    *of(
        "registry/cases/models/yields.py",
        CASES_SEEN,
        ("lots-are-seen-by-all", 'With their case."""\n        return self.filter(case__in=JointCase.objects.visible_to(user))', 'With their case."""\n        return self.all()'),
        ("a-case-reveals-items", "            item__in=InformationItem.objects.visible_to(user),\n", ""),
        ("a-case-reveals-recipients", "            Q(delivery__isnull=True) | Q(delivery__in=deliveries),\n", ""),
        ("an-item-reveals-cases", "            case__in=JointCase.objects.visible_to(user),\n", ""),
        ("everybody-counts-every-lot", "return self.filter(case__in=JointCase.objects.countable_by(user))", "return self.all()"),
    ),
    *of(
        "registry/cases/actions/rules.py",
        CASES,
        ("cases-are-not-locked", "JointCase.objects.select_for_update().get(", "JointCase.objects.get(", "tests/proofs/test_races.py"),
        ("stale-cases-are-written", "    if expected_revision is not None and fresh.revision != expected_revision:\n        raise Stale\n", "", CASE_RULES),
        ("anybody-leads", "    if not by.may(permission, case.leading_unit_id()):\n", "    if False:\n"),
        ("whoever-takes-part-leads", "if not by.may(permission, case.leading_unit_id()):", "if not by.units_with(permission) & {p.unit_id for p in case.participations.all()}:"),
        ("closed-cases-are-written", "if case.status != CaseStatus.OPEN:", "if False:"),
        ("any-agency-leads-anywhere", "if suggested is not None and lead.agency_id != suggested.pk and not reason.strip():", "if False:", CASE_RULES),
    ),
    *of(
        "registry/cases/actions/case.py",
        CASE_RULES,
        ("anybody-opens-cases", "    if not by.may(Permission.CASE_WRITE, unit.pk):\n        raise NotPermitted\n", "", CASES),
        ("cases-of-tomorrow", "if case.opened_on > today():", "if False:"),
        ("units-take-part-twice", "if lead.pk in units or len(set(units)) != len(units):", "if False:"),
        ("a-second-lead", "if any(role not in {CaseRole.CO_LEAD, CaseRole.COORDINATOR} for _unit, role in participants):", "if False:"),
        ("anything-of-a-case-is-written", "    unknown = set(content) - EDITABLE\n", "    unknown: set[str] = set()\n"),
        ("cases-close-before-they-open", "if not case.opened_on <= case.closed_on <= today():", "if not case.closed_on <= today():"),
        ("cases-close-tomorrow", "if not case.opened_on <= case.closed_on <= today():", "if not case.opened_on <= case.closed_on:"),
        ("moving-a-case-asks-no-reason", "    require_lead_or_reason(case.area, lead, case.opened_on, case.deviation_reason)\n", ""),
        ("whoever-closes-needs-nothing", "    require_lead(case, by, permission_for(MOVES, action))\n", "", CASES),
    ),
    *of(
        "registry/cases/actions/participations.py",
        CASE_RULES,
        ("part-before-the-opening", "    if day < case.opened_on:\n", "    if False:\n"),
        ("a-lead-to-come", "    if day > today():\n", "    if False:\n"),
        ("a-unit-leads-twice", "if row.role == CaseRole.LEAD and row.unit_id == unit.pk:", "if False:"),
        ("the-lead-leaves", '    if row.role == CaseRole.LEAD:\n        raise Conflict(_("A case', '    if False:\n        raise Conflict(_("A case'),
        ("part-ends-twice", "    if row.valid_to is not None:\n", "    if False:\n"),
        ("anybody-confirms", "    if not by.may(Permission.CASE_CONFIRM, row.unit_id):\n        raise NotPermitted\n", "", CASES),
        ("part-is-confirmed-twice", "    if row.confirmed_at is not None:\n", "    if False:\n"),
        ("a-new-lead-needs-no-reason", "    require_lead_or_reason(case.area, unit, day, reason)\n", ""),
    ),
    *of(
        "registry/cases/actions/yields.py",
        YIELDS,
        ("drugs-are-counted-in-anything", "if unit is not None and unit.dimension not in SEIZABLE:", "if False:"),
        ("a-quantity-without-a-unit", "if value is not None and unit is None:", "if False:"),
        ("a-quantity-of-nothing", "(not value.is_finite() or value <= 0)", "not value.is_finite()"),
        ("seized-tomorrow", "    if seized_on > today():\n", "    if False:\n"),
        ("a-lot-is-weighed-twice", "    if lot.weighed:\n", "    if False:\n"),
        ("units-that-take-no-part-link", "if not (takes_part and by.may(Permission.CASE_WRITE, unit.pk)):", "if not by.may(Permission.CASE_WRITE, unit.pk):"),
        ("others-link-for-the-unit", "if not (takes_part and by.may(Permission.CASE_WRITE, unit.pk)):", "if not takes_part:"),
        ("unseen-items-are-linked", "InformationItem.objects.visible_to(by).filter(pk=item.pk, status=Status.RELEASED)", "InformationItem.objects.filter(pk=item.pk, status=Status.RELEASED)"),
        ("drafts-are-linked", "filter(pk=item.pk, status=Status.RELEASED).exists()", "filter(pk=item.pk).exists()"),
        ("an-item-is-linked-twice", "if CaseItem.objects.filter(case=case, item=used, unit=unit).exists():", "if False:"),
        ("links-into-closed-cases", "    require_open(case)\n    link", "    link"),
    ),
    *of(
        "registry/cases/api.py",
        CASE_API,
        ("lots-of-other-cases-are-weighed", 'SeizureLot.objects.filter(case=given.pop("case"), pk=data.pop("lot"))', 'SeizureLot.objects.filter(pk__in=[given.pop("case").pk, data.pop("lot")])'),
        ("deliveries-unseen-are-named", "model.objects.visible_to(self.person).filter(pk=data[name])", "model.objects.filter(pk=data[name])"),
        ("the-page-of-a-case-reveals-items", 'CaseItem.objects.visible_to(self.person).select_related("item", "unit")', 'CaseItem.objects.select_related("item", "unit")'),
    ),
    *of(
        "registry/conferences/actions/conference.py",
        MEETINGS,
        ("anybody-writes-conferences", "if not units or (named and not", "if False and (named and not"),
        ("secretariats-write-what-others-host", "if not units or (named and not Unit.objects.filter(pk__in=units, agency_id__in=named).exists()):", "if not units:"),
        ("stale-conferences-are-written", "    if expected_revision is not None and fresh.revision != expected_revision:\n        raise Stale\n", "", MEETING_RULES),
        ("approved-minutes-are-written", "if conference.status == ConferenceStatus.APPROVED:", "if False:", f"{MEETINGS} {MEETING_RULES}"),
        ("held-on-a-day-to-come", "if conference.held_on is not None and conference.held_on > today():", "if False:", MEETING_RULES),
        ("minutes-without-words", "    if not conference.minutes_vi.strip():\n", "    if False:\n", MEETING_RULES),
        ("anything-of-a-conference-is-written", "    unknown = set(content) - EDITABLE\n", "    unknown: set[str] = set()\n", MEETING_RULES),
        ("whoever-moves-a-conference-needs-nothing", "    require_writer(by, conference.host_agency_id)\n    return conference, step", "    return conference, step"),
    ),
    *of(
        "registry/conferences/actions/outcomes.py",
        MEETINGS,
        ("outcomes-before-the-conference", "if conference.status == ConferenceStatus.PLANNED:", "if False:"),
        ("anybody-sets-work", "    require_writer(by, conference.host_agency_id)\n", ""),
        ("anybody-ends-work", "    require_writer(by, item.conference.host_agency_id, item.assignee_agency_id)\n", ""),
        ("stale-work-is-ended", "        raise Stale\n", "        pass\n", MEETING_RULES),
    ),
    *of(
        "registry/conferences/models/base.py",
        MEETING_RULES,
        ("conferences-are-open", "return self.all() if user.holds(Permission.CONFERENCE_READ) else self.none()", "return self.all()"),
    ),
    *of(
        "registry/documents/models/document.py",
        "tests/documents/test_api.py -k nothing_to_see",
        ("documents-are-open", "return self.all() if user.holds(Permission.DOCUMENT_READ) else self.none()", "return self.all()"),
    ),
    *of(
        "reports/models/statement.py",
        STATED,
        ("statements-are-seen-by-all", "            return self.filter(own | Q(status=StatementStatus.CONFIRMED))\n        return self.filter(own)", "            return self.filter(own | Q(status=StatementStatus.CONFIRMED))\n        return self.all()"),
        ("secretariats-see-draft-figures", "return self.filter(own | Q(status=StatementStatus.CONFIRMED))", "return self.all()"),
        ("figures-are-seen-by-all", "return self.filter(statement__in=Statement.objects.visible_to(user))", "return self.all()"),
    ),
    *of(
        "reports/models/report.py",
        ASKING,
        ("reports-of-others-are-seen", 'return self.filter(requested_by_id=getattr(user, "pk", None))', "return self.all()"),
        ("reports-without-the-right", "        if not user.holds(Permission.REPORT_READ):\n            return self.none()\n", ""),
    ),
    *of(
        "reports/actions.py",
        STATEMENTS,
        ("anybody-states", "    if not by.may(Permission.STATEMENT_WRITE, unit.pk):\n        raise NotPermitted\n", ""),
        ("local-units-speak", "    if unit.level not in SPEAKING_LEVELS:\n", "    if False:\n"),
        ("stale-statements-are-written", "        raise Stale\n", "        pass\n"),
        ("anybody-sets-figures", "    if not by.may(Permission.STATEMENT_WRITE, statement.unit_id):\n        raise NotPermitted\n", ""),
        ("confirmed-figures-change", "if statement.status != StatementStatus.DRAFT:", "if False:"),
        ("figures-stand-twice", "        if key in keys[:number]:\n", "        if False:\n"),
        ("figures-in-another-dimension", "if given.unit is not None and dimension and given.unit.dimension != dimension:", "if False:"),
        ("anybody-confirms-statements", '    if not by.may(permission_for(MOVES, "confirm"), statement.unit_id):\n        raise NotPermitted\n', ""),
        ("authors-confirm", "if by.pk in {statement.author_id, statement.edited_by_id}:", "if by.pk in {statement.edited_by_id}:"),
        ("editors-confirm", "if by.pk in {statement.author_id, statement.edited_by_id}:", "if by.pk in {statement.author_id}:"),
        ("statements-say-nothing", "    if not statement.figures.exists():\n", "    if False:\n"),
        ("statements-are-not-locked", "Statement.objects.select_for_update().get(", "Statement.objects.get(", "tests/proofs/test_races.py"),
    ),
    *of(
        "reports/asking.py",
        ASKING,
        ("anybody-asks-for-reports", "if not by.holds(Permission.REPORT_READ):", "if False:"),
        ("reports-of-others-are-fetched", "if not Report.objects.visible_to(by).filter(pk=report.pk).exists():", "if False:"),
    ),
    *of(
        "reports/making.py",
        ASKING,
        ("reports-for-whoever-lost-the-right", "if not reader.is_active or not reader.holds(Permission.REPORT_READ):", "if not reader.is_active:"),
    ),
    *of(
        "reports/counting.py",
        EDITIONS,
        ("editions-tell-other-recipients", "return made if self.counts_all else made.visible_to(self.reader)", "return made"),
        ("editions-count-every-item", "InformationItem.objects.countable_by(self.reader).released_in(", "InformationItem.objects.released_in("),
        ("editions-count-every-case", "JointCase.objects.countable_by(self.reader).opened_in(", "JointCase.objects.opened_in("),
        ("editions-count-every-lot", "SeizureLot.objects.countable_by(self.reader).seized_in(", "SeizureLot.objects.seized_in("),
        ("editions-print-every-statement", "visible = Statement.objects.visible_to(self.reader)", "visible = Statement.objects.all()"),
        ("the-operator-holds-everything", "return permission in COUNTS_ALL", "return True", "tests/reports/test_editions.py"),
    ),
]
