"""Every action that the source notes in the audit trail has words on its page."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from offices import audit_words, looking

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "offices", "complaints", "survey", "indicators")
ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
RECORDING = {"audit.record", "audit.note"}
AREAS = {action.partition(".")[0] for action in audit_words.ACTIONS}


def noted(tree: ast.AST) -> Iterator[str]:
    """What looks like an action among the arguments of calls, in a module that records; wrappers' calls, too."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    if RECORDING & {ast.unparse(call.func) for call in calls}:
        words = (part for call in calls for given in call.args for part in ast.walk(given))
        texts = (part.value for part in words if isinstance(part, ast.Constant) and isinstance(part.value, str))
        yield from (text for text in texts if text.partition(".")[0] in AREAS and ACTION.fullmatch(text))


def test_every_action_has_words() -> None:
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    written = {action for path in files for action in noted(ast.parse(path.read_text()))}
    heard = {looking.FILE, *looking.NAMED.values(), *looking.PAGES.values(), *looking.SIGNALS.values()}
    assert "service.edit" in written
    assert (written | heard) - audit_words.ACTIONS.keys() == set()
