"""Thousands of applications with the same addresses are made here: what builds an address is compiled once."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]
_compile = Rule._compile_builder
_compiled: dict[tuple[Any, ...], Builder] = {}


def _compile_once(rule: Rule, append_unknown: bool = True) -> Builder:
    """A builder asks the rule that it is called with for its converters, so rules that read alike share one."""
    key = (rule.rule, tuple(rule._trace), tuple((rule.defaults or {}).items()), append_unknown)
    if key not in _compiled:
        _compiled[key] = _compile(rule, append_unknown)
    return _compiled[key]


def share() -> None:
    """From now on in this process."""
    Rule._compile_builder = _compile_once  # type: ignore[assignment, method-assign]
