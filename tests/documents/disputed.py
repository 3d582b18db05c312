"""Papers that print some figures of the conference otherwise."""

from copy import deepcopy
from typing import Any

import pytest

from registry.documents.actions import load_documents

Q2 = "2024-q2-conference"


def other_paper(data: dict[str, Any], code: str, sha: str, **figures: dict[str, Any]) -> None:
    """A second document that prints some figures of the conference otherwise."""
    source = next(d for d in data["documents"] if d["code"] == Q2)
    paper = deepcopy(source) | {"code": code, "sha256": sha * 64, "events": [], "names": [], "statements": []}
    kept = []
    for entry in paper["figures"]:
        changes = figures.get(f"n{entry['number']}")
        if changes is not None:
            kept.append(entry | {"relation": "", "related_to": None} | changes)
    paper["figures"] = kept
    load_documents(data={"documents": [paper]})


def read_as(value: str, comparator: str = "exact") -> dict[str, Any]:
    bounds = {"exact": (value, value), "over": (value, None)}[comparator]
    return {
        "value": value, "normalised_value": value, "value_printed": value, "comparator": comparator,
        "lower": bounds[0], "lower_open": comparator == "over", "upper": bounds[1], "upper_open": False,
    }  # fmt: skip


@pytest.fixture
def disputed(documents: dict[str, Any]) -> None:
    """Two more papers: 14461 cases and over 23000 persons; and again the 17129 cases."""
    other_paper(documents, "infographic", "a", n2=read_as("14461"), n3=read_as("23000", "over"), n8={})
    other_paper(documents, "repeated", "b", n2={})
