"""The WSGI entry point."""

import contextlib
import os
from typing import Any

from django import setup
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from registry import ceiling


class Request(WSGIRequest):
    """A request whose Content-Type may be anything."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        """What cannot be read is no type: the request is refused like one of an unknown type, and nothing fails."""
        self.content_type, self.content_params = "", {}
        with contextlib.suppress(LookupError, ValueError):
            super()._set_content_type_params(meta)  # type: ignore[misc]


class Application(WSGIHandler):
    """Django's own, with that request."""

    request_class = Request


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
setup(set_prefix=False)
application = Application()
ceiling.require()
