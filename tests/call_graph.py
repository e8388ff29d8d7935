"""What a function of ours leads to, as its source names it: through calls, references and what modules hold."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("core", "offices", "complaints", "survey", "indicators")


def reached(start: str) -> set[str]:
    """Every function, class and value of ours that "package.module.name" names, and what these name, and so on."""
    graph, seen, waiting = _graph(), set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += graph.get(name, ())
    return seen


@cache
def _graph() -> Mapping[str, set[str]]:
    sources = {_module(path): ast.parse(path.read_text(encoding="utf-8")) for path in _files()}
    found: dict[str, set[str]] = {}
    for module, tree in sources.items():
        known = dict(_imports(tree, sources.keys())) | {name: f"{module}.{name}" for name, _node in _named(tree)}
        for name, node in _named(tree):
            found.setdefault(f"{module}.{name}", set()).update(_uses(node, known))
    return found


def _files() -> Iterator[Path]:
    for package in PACKAGES:
        yield from (ROOT / package).rglob("*.py")


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _named(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((part.id, node) for each in targets for part in ast.walk(each) if isinstance(part, ast.Name))


def _imports(tree: ast.Module, modules: object) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((each.asname or each.name, f"{node.module}.{each.name}") for each in node.names)


def _uses(node: ast.AST, known: Mapping[str, str]) -> Iterator[str]:
    own = _own_names(node)
    for part in ast.walk(node):
        if isinstance(part, ast.Name) and part.id in known.keys() - own:
            yield known[part.id]
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in known:
            yield f"{known[part.value.id]}.{part.attr}"


def _own_names(node: ast.AST) -> set[str]:
    """A function's arguments and variables, which hide what the module calls so."""
    if not isinstance(node, ast.FunctionDef):
        return set()
    stored = {part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)}
    return stored | {part.arg for part in ast.walk(node) if isinstance(part, ast.arg)}
