"""What items of the demo say: sentences put together from fixtures/demo.json. Everything carries the marker."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

SCRIPT = Path(settings.BASE_DIR) / "fixtures" / "demo.json"
MASSES = ("0,3", "0,5", "0,8", "1,2", "1,5", "2", "3,5", "5", "6", "8", "12", "18")
PLAIN = (
    *("contact", "assessment", "recommendation", "finding", "new_drug"),
    *("outlet", "legal_point", "request_subject", "answer"),
)
"""Lists of phrases that fit any area."""
ALONG = ("tuyến", "đường", "vùng biển", "vùng nước")
"""How localities begin that one is on, not in."""
TABLETS = ("200", "400", "600", "1.200", "2.000", "4.000", "6.000", "12.000")


def read_script(path: Path = SCRIPT) -> dict[str, Any]:
    """The phrases, the cast and the numbers of the demo."""
    script: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return script


@dataclass(frozen=True, slots=True)
class Text:
    """A title and a body, and the codes of what they speak of."""

    title: str
    body: str
    topic: str
    area: str
    place: str
    substances: tuple[str, ...]


class Writer:
    """Composes texts. The same seed composes the same texts."""

    def __init__(self, rng: Random, script: Mapping[str, Any]) -> None:
        self._rng = rng
        self._script = script
        self._used: set[str] = set()

    def write(
        self, templates: Sequence[Mapping[str, Any]], *, areas: Mapping[str, int], places: list[str], **words: str
    ) -> Text:
        """A text of one of the areas and places, in which `words` stand too. Titles are rarely used twice."""
        for _attempt in range(40):
            text = self._compose(templates, areas, places, words)
            if text.title not in self._used:
                break
        self._used.add(text.title)
        return text

    def one_of(self, name: str) -> str:
        """A random phrase of the list of that name."""
        return str(self._rng.choice(self._script[name]))

    def _compose(
        self,
        templates: Sequence[Mapping[str, Any]],
        areas: Mapping[str, int],
        places: list[str],
        given: Mapping[str, str],
    ) -> Text:
        setting, place = self._setting(areas, places)
        area = setting.partition("_")[0]
        fitting = [t for t in templates if area in t["areas"]]
        template = self._rng.choices(fitting, [t["weight"] for t in fitting])[0]
        substances = self._substances(area, template["substances"])
        words = self._words(setting, place, substances) | dict(given)
        sentences = " ".join(sentence.format_map(words) for sentence in template["body"])
        body = f"{self._script['marker']} {sentences}"
        title = template["title"].format_map(words)
        return Text(title, body, template.get("topic", ""), area, place, tuple(substances))

    def _setting(self, areas: Mapping[str, int], places: list[str]) -> tuple[str, str]:
        """An area (`sea`) or a finer setting in it (`customs_air`), and a place where there is one."""
        area = self._rng.choices(list(areas), list(areas.values()))[0]
        found = [(s, p) for p in places for s in self._script["localities"][p] if s.partition("_")[0] == area]
        return self._rng.choice(found)

    def _substances(self, area: str, count: int) -> list[str]:
        known = {c: s["weights"][area] for c, s in self._script["substances"].items() if area in s["weights"]}
        chosen: list[str] = []
        while len(chosen) < count:
            code = self._rng.choices(list(known), list(known.values()))[0]
            if code not in chosen:
                chosen.append(code)
        return chosen

    def _words(self, setting: str, place: str, substances: list[str]) -> dict[str, str]:
        area = setting.partition("_")[0]
        carriage = self._script["carriage"][setting]
        transport = self._rng.choice(list(carriage))
        locality = self._rng.choice(self._script["localities"][place][setting])
        words = {
            "locality": locality,
            "at_locality": f"{'trên' if locality.startswith(ALONG) else 'tại'} {locality}",
            "transport": transport,
            "concealment": self._rng.choice(carriage[transport]),
        }
        for name in ("opening", "sign", "equipment", "experience"):
            words[name] = self._rng.choice(self._script[name].get(area, [""]))
        for number, code in enumerate(substances, start=1):
            substance = self._script["substances"][code]
            suffix = "" if number == 1 else f"_{number}"
            words[f"substance{suffix}"] = substance["phrase"]
            words[f"quantity{suffix}"] = self.quantity(substance["measure"])
        words["lesson"], words["lesson_2"] = self._rng.sample(self._script["lesson"], 2)
        for name in PLAIN:
            words[name] = self.one_of(name)
        return words

    def quantity(self, measure: str) -> str:
        """A plausible small quantity, written the Vietnamese way."""
        return f"{self._rng.choice(TABLETS)} viên" if measure == "tablet" else f"{self._rng.choice(MASSES)} kg"
