"""What an action raises when it will not do a thing. Speaks no HTTP: registry/api/errors.py knows the status codes.

A message says what is wrong and what would be right; `code` is stable and for machines.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

Text = str | StrPromise


class Refusal(Exception):
    """The action was not done. Nothing has changed."""

    code = "refused"
    message: Text = _("The action was refused.")

    def __init__(self, message: Text | None = None, *, code: str | None = None) -> None:
        self.message = message or self.message
        self.code = code or self.code
        super().__init__(str(self.message))


class NotPermitted(Refusal):
    """Wrong person: the record is visible, the action is not theirs."""

    code = "not_permitted"
    message = _("Your roles do not permit this action on this record.")


class Conflict(Refusal):
    """The record is not in a state in which this can be done."""

    code = "conflict"


class Stale(Refusal):
    """Somebody changed the record since it was read."""

    code = "stale_version"
    message = _("The record has changed since you read it. Read it again and repeat your change.")


class VersionRequired(Refusal):
    """The write must say which version it changes."""

    code = "version_required"
    message = _("Send the record's ETag in If-Match.")


class PurposeRequired(Refusal):
    """The reading is permitted, but must say what it is for."""

    code = "purpose_required"


class Incomplete(Refusal):
    """Well formed, but the rules do not allow it as it stands (nobody to send to, a grade missing)."""

    code = "incomplete"


class Invalid(Refusal):
    """Fields that cannot be accepted: each named with what is wrong."""

    code = "invalid"
    message = _("Some fields cannot be accepted.")

    def __init__(self, fields: Mapping[str, Text], *, code: str | None = None) -> None:
        super().__init__(self.message, code=code)
        self.fields = dict(fields)
