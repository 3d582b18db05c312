"""Steps of a sealed report with a page of their own: the seal, and a verification."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agencies.admin_base import person
from agencies.admin_steps import Step
from reports.document import Text
from reports.missing import NAMED
from reports.models import SealedReport
from reports.sealing import lacks_of, may_seal, seal_report
from reports.taking import may_inspect, verify_sealed
from reports.terms import SealStatus


class SealForm(forms.Form):
    """What is approved, in which office, and without whose figures."""

    expected_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    office_vi = forms.CharField(label=_("signer's office (Vietnamese)"), max_length=255, required=False)
    office_en = forms.CharField(label=_("signer's office (English)"), max_length=255, required=False)
    without = forms.MultipleChoiceField(
        label=_("sealed without the figures of"), widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label=_("note of the seal"), max_length=500, required=False, widget=forms.Textarea)


class SealStep(Step):
    """A head of the issuing unit seals what somebody else prepared."""

    label = _("Seal")
    hint = _("The document gets its number, today's date and your name. After that nothing of it changes.")
    style = "primary"

    def allowed(self, request: HttpRequest, obj: SealedReport) -> bool:
        """A second person, while it is prepared."""
        return obj.status == SealStatus.PREPARED and may_seal(person(request), obj)

    def form(self, request: HttpRequest, obj: SealedReport, data: Any = None) -> forms.Form:
        """With the digest of the document as it was read."""
        form = SealForm(data, initial={"expected_sha256": obj.document_sha256})
        lacks = [one for one in lacks_of(obj) if one.code in NAMED]
        form.fields["without"].choices = [(one.agency, one.text) for one in lacks]  # type: ignore[attr-defined]
        if not lacks:
            del form.fields["without"]
        return form

    def perform(self, request: HttpRequest, obj: SealedReport, data: dict[str, Any]) -> str:
        """Seal."""
        vi, en = data["office_vi"], data["office_en"]
        done = seal_report(
            report=obj,
            expected_sha256=data["expected_sha256"],
            office=Text(vi, en or vi) if vi else None,
            without=data.get("without", ()),
            note=data["note"],
            by=person(request),
        )
        number = done.paper.audit_reference() if done.paper is not None else ""
        return gettext("The report is sealed: %s.") % number


class VerifyStep(Step):
    """Looks whether report and records are what they were."""

    label = _("Verify")
    hint = _("Every file is written anew and compared, and every counted record is looked at.")
    template = "reports/verification.html"
    reads = True

    def allowed(self, request: HttpRequest, obj: SealedReport) -> bool:
        """Whoever may know which records stand behind it."""
        return obj.status == SealStatus.SEALED and may_inspect(person(request), obj)

    def context(self, request: HttpRequest, obj: SealedReport, form: forms.Form) -> dict[str, Any]:
        """What was found."""
        return {"found": verify_sealed(report=obj, by=person(request))}
