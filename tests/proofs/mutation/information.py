"""Checks of shared information: who sees items, who may do what to them and to deliveries, and the API's own."""

from tests.proofs.mutation.mutant import Mutant, of

ITEMS = "tests/information/test_item_workflow.py"
DELIVERIES = "tests/information/test_delivery_workflow.py"
RELEASE = "tests/information/test_release.py"
RECALL = "tests/information/test_recall.py"
SECRECY = "tests/information/test_secrecy.py"
RULES = "tests/information/test_rules.py"
SEEN = "tests/information/test_visibility.py"
RACES = "tests/proofs/test_races.py"
ACCESS = "tests/information/test_access_rows.py"
CORRECTIONS = "tests/information/test_corrections.py tests/information/test_later_writes.py"
CONSENTS = "tests/information/test_consents.py tests/information/test_later_writes.py"
DOCKETS = "tests/information/test_dockets.py"
PREVIEW = "tests/information/test_preview.py"
INHERITED = "tests/information/test_consents.py"
BAD = "tests/api/test_bad_input.py"
LISTS = "tests/api/test_lists.py"
KEYED = "tests/proofs/test_idempotency.py"

# fmt: off
MUTANTS: list[Mutant] = [
    *of(
        "registry/workflow.py",
        f"{ITEMS} {RECALL}",
        ("moves-need-no-reason", "if move.reason and not reason.strip():", "if False:"),
        ("a-blank-is-a-reason", "if move.reason and not reason.strip():", "if move.reason and not reason:"),
        ("any-move-is-anybodys", "if name == action)", "if name != action)"),
    ),
    *of(
        "registry/information/workflow.py",
        f"{ITEMS} {DELIVERIES}",
        ("drafters-release", '(Status.SUBMITTED, "release"): Move(Status.RELEASED, Permission.ITEM_RELEASE', '(Status.SUBMITTED, "release"): Move(Status.RELEASED, Permission.ITEM_DRAFT'),
        ("drafters-recall", "Move(Status.RECALLED, Permission.ITEM_RELEASE, reason=True", "Move(Status.RECALLED, Permission.ITEM_DRAFT, reason=True"),
        ("recall-without-a-reason", "Move(Status.RECALLED, Permission.ITEM_RELEASE, reason=True", "Move(Status.RECALLED, Permission.ITEM_RELEASE", RECALL),
        ("return-without-a-reason", "Status.RETURNED, Permission.ITEM_RELEASE, reason=True,", "Status.RETURNED, Permission.ITEM_RELEASE,", RULES),
        ("analysts-acknowledge", "_HANDLE, _GRADE = Permission.DELIVERY_HANDLE,", "_HANDLE, _GRADE = Permission.DELIVERY_EVALUATE,"),
        ("focal-points-grade", "Permission.DELIVERY_HANDLE, Permission.DELIVERY_EVALUATE", "Permission.DELIVERY_HANDLE, Permission.DELIVERY_HANDLE"),
        ("unread-deliveries-are-evaluated", '(_D.ACKNOWLEDGED, "evaluate"): ', '(_D.DELIVERED, "evaluate"): Move(_D.EVALUATED, _GRADE),\n    (_D.ACKNOWLEDGED, "evaluate"): '),
    ),
    *of(
        "registry/information/models/items.py",
        SEEN,
        ("recipients-read-like-owners", "own = Q(unit_id__in=user.units_with(Permission.ITEM_READ_OWN))", "own = Q(unit_id__in=user.units_with(Permission.ITEM_READ_DELIVERED))"),
        ("every-released-item-is-seen", 'return self.filter(own | Q(status=Status.RELEASED, pk__in=received.values("item_id")))', "return self.filter(own | Q(status=Status.RELEASED))"),
        ("owners-see-no-drafts", "return self.filter(own | Q(status=Status.RELEASED,", "return self.filter(Q(own, status=Status.RELEASED) | Q(status=Status.RELEASED,"),
        ("everybody-counts-for-all", "return shared if user.holds(Permission.REPORT_COUNT_ALL) else shared.visible_to(user)", "return shared"),
        ("drafts-are-counted", "shared = self.filter(status__in=[Status.RELEASED, Status.RECALLED])", "shared = self.all()"),
    ),
    *of(
        "registry/information/actions/writing.py",
        RULES,
        ("items-are-not-locked", "fresh = InformationItem.objects.select_for_update().get(pk=item.pk)", "fresh = InformationItem.objects.get(pk=item.pk)", RACES),
        ("stale-items-are-written", "    if expected_revision is not None and fresh.revision != expected_revision:\n        raise Stale\n", "", RELEASE),
        ("an-edit-does-not-say-who", "    version.editors.add(by)\n", "", RELEASE),
        ("unseen-items-are-sources", '    _refuse_unseen(content.get("sources", ()), by)\n', "", RULES),
        ("anything-can-be-written", "    unknown = set(content) - EDITABLE\n", "    unknown: set[str] = set()\n"),
        ("above-the-ceiling-is-just-a-choice", "if version.secrecy not in storable():", "if False:", SECRECY),
        ("content-is-not-checked", '        version.full_clean(exclude=["item", "edited_by"], validate_unique=False)\n', "        pass\n"),
        ("a-unit-sends-to-itself", "if any(unit.pk == item.unit_id for unit in recipients):", "if False:", RELEASE),
        ("anybody-moves-items", "    if not by.may(permission_for(MOVES, action), item.unit_id):\n        raise NotPermitted\n", "", ITEMS),
        ("editors-release", "if by.pk == item.author_id or version.editors.filter(pk=by.pk).exists():", "if by.pk == item.author_id:", RELEASE),
    ),
    *of(
        "registry/information/receipts.py",
        DELIVERIES,
        ("deliveries-are-not-locked", "    InformationItem.objects.select_for_update().get(pk=delivery.item_id)\n    fresh = Delivery.objects.select_for_update().get(pk=delivery.pk)\n    if expected_revision is not None and fresh.revision != expected_revision:\n        raise Stale\n    if not by.may(permission_for", "    fresh = Delivery.objects.get(pk=delivery.pk)\n    if expected_revision is not None and fresh.revision != expected_revision:\n        raise Stale\n    if not by.may(permission_for", RACES),
        ("anybody-handles-deliveries", "    if not by.may(permission_for(DELIVERY_MOVES, action), fresh.unit_id):\n        raise NotPermitted\n", ""),
        ("stale-deliveries-are-moved", "        raise Stale\n    if not by.may(permission_for(", "        pass\n    if not by.may(permission_for(", RULES),
        ("stale-deliveries-are-handled", "        raise Stale\n    if not by.may(Permission.DELIVERY_HANDLE", "        pass\n    if not by.may(Permission.DELIVERY_HANDLE", RULES),
        ("anybody-assigns", "    if not by.may(Permission.DELIVERY_HANDLE, fresh.unit_id):\n        raise NotPermitted\n", ""),
        ("recalled-deliveries-are-assigned", "if fresh.status == DeliveryStatus.RECALLED:", "if False:"),
        ("former-members-get-work", "Membership.objects.as_of(today()).filter(user__username=username", "Membership.objects.filter(user__username=username", RULES),
        ("outsiders-get-work", "filter(user__username=username, unit_id=fresh.unit_id)", "filter(user__username=username)"),
        ("units-above-open", "units = {m.unit_id for m in by.current_memberships} & by.units_with(Permission.ITEM_READ_DELIVERED)", "units = by.units_with(Permission.ITEM_READ_DELIVERED)", RULES),
        ("whoever-does-not-read-opens", "units = {m.unit_id for m in by.current_memberships} & by.units_with(Permission.ITEM_READ_DELIVERED)", "units = {m.unit_id for m in by.current_memberships}", RULES),
        ("usefulness-is-free-text", "    if usefulness not in Usefulness.values:\n", "    if False:\n", RULES),
        ("grades-are-free-text", "if source_grade and source_grade not in SourceGrade.values:", "if False:", RULES),
        ("an-acknowledgement-is-not-logged", 'record(action="delivery.acknowledge"', 'dict(action="delivery.acknowledge"'),
    ),
    *of(
        "registry/information/api/items.py",
        SEEN,
        ("value-seen-by-others-is-told", "Evaluation.objects.visible_to(self.request.user).filter(", "Evaluation.objects.filter("),
        ("items-change-without-a-version", "expected = self.expected_revision(item, required=True)", "expected = None", BAD),
    ),
    *of(
        "registry/information/admin/items.py",
        "tests/information/test_item_form.py",
        ("recipients-see-whom-else-it-went-to", "if obj is not None and not person(request).may(Permission.ITEM_READ_OWN, obj.unit_id):", "if False:"),
        ("submitted-items-have-a-form", "obj.status in {Status.DRAFT, Status.RETURNED} and person(request)", "person(request)"),
        ("drafts-of-others-have-a-form", " and person(request).may(Permission.ITEM_DRAFT, obj.unit_id)\n", "\n"),
        ("a-form-overwrites", 'expected_revision=data.get("read_revision"),', "expected_revision=None,"),
        ("drafts-for-any-unit", 'form.base_fields["unit"].queryset = drafts\n', ""),
    ),
    *of(
        "registry/api/pagination.py",
        LISTS,
        ("any-column-orders", 'elif asked.lstrip("-") in allowed and not asked.startswith("--"):', 'else:\n        return (asked, "id")\n    if asked is None:', BAD),
        ("pages-have-no-last-word", '    if fields[-1].lstrip("-") != "id":\n        fields = (*fields, "-id" if fields[-1].startswith("-") else "id")\n', ""),
        ("pages-without-end", "1 <= int(asked[:9]) <= MAX_PAGE", "1 <= int(asked[:9])", BAD),
        ("counts-unasked", 'return queryset.count() if asked == "true" else None', "return queryset.count()"),
    ),
    *of(
        "registry/api/idempotency.py",
        KEYED,
        ("a-key-forgets-the-body", "request.get_full_path().encode(), request.body]", 'request.get_full_path().encode(), b""]'),
        ("a-key-forgets-the-address", "request.get_full_path().encode(), request.body]", 'b"", request.body]'),
        ("a-key-forgets-the-method", '[(request.method or "").encode(), request', '[b"", request'),
        ("keys-are-shared-by-all", 'return f"key:{user.api_key.pk}" if user.api_key else f"user:{user.pk}"', 'return "anybody"'),
        ("keys-are-shared-by-the-keys-of-one", 'return f"key:{user.api_key.pk}" if user.api_key else f"user:{user.pk}"', 'return f"user:{user.pk}"'),
        ("another-request-gets-the-answer", "if row.request_hash != asked:", "if False:"),
        ("refusals-are-kept", "                row.delete()\n", "                pass\n"),
        ("failures-are-kept", "                transaction.set_rollback(True)\n", "                pass\n"),
        ("the-key-is-written-last", "    def _once(self, request: HttpRequest, caller: str, key: str) -> HttpResponse:\n", "    def _once(self, request: HttpRequest, caller: str, key: str) -> HttpResponse:\n        self.get_response(request)\n"),
    ),
    *of(
        "registry/api/errors.py",
        "tests/api/test_problems.py",
        ("denials-are-not-logged", "    if isinstance(exc, (NotPermitted, PermissionDenied)):\n        _keep_denial", "    if False:\n        _keep_denial"),
        ("the-databases-no-is-our-failure", 'if isinstance(exc, IntegrityError) or "pgtrigger:" in str(exc):', "if False:"),
    ),
    *of(
        "registry/api/parsers.py",
        "tests/api/test_parsers.py",
        ("keys-stand-twice", "if len(keys) != len(set(keys)):", "if False:"),
        ("nan-is-a-number", ", parse_constant=_no_constants", ""),
        ("broken-characters-pass", 'any(c == "\\0" or "\\ud800" <= c <= "\\udfff" for c in value)', "False"),
        ("documents-without-a-floor", "if depth > MAX_DEPTH:", "if False:"),
    ),
    *of(
        "registry/information/actions/drafts.py",
        ITEMS,
        ("anybody-drafts", "    if not by.may(Permission.ITEM_DRAFT, unit.pk):\n        raise NotPermitted\n", "", ITEMS),
        ("anybody-edits", "    if not by.may(Permission.ITEM_DRAFT, item.unit_id):\n        raise NotPermitted\n", "", ITEMS),
        ("submitted-items-are-edited", "if item.status not in {Status.DRAFT, Status.RETURNED}:", "if item.status not in {Status.DRAFT, Status.RETURNED, Status.SUBMITTED}:", ITEMS),
        ("an-edit-is-not-logged", '    record(action="item.edit", by=by,', '    dict(action="item.edit", by=by,', ITEMS),
    ),
    *of(
        "registry/information/actions/release.py",
        RELEASE,
        ("nobody-named-falls-back-on-the-draft", "    if recipients is not None:\n        set_recipients(item, recipients)\n    units", "    if recipients:\n        set_recipients(item, recipients)\n    units", RELEASE),
        ("a-release-to-nobody", "    if not units:\n        raise Incomplete(", "    if False:\n        raise Incomplete(", RELEASE),
        ("a-release-without-grades", "if not version.source_grade or not version.information_grade:", "if False:", RELEASE),
        ("one-grade-is-enough", "if not version.source_grade or not version.information_grade:", "if not version.source_grade and not version.information_grade:", RELEASE),
        ("the-year-turns-in-greenwich", "timezone.localtime(moment).year", "moment.year", RELEASE),
        ("a-release-is-not-logged", '    record(action="item.release", by=by,', '    dict(action="item.release", by=by,', ITEMS),
        ("four-eyes-are-forgotten", "    require_other_eyes(item, version, by)\n    if recipients", "    if recipients"),
        ("nobody-looks-at-the-preview", "    require_approved(item, version, units, preview)\n    moment", "    moment", PREVIEW),
        ("an-outdated-preview-will-do", "if preview != preview_of(item, version, units).hash:", "if False:", PREVIEW),
        ("no-preview-will-do", "    if not preview:\n        raise Incomplete(", "    if False:\n        raise Incomplete(", CORRECTIONS),
        ("anybody-previews", "    if not by.may(Permission.ITEM_READ_OWN, item.unit_id):\n        raise NotPermitted\n", "", PREVIEW),
        ("anybody-shares-further", "    if not by.may(Permission.ITEM_RELEASE, item.unit_id):\n        raise NotPermitted\n", "", CORRECTIONS),
        ("drafts-are-shared-further", '    if item.status != Status.RELEASED:\n        raise Conflict(_("Only a released item reaches', '    if False:\n        raise Conflict(_("Only a released item reaches', CORRECTIONS),
        ("marks-are-not-inherited", "    require_inherited(item, version, units, moment)\n", "", INHERITED),
    ),
    *of(
        "registry/information/actions/recall.py",
        RECALL,
        ("a-recall-leaves-deliveries", "        delivery.status = DeliveryStatus.RECALLED\n", "", RECALL),
        ("a-recall-is-not-logged", '    record(action="item.recall", by=by,', '    dict(action="item.recall", by=by,', ITEMS),
    ),
    *of(
        "registry/registers.py",
        "tests/proofs/test_releases.py",
        ("the-register-is-not-locked", "rows.select_for_update().get(", "rows.get("),
    ),
    *of(
        "registry/information/models/deliveries.py",
        SEEN,
        ("items-delivered-to-anybody-are-seen", 'Deliveries to the reader\'s units."""\n        return self.filter(unit_id__in=user.units_with(Permission.ITEM_READ_DELIVERED))', 'Deliveries to the reader\'s units."""\n        return self.all()'),
        ("every-delivery-is-seen", "return self.filter(sent | Q(unit_id__in=user.units_with(Permission.ITEM_READ_DELIVERED)))", "return self.all()"),
        ("recipients-see-each-other", "return self.filter(sent | Q(unit_id__in=user.units_with(Permission.ITEM_READ_DELIVERED)))", "return self.filter(sent | Q(item__in=InformationItem.objects.visible_to(user)))"),
        ("secretariats-see-what-was-sent", "sent = Q(item__unit_id__in=user.units_with(Permission.ITEM_READ_OWN))", "sent = Q(item__unit_id__in=user.units_with(Permission.ITEM_READ_DELIVERED))"),
    ),
    *of(
        "registry/information/models/evaluations.py",
        SEEN,
        ("every-evaluation-is-seen", "return self.filter(delivery__in=Delivery.objects.visible_to(user))", "return self.all()"),
    ),
    *of(
        "registry/information/models/access.py",
        f"{ACCESS} {SEEN}",
        ("rows-of-any-unit-open", "items.filter(access__unit=next(iter(units)), **grounds)", "items.filter(access__isnull=False, **grounds).distinct()"),
        ("delivered-rows-open-drafts", 'grounds = {"access__own": True} if not delivered else {"access__delivered": True} if not own else {}', "grounds: dict[str, bool] = {}"),
        ("rows-of-several-units-open-all", "Q(unit__in=own, own=True) | Q(unit__in=delivered, delivered=True)", "Q(own=True) | Q(delivered=True)"),
    ),
    *of(
        "registry/information/actions/corrections.py",
        CORRECTIONS,
        ("anybody-corrects", "    if not by.may(permission, item.unit_id):\n        raise NotPermitted\n", ""),
        ("corrections-without-a-reason", "    if not reason.strip():\n", "    if False:\n"),
        ("corrections-of-nothing", "    if not changed:\n", "    if False:\n"),
        ("anybody-withdraws-corrections", "    if not (by.may(Permission.ITEM_DRAFT, item.unit_id) or by.may(Permission.ITEM_RELEASE, item.unit_id)):\n        raise NotPermitted\n", ""),
    ),
    *of(
        "registry/information/actions/consents.py",
        CONSENTS,
        ("anybody-asks-for-consent", "    if not by.may(permission, fresh.unit_id):\n        raise NotPermitted\n", ""),
        ("recalled-items-are-passed-on", "    if fresh.status == DeliveryStatus.RECALLED:\n", "    if False:\n"),
        ("anybody-grants", "    if not by.may(permission_for(CONSENT_MOVES, action), unit_id):\n        raise NotPermitted\n", ""),
        ("stale-consents-are-decided", "        raise Stale\n", "        pass\n"),
        ("more-is-granted-than-asked", "if not set(granted) <= set(asked) or (asked and not granted):", "if False:"),
        ("consents-end-in-the-past", "if expires_at is not None and expires_at <= moment:", "if False:"),
        ("items-are-passed-on-freely", "    require_pass_on(item=item, version=version, holder=delivery.unit, units=units, at=moment)\n", ""),
    ),
    *of(
        "registry/information/models/consents.py",
        CONSENTS,
        ("consents-are-seen-by-all", "return self.filter(asks | decides)", "return self.all()"),
        ("ended-consents-hold", "Q(expires_at__isnull=True) | Q(expires_at__gt=moment), status", "status"),
        ("consents-that-were-not-given-hold", ", status=ConsentStatus.GRANTED)", ")"),
    ),
    *of(
        "registry/information/uses.py",
        CONSENTS,
        ("no-onward-is-a-wish", "free = not version.no_onward and version.tlp != Tlp.RED", "free = version.tlp != Tlp.RED"),
        ("red-is-passed-on", "free = not version.no_onward and version.tlp != Tlp.RED", "free = not version.no_onward"),
        ("amber-leaves-the-agency", "        free = free and holder.agency_id == to.agency_id\n", "        pass\n"),
        ("a-consent-for-one-unit-is-for-all", "return (found if to is None else found.filter(granted_units=to)).exists()", "return found.exists()"),
        ("a-consent-to-one-is-to-all", "filter(delivery__item=item, delivery__unit=holder, kind=kind)", "filter(delivery__item=item, kind=kind)"),
        ("a-consent-to-one-use-is-to-all", "delivery__unit=holder, kind=kind)", "delivery__unit=holder)"),
        ("courts-use-anything", "    if marked and not consented(", "    if False and not consented("),
    ),
    *of(
        "registry/information/dockets.py",
        DOCKETS,
        ("anybody-writes-dockets", "    if not by.may(Permission.DOCKET_WRITE, unit.pk):\n        raise NotPermitted\n", ""),
        ("anybody-moves-dockets", "    if not by.may(permission_for(DOCKET_MOVES, action), docket.unit_id):\n        raise NotPermitted\n", ""),
        ("the-highest-level-has-a-subject", "if docket.level == DocketLevel.TUYET_MAT and docket.subject:", "if False:"),
        ("stale-dockets-are-moved", "        raise Stale\n", "        pass\n"),
    ),
    *of(
        "registry/information/models/dockets.py",
        DOCKETS,
        ("dockets-are-seen-by-all", 'return self.filter(Q(unit_id__in=units) | Q(pk__in=told.values("docket_id")))', "return self.all()"),
        ("dockets-told-to-one-are-told-to-all", "told = DocketTold.objects.filter(unit_id__in=units)", "told = DocketTold.objects.all()"),
    ),
]
