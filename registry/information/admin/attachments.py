"""Files on an item's page: what there is, a form to add one, a button to take one off."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.defaultfilters import filesizeformat
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from agencies.admin_base import RecordAdmin, RecordInline, person
from agencies.audit.purpose import demand
from agencies.refusals import Invalid, NotPermitted, Refusal
from agencies.roles import Permission
from registry.badges import badge
from registry.information.actions import open_correction
from registry.information.admin.inlines import READS
from registry.information.attachment_api import served
from registry.information.attachments import TYPES, Handling, attach_file, remove_attachment
from registry.information.file_types import TAKEN
from registry.information.models import Attachment, InformationItem

SHOWN = ("download", "kind", "size", "fingerprint", "scanned", "handling")
"""Columns of a table of files."""


class AttachmentInline(RecordInline):
    """Files of the item that the reader may see, with where to save them from."""

    model = Attachment
    fk_name = "item"
    fields = (*SHOWN, "version_number", "added_at")
    readonly_fields = fields
    read_permissions = READS
    show_change_link = False

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what the columns show."""
        return super().get_queryset(request).select_related("stored", "version", "item")

    @admin.display(description=_("file"))
    def download(self, attachment: Attachment) -> str:
        """The name, which leads to the bytes."""
        address = reverse("admin:information_informationitem_file", args=[attachment.item_id, attachment.pk])
        return format_html('<a href="{}" download>{}</a>', address, attachment.name)

    @admin.display(description=_("type"))
    def kind(self, attachment: Attachment) -> str:
        """The type as people call it."""
        return TYPES[attachment.stored.media_type]

    @admin.display(description=_("size"))
    def size(self, attachment: Attachment) -> str:
        """In words."""
        return filesizeformat(attachment.stored.size)

    @admin.display(description="SHA-256")
    def fingerprint(self, attachment: Attachment) -> str:
        """The beginning of the hash; the whole of it under the pointer."""
        whole = attachment.stored.sha256
        return format_html('<code title="{}">{}…</code>', whole, whole[:12])

    @admin.display(description=_("malware scan"))
    def scanned(self, attachment: Attachment) -> str:
        """The scanner's word as a badge."""
        return badge(attachment.stored.scan, attachment.stored.get_scan_display())

    @admin.display(description=_("conditions"))
    def handling(self, attachment: Attachment) -> str:
        """The file's own conditions."""
        names = ("no_onward", "no_judicial_use", "originator_only")
        held = [str(Attachment._meta.get_field(n).verbose_name) for n in names if getattr(attachment, n)]  # type: ignore[union-attr]
        return ", ".join(held) or "-"

    @admin.display(description=_("version"))
    def version_number(self, attachment: Attachment) -> int:
        """The version it belongs to."""
        return attachment.version.number


class UploadForm(forms.Form):
    """A file and its conditions."""

    file = forms.FileField(label=_("file"))
    no_onward = forms.BooleanField(label=_("no onward passage"), required=False)
    no_judicial_use = forms.BooleanField(label=_("no use in court"), required=False)
    originator_only = forms.BooleanField(label=_("kept from recipients"), required=False)


class ItemFiles(RecordAdmin):
    """The part of an item's page that adds and takes off files. Each does what the API does."""

    change_form_template = "information/item_change_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Adds the addresses of files."""
        content = self.admin_site.admin_view(require_GET(self.content_view))
        add = self.admin_site.admin_view(require_POST(self.attach_view))
        remove = self.admin_site.admin_view(require_POST(self.remove_view))
        return [
            path("<uuid:object_id>/attachments/add/", add, name="information_informationitem_attach"),
            path("<uuid:object_id>/attachments/<uuid:pk>/", content, name="information_informationitem_file"),
            path("<uuid:object_id>/attachments/<uuid:pk>/remove/", remove, name="information_informationitem_detach"),
            *super().get_urls(),
        ]

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        """The files, and where to add one, for whoever may edit the item."""
        if obj is not None and person(request).may(Permission.ITEM_READ_OWN, obj.unit_id):
            # Recipients are not told that a correction waits, not even by an empty table.
            waiting = open_correction(obj)
            if waiting is not None or obj.released_at is None:
                context["file_rows"] = self._rows(request, obj, waiting or obj.current)
            if self._takes_files(request, obj):
                context["upload_form"] = UploadForm(prefix="attachment")
                context["most_bytes"] = filesizeformat(settings.ATTACHMENT_MAX_BYTES)
                context["taken_types"] = TAKEN
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _rows(self, request: HttpRequest, item: InformationItem, version: Any) -> list[dict[str, Any]]:
        """The files of what is not released yet, as the table of released ones shows them."""
        columns = AttachmentInline(InformationItem, self.admin_site)
        files = Attachment.objects.visible_to(person(request)).filter(item=item, version=version)
        return [
            {"file": file, "cells": [getattr(columns, name)(file) for name in SHOWN]}
            for file in files.select_related("stored", "version", "item")
        ]

    def _takes_files(self, request: HttpRequest, item: InformationItem) -> bool:
        """Whether the person may attach and remove: on what the form edits, and on a correction that waits."""
        drafts = person(request).may(Permission.ITEM_DRAFT, item.unit_id)
        return self.has_change_permission(request, item) or (drafts and open_correction(item) is not None)

    def _item(self, request: HttpRequest, object_id: UUID) -> InformationItem:
        item = self.get_object(request, str(object_id))
        if not isinstance(item, InformationItem):
            raise Http404
        return item

    def attach_view(self, request: HttpRequest, object_id: UUID) -> HttpResponse:
        """One file, by POST."""
        item = self._item(request, object_id)
        form = UploadForm(request.POST, request.FILES, prefix="attachment")

        def attach() -> str:
            if not form.is_valid():
                raise Invalid({name: " ".join(map(str, texts)) for name, texts in form.errors.items()})
            data = form.cleaned_data
            file = data.pop("file")
            made = attach_file(item=item, by=person(request), file=file, handling=Handling(**data))
            return gettext("Attached: %s.") % made.name

        return self._done(request, item, "attach", attach)

    def remove_view(self, request: HttpRequest, object_id: UUID, pk: UUID) -> HttpResponse:
        """One file off, by POST."""
        item = self._item(request, object_id)
        found = self._file(request, item, pk)

        def remove() -> str:
            remove_attachment(attachment=found, by=person(request))
            return gettext("Removed: %s.") % found.name

        return self._done(request, item, "detach", remove)

    def content_view(self, request: HttpRequest, object_id: UUID, pk: UUID) -> Any:
        """The bytes, as the API gives them; asked for a purpose where the item's page asks for one."""
        item = self._item(request, object_id)
        found = self._file(request, item, pk)
        if asked := self._ask_first(request, item):
            return asked
        purpose = demand(self.occasion(request, item), self.purpose_said(request, self._about(request, item)))
        try:
            return served(attachment=found, by=person(request), purpose=purpose)
        except Refusal as refusal:
            self._tell(request, refusal)
            return HttpResponseRedirect(self._page_of(item))

    def _file(self, request: HttpRequest, item: InformationItem, pk: UUID) -> Attachment:
        files = Attachment.objects.visible_to(person(request)).select_related("item__unit", "stored")
        found = files.filter(item=item, pk=pk).first()
        if found is None:
            raise Http404
        return found

    def _done(self, request: HttpRequest, item: InformationItem, name: str, write: Callable[[], str]) -> HttpResponse:
        """Do it, tell the outcome on the item's page, keep a denied attempt in the audit log."""
        try:
            messages.success(request, write())
        except Refusal as refusal:
            self._tell(request, refusal)
            if isinstance(refusal, NotPermitted):
                self._deny(request, item, name, refusal)
        return HttpResponseRedirect(self._page_of(item))
