"""`manage.py messages`: collect user-visible text, keep the Vietnamese catalogue complete, compile it.

Works without the gettext programs: Python is read as a syntax tree, templates through Django's own templatize.
Entries of other packages (Django's few texts without Vietnamese) are kept by their comment `package`.
"""

import ast
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

CALLS = {"_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2}
IN_TEMPLATES = {**CALLS, "pgettext": 1, "npgettext": 2}
PACKAGE = "package"
CATALOGUE = Path(settings.BASE_DIR) / "registry" / "locale" / "vi" / "LC_MESSAGES" / "django.po"

Text = tuple[str, str]
"""A text and its plural (empty when it has none)."""


def texts_of(source: str) -> Iterator[Text]:
    """The texts that a Python source passes to gettext."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        texts = [a.value for a in node.args[:2] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if len(texts) >= CALLS.get(name, 3):
            yield texts[0], texts[1] if CALLS[name] == 2 else ""


def texts_of_template(source: str) -> Iterator[Text]:
    """The texts of a template's translate and blocktranslate tags."""
    for line in templatize(source).splitlines():
        call = line[line.find("gettext(") :] if "gettext(" in line else ""
        start = 0
        while (start := line.find("gettext(", start)) != -1:
            call = line[start:]
            start += 8
            depth = _closing(call)
            yield from texts_of(("n" if line[start - 9 : start - 8] == "n" else "") + call[: depth + 1])


def _closing(call: str) -> int:
    """Where the first call in the text ends."""
    for end in range(len(call)):
        if call[end] == ")":
            try:
                ast.parse(call[: end + 1])
            except SyntaxError:
                continue
            return end
    return len(call)


def collected() -> dict[str, str]:
    """Every text of the project, with its plural."""
    found: dict[str, str] = {}
    base = Path(settings.BASE_DIR)
    for folder in ("agencies", "registry", "reports"):
        for path in sorted((base / folder).rglob("*.py")):
            found.update(texts_of(path.read_text(encoding="utf-8")))
        for path in sorted((base / folder).rglob("templates/**/*.*")):
            if path.suffix in {".html", ".txt"}:
                found.update(texts_of_template(path.read_text(encoding="utf-8")))
    found.pop("", None)
    return found


class Command(BaseCommand):
    """Keep the catalogue."""

    help = "Collect texts into the Vietnamese catalogue and compile it; --check fails where a text has none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Collect, drop what is gone, compile, and say what lacks a translation."""
        catalogue = polib.pofile(str(CATALOGUE), wrapwidth=118)
        found = collected()
        known = {entry.msgid: entry for entry in catalogue}
        missing = [text for text in found if text not in known or not known[text].translated()]
        gone = [e for e in catalogue if e.msgid not in found and PACKAGE not in e.comment]
        if options["check"]:
            self._check(catalogue, missing, gone)
            return
        for entry in gone:
            catalogue.remove(entry)
        catalogue.extend(_entry(text, found[text]) for text in found if text not in known)
        catalogue.sort(key=lambda e: e.msgid)
        catalogue.save()
        catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
        self.stdout.write(f"{len(catalogue)} texts, {len(missing)} without Vietnamese, {len(gone)} dropped.")
        for text in missing:
            self.stdout.write(f"  {text}")

    def _check(self, catalogue: Any, missing: list[str], gone: list[Any]) -> None:
        faults = [f"no Vietnamese: {t}" for t in missing] + [f"no longer used: {e.msgid}" for e in gone]
        faults += [f"fuzzy: {e.msgid}" for e in catalogue.fuzzy_entries()]
        compiled = CATALOGUE.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != catalogue.to_binary():
            faults.append("django.mo is not compiled from django.po")
        if faults:
            raise CommandError("Run: make messages\n" + "\n".join(faults))


def _entry(text: str, plural: str) -> polib.POEntry:
    if plural:
        return polib.POEntry(msgid=text, msgid_plural=plural, msgstr_plural={0: ""})
    return polib.POEntry(msgid=text, msgstr="")
