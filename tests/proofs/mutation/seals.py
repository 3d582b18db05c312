"""Checks of sealed reports."""

from tests.proofs.mutation.mutant import Mutant, of

TAMPERED = "tests/reports/test_tampering.py"

# fmt: off
MUTANTS: list[Mutant] = [
    *of(
        "reports/sealing.py",
        "tests/reports/test_sealing.py",
        ("any-head-seals", "    if not by.may(Permission.REPORT_SEAL, report.unit_id):\n        raise", "    if not by.holds(Permission.REPORT_SEAL):\n        raise"),
        ("the-preparer-seals", "    if by.pk == report.prepared_by_id:\n        raise", "    if False:\n        raise"),
        ("writers-of-texts-seal", "    if NarrativeVersion.objects.filter(narrative__period_label=report.period_label, by=by).exists():\n", "    if False:\n"),
        ("last-writers-of-texts-alone-are-barred", "NarrativeVersion.objects.filter(narrative__period_label=report.period_label, by=by)", "NarrativeVersion.objects.filter(narrative__period_label=report.period_label, narrative__edited_by=by)"),
        ("writers-for-any-period-are-barred", "narrative__period_label=report.period_label, by=by", "by=by"),
        ("any-document-is-sealed", " or expected_sha256 != report.document_sha256:", ":"),
        ("differences-bar-nothing", "    if barred:\n", "    if False:\n"),
        ("missing-figures-go-unnamed", "    if unnamed := sorted(lacking - set(without)):\n", "    if unnamed := []:\n"),
        ("missing-figures-need-no-note", "    if without and not note.strip():\n", "    if False:\n"),
    ),
    *of(
        "reports/preparing.py",
        "tests/reports/test_sealing.py",
        ("anybody-prepares-for-the-host", "    if not own.filter(pk=host.pk).exists():\n", "    if False:\n"),
        ("versions-need-no-reason", "    if before is not None and not reason.strip():\n", "    if False:\n"),
        ("anybody-withdraws", "    if not may_withdraw(by, report):\n", "    if False:\n"),
    ),
    *of(
        "reports/drafting.py",
        "tests/reports/test_sealing.py",
        ("counts-may-disagree", "        if wrong:\n", "        if False:\n"),
        ("former-secretaries-prepare", "    if not by.is_active or not by.may(Permission.REPORT_PREPARE, report.unit_id):\n", "    if False:\n"),
    ),
    *of(
        "reports/models/sealed.py",
        "tests/reports/test_sealing.py",
        ("reports-at-work-are-seen-by-all", "        return self.filter(Q(status__in=[_S.PREPARED, _S.SEALED]) | Q(unit_id__in=working))", "        return self.all()"),
    ),
    *of(
        "reports/verifying.py",
        "tests/reports/test_verifying.py",
        ("any-change-is-lawful", " and all(kind.may_change(name) for name in fields)", ""),
        ("changes-need-no-action", " and pk in explained", ""),
        ("readings-explain-changes", ".exclude(action__in=DISCLOSURES)", ""),
        ("earlier-events-explain-changes", "        if manifest.is_later(number)\n", ""),
        ("what-came-in-is-not-looked-at", "        found.tampered += _came_in(kind, manifest, list(then))\n", "", TAMPERED),
        ("what-actions-brought-in-is-blamed", " for pk in entered if pk not in explained]", " for pk in entered]", TAMPERED),
        ("files-are-not-written-anew", "        if stored.get((language, file_format)) != content:\n", "        if False:\n"),
    ),
    *of(
        "reports/taking.py",
        "tests/reports/test_sealed_api.py",
        ("everybody-takes-packages", '    if not may_inspect(by, report):\n        raise NotPermitted(_("The package', '    if False:\n        raise NotPermitted(_("The package'),
    ),
]
