"""Keeps the house in order: which way imports point, what pure rules may touch, how long things get."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "core": {"core"},
    "offices": {"core", "offices"},
    "complaints": {"core", "offices", "complaints"},
    "survey": {"core", "offices", "survey"},
    "indicators": {"core", "offices", "complaints", "survey", "indicators"},
    "wsgi": {"core", "offices", "complaints", "survey", "indicators"},
}
PURE = {
    "core": {"backup.rotating", "calendar", "chain", "codes", "errors", "figures", "ids", "periods", "spelling"},
    "complaints": {
        "oversight.anomalies",
        "deadlines",
        "pictures.evidence",
        "messages.letters",
        "receipts",
        "messages.routing",
        "open311.trees",
        "states",
        "reporting.suspicion",
        "terms",
        "workflow",
    },
    "offices": {"law.limits", "law.terms", "papers.legible", "rights", "roles", "signin.devices", "signin.required"},
    "survey": {
        "elements",
        "questionnaire",
        "scores",
        "figures.groups",
        "figures.nesting",
        "review.integrity",
        "visits.codes",
    },
    "indicators": {"formulas", "ledger", "published.apart", "registers.responsible", "sheet", "sparkline"},
}
PURE_NAMES = {f"{room}.{name}" for room, names in PURE.items() for name in names}
MODULES = sorted([*(path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py")), ROOT / "wsgi.py"])
LONGEST_FUNCTION = 40
LONGEST_MODULE = 250
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def room_of(name: str) -> str:
    return name.split(".", maxsplit=1)[0]


modules = pytest.mark.parametrize("path", MODULES, ids=name_of)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports_of(path: Path) -> Iterator[str]:
    """Full names of everything imported: `from core import clock` is core.clock."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}:{node.lineno} imports from a relative name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def functions_of(path: Path) -> Iterator[Function]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, Function))


def calls_of(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every call."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def is_pure(imported: str) -> bool:
    return room_of(imported) in sys.stdlib_module_names or any(
        imported == name or imported.startswith(f"{name}.") for name in PURE_NAMES
    )


@modules
def test_imports_point_one_way(path: Path) -> None:
    rooms = {room_of(name) for name in imports_of(path)} & (MAY_IMPORT.keys() | {"tests", "migrations"})
    assert rooms <= MAY_IMPORT[room_of(name_of(path))]


@modules
def test_nothing_is_imported_inside_a_function(path: Path) -> None:
    inner = [
        f"{function.name}:{node.lineno}"
        for function in functions_of(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inner


@pytest.mark.parametrize("path", [path for path in MODULES if name_of(path) in PURE_NAMES], ids=name_of)
def test_a_pure_rule_stands_on_pure_things_alone(path: Path) -> None:
    assert [name for name in imports_of(path) if not is_pure(name)] == []


def test_what_calls_itself_pure_is_held_to_it() -> None:
    said = {name_of(path) for path in MODULES if "pure)" in (ast.get_docstring(tree_of(path)) or "")}
    assert said <= PURE_NAMES


def test_every_pure_module_is_there() -> None:
    assert {name_of(path) for path in MODULES} >= PURE_NAMES


# The packages of the two rooms, each of which may import only what stands before it; "" is the room's own subject.
SUBJECTS = {
    "complaints": ["", "reporting", "pictures", "following", "messages", "oversight", "desk", "open311", "logbooks"],
    "survey": ["", "visits", "figures", "entry", "review", "editing", "reports"],
    "indicators": ["", "registers", "months", "locks", "pages", "documents", "published", "regency"],
}
# Pages, programs, commands and what runs by itself: they see all subjects.
ABOVE = {
    "api",
    "backups",
    "cli",
    "cli_months",
    "desk_recount",
    "master",
    "public",
    "nightly",
    "scheduler",
    "trails",
    "demo",
    "demo_months",
    "demo_registers",
    "demo_reports",
    "demo_survey",
    "watching",
    "desk_health",
}


def subject_of(name: str) -> int:
    """Where a module of a room stands in its SUBJECTS."""
    room, *inner = name.split(".")
    order = SUBJECTS[room]
    if len(inner) == 1:
        return len(order) if inner[0] in ABOVE else 0
    return order.index(inner[0]) if inner[0] in order else 0


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(name_of(p)) in SUBJECTS], ids=name_of)
def test_the_subjects_of_a_room_stand_one_upon_the_other(path: Path) -> None:
    known, mine = {name_of(each) for each in MODULES}, name_of(path)
    used = {name if name in known else name.rpartition(".")[0] for name in imports_of(path)}
    beside = {name for name in used & known if room_of(name) == room_of(mine)}
    assert [name for name in beside if subject_of(name) > subject_of(mine)] == []


CLOCKS = ("now", "utcnow", "today", "time.time", "time.time_ns", "localtime", "gmtime", "current_timestamp")


def reads_clock(call: str) -> bool:
    last = call.rsplit(".", maxsplit=1)[-1]
    return (last in CLOCKS or call in CLOCKS) and call != "clock.now"


@modules
def test_only_the_clock_reads_the_clock(path: Path) -> None:
    readings = [f"{line}: {call}" for line, call in calls_of(path) if reads_clock(call)]
    assert readings == [] or name_of(path) == "core.clock"


@modules
def test_only_a_transaction_commits(path: Path) -> None:
    commits = [f"{line}: {call}" for line, call in calls_of(path) if call.endswith(".commit")]
    assert commits == [] or name_of(path) == "core.db"


@modules
def test_a_page_asks_no_database_itself(path: Path) -> None:
    if any(call in {"Blueprint", "staff_blueprint"} for _line, call in calls_of(path)):
        assert [name for name in imports_of(path) if name.startswith("sqlalchemy")] == []


@modules
def test_no_html_is_written_in_python(path: Path) -> None:
    made = [f"{line}: {call}" for line, call in calls_of(path) if call in {"Markup", "render_template_string"}]
    assert made == [] or name_of(path) == "core.web"


@modules
def test_functions_and_modules_stay_short(path: Path) -> None:
    long = [f.name for f in functions_of(path) if (f.end_lineno or 0) - f.lineno + 1 > LONGEST_FUNCTION]
    assert long == []
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
