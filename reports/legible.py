"""Signs of a text that files can hold. What is pasted may bring others, and no document is written with one of them."""

import re

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Signs that steer devices, and what is no sign at all."""


def legible(text: str) -> str:
    """The text with a space in place of each of them."""
    return UNSEEN.sub(" ", text)
