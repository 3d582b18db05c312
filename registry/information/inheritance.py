"""What is based on other items is marked at least as strictly as the strictest of them."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from agencies.models import Unit
from agencies.refusals import Incomplete
from registry.information.models import InformationItem, ItemVersion
from registry.information.terms import Secrecy, Status, Tlp
from registry.information.uses import ConsentMissing, may_pass_on

TLP_ORDER = [Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.RED]
SECRECY_ORDER = [Secrecy.NONE, Secrecy.INTERNAL]
FOREVER = date.max


def _rank(order: Sequence[Any]) -> Callable[[Any], int]:
    return order.index


def _shorter(value: date | None) -> int:
    """An earlier end is stricter."""
    return -(value or FOREVER).toordinal()


STRICTNESS: dict[str, Callable[[Any], int]] = {
    "tlp": _rank(TLP_ORDER),
    "secrecy": _rank(SECRECY_ORDER),
    "no_onward": int,
    "no_judicial_use": int,
    "contact_before_action": int,
    "return_after_reading": int,
    "expires_on": _shorter,
}
"""Every mark that is inherited, with its order: more is stricter."""


def strictest(versions: Sequence[ItemVersion]) -> dict[str, Any]:
    """The join of the versions' marks: of each the strictest."""
    return {
        name: max((getattr(version, name) for version in versions), key=order) for name, order in STRICTNESS.items()
    }


def looser(version: ItemVersion, sources: Sequence[ItemVersion]) -> Iterator[str]:
    """Marks of the version that are less strict than those of a source."""
    if sources:
        for name, due in strictest(sources).items():
            if STRICTNESS[name](getattr(version, name)) < STRICTNESS[name](due):
                yield name


def require_inherited(item: InformationItem, version: ItemVersion, units: Sequence[Unit], at: datetime) -> None:
    """Incomplete when the item is marked less strictly than what it is based on, or reaches where a source may not."""
    sources = list(version.sources.select_related("current", "unit"))
    if any(source.status != Status.RELEASED for source in sources if source.unit_id != item.unit_id):
        raise Incomplete(
            _("The item is based on one that does not stand released. Take it out of what it is based on."),
            code="source_not_released",
        )
    loose = list(looser(version, [source.current for source in sources if source.current is not None]))
    if loose:
        labels = ", ".join(str(getattr(ItemVersion._meta.get_field(name), "verbose_name", name)) for name in loose)
        raise Incomplete(
            _("What the item is based on is marked more strictly. Raise: %s.") % labels, code="stricter_source"
        )
    places = sum(1 for source in sources for unit in units if not _may_reach(item, source, unit, at))
    if places:
        raise ConsentMissing(
            _("In %d places the item would pass on what needs the consent of its originator.") % places
        )


def _may_reach(item: InformationItem, source: InformationItem, unit: Unit, at: datetime) -> bool:
    """The source's own unit may read what is based on it; others by the marks, or by consent.

    Whether a unit holds the source already does not count: the writer is not to learn who does.
    """
    if source.unit_id in {item.unit_id, unit.pk} or source.current is None:
        return True
    return may_pass_on(item=source, version=source.current, holder=item.unit, to=unit, at=at)
