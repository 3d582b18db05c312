"""A code shown as a coloured badge. The colours stand in theme.css."""

from typing import Any

from django.utils.html import format_html


def badge(value: str, text: Any) -> str:
    """A status as a badge."""
    return format_html(
        '<span class="badge badge--{}">{}</span>', value.lower().replace(":", "-").replace("+", "-"), text
    )
