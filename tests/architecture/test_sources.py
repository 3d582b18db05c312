"""Sizes and habits of the source, read from the source."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import TOP, sources

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
MODULES = sorted(sources())


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS):
            yield node


@pytest.mark.parametrize("module", MODULES)
def test_a_file_fits_three_hundred_lines_and_a_function_forty(module: str) -> None:
    assert len((TOP / module).read_text(encoding="utf-8").splitlines()) <= 300
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(sources()[module]) if f.end_lineno}
    assert {name: lines for name, lines in long.items() if lines > 40} == {}


@pytest.mark.parametrize("module", MODULES)
def test_imports_stand_at_the_top_and_are_absolute(module: str) -> None:
    tree = sources()[module]
    inside = [n.lineno for f in functions(tree) for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    relative = [n.lineno for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]
    assert (inside, relative) == ([], [])


@pytest.mark.parametrize("module", MODULES)
def test_no_signals_and_no_lookup_of_models_by_name(module: str) -> None:
    text = (TOP / module).read_text(encoding="utf-8")
    for forbidden in ("django.dispatch", "db.models.signals", "apps.get_model", "@receiver"):
        assert forbidden not in text


@pytest.mark.parametrize("module", MODULES)
def test_no_file_is_named_after_nothing(module: str) -> None:
    nothing = {"core", "common", "utils", "helpers", "services", "managers"}
    assert not nothing & set(module.removesuffix(".py").split("/"))


ACTIONS = ("/receipts.py", "agencies/delegations.py", "/dockets.py", "/attachments.py", "reports/asking.py")
ACTIONS += ("reports/preparing.py", "reports/sealing.py", "reports/taking.py")


def is_action_module(module: str) -> bool:
    return module.endswith("/actions.py") or "/actions/" in module or module.endswith(ACTIONS)


@pytest.mark.parametrize("module", [m for m in MODULES if is_action_module(m)])
def test_a_write_names_who_does_it_by_keyword_and_is_one_transaction(module: str) -> None:
    for function in sources()[module].body:
        if not isinstance(function, FUNCTIONS) or not decorated(function, "atomic"):
            continue
        assert not (function.args.args or function.args.posonlyargs), f"{function.name}: keywords only"
        assert "by" in {a.arg for a in function.args.kwonlyargs}, f"{function.name}: say by whom"
        assert all(a.annotation for a in function.args.kwonlyargs), f"{function.name}: types"
        assert function.returns is not None, f"{function.name}: what it returns"


@pytest.mark.parametrize("module", [m for m in MODULES if is_action_module(m)])
def test_whatever_takes_who_does_it_and_writes_is_one_transaction(module: str) -> None:
    for function in sources()[module].body:
        if not isinstance(function, FUNCTIONS) or "by" not in {a.arg for a in function.args.kwonlyargs}:
            continue
        if calls(function, {"save", "record"}):
            assert decorated(function, "atomic"), function.name


def decorated(function: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> bool:
    return any(name in ast.dump(decorator) for decorator in function.decorator_list)


def calls(function: ast.AST, names: set[str]) -> bool:
    called = [n.func for n in ast.walk(function) if isinstance(n, ast.Call)]
    return any((getattr(f, "attr", None) or getattr(f, "id", None)) in names for f in called)


WRITERS = ("registry/api/idempotency.py", "reports/making.py", "reports/drafting.py")


def test_the_writers_beside_actions_exist() -> None:
    assert set(WRITERS) <= set(MODULES)


@pytest.mark.parametrize("module", [m for m in MODULES if not is_action_module(m) and m not in WRITERS])
def test_only_actions_change_a_status(module: str) -> None:
    """`record.status = ...` stands in actions, in the job that makes reports, and in loaders alone."""
    targets = [t for n in ast.walk(sources()[module]) if isinstance(n, ast.Assign) for t in n.targets]
    assert [t.lineno for t in targets if isinstance(t, ast.Attribute) and t.attr == "status"] == []
