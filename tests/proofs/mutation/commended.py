"""Checks of commendations, of the register of papers and of the papers of conferences."""

from tests.proofs.mutation.mutant import Mutant, of

RULES = "tests/commendations/test_rules.py"
DATABASE = "tests/commendations/test_database_rules.py"
API = "tests/commendations/test_api.py"
REGISTER = "tests/reports/test_paper_register.py"
PAPERS = "tests/reports/test_conference_papers.py"
PROTOCOL = "tests/agencies/test_protocol_order.py"

# fmt: off
MUTANTS: list[Mutant] = [
    *of(
        "registry/commendations/actions.py",
        RULES,
        ("anybody-nominates", "    if not by.may(Permission.COMMENDATION_WRITE, unit.pk):\n        raise NotPermitted\n", ""),
        ("anybody-records-an-award", "    if not by.may(permission_for(MOVES, action), fresh.unit_id):\n        raise NotPermitted\n", ""),
        ("cases-one-takes-no-part-in", ".filter(pk__in=named).filter(pk__in=joined)", ".filter(pk__in=named)"),
        ("a-second-award-of-a-level-is-nominated", "if highest.level >= made.level:", "if highest.level > made.level:"),
        ("a-higher-award-needs-no-reason", "    if not made.further_reason:\n", "    if False:\n"),
        ("a-waiting-nomination-is-awarded-too", "    _require_first(commendation, cases, units, by)\n", ""),
        ("awarded-before-being-proposed", "if awarded_on < commendation.proposed_on:", "if False:"),
        ("a-stale-commendation-is-moved", "    if expected_revision is not None and fresh.revision != expected_revision:\n        raise Stale\n", ""),
        ("a-person-is-named", '    require_no_person({"achievement_vi": made.achievement_vi, "achievement_en": made.achievement_en}, confirm)\n', ""),
    ),
    *of(
        "registry/commendations/models.py",
        API,
        ("nominations-are-seen-by-all", "return self.filter(Q(status=CommendationStatus.AWARDED) | own)", "return self.all()"),
        ("awards-are-seen-by-their-own-alone", "Q(status=CommendationStatus.AWARDED) | own", "own"),
        ("cases-of-awards-are-named-to-all", "commendation__in=Commendation.objects.visible_to(user), case__in=JointCase.objects.visible_to(user)", "commendation__in=Commendation.objects.visible_to(user)"),
    ),
    *of(
        "agencies/models/protocol.py",
        PROTOCOL,
        ("the-order-is-not-dated", "(row.place for row in a.protocol.all() if row.holds_on(on))", "(row.place for row in a.protocol.all())"),
    ),
    *of(
        "reports/models/papers.py",
        REGISTER,
        ("entries-are-seen-by-all", "return self.filter(Q(to_all=True) | Q(unit_id__in=user.units_with(Permission.REPORT_READ)))", "return self.all()"),
    ),
    *of(
        "reports/papers/issuing.py",
        PAPERS,
        ("a-paper-is-registered-by-anybody", "    require_writer(by, conference.host_agency_id)\n", ""),
        ("a-draft-gets-a-number", "if conference.status != ConferenceStatus.APPROVED:", "if False:"),
        ("a-paper-is-registered-twice", "if IssuedPaper.objects.filter(conference=conference, kind=kind).exists():", "if False:"),
        ("signed-before-it-was-held", "if conference.held_on is not None and signed_on < conference.held_on:", "if False:"),
    ),
]
