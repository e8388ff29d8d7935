"""Thousands of applications with the same addresses are made here: each address is read and compiled once."""

from typing import Any

from werkzeug.routing import Rule

_compile = Rule.compile
_compiled: dict[tuple[Any, ...], Rule] = {}


def _compile_once(rule: Rule) -> None:
    """What was made of a rule asks the rule that it is called with, so rules that read alike share it."""
    key = (rule.rule, rule.subdomain, rule.host, rule.merge_slashes, tuple((rule.defaults or {}).items()))
    first = _compiled.get(key)
    if first is None:
        _compile(rule)
        _compiled[key] = rule
        return
    rule._parts, rule._trace, rule._converters = first._parts, first._trace, first._converters
    rule.arguments = set(first.arguments)
    for builder in ("_build", "_build_unknown"):
        setattr(rule, builder, getattr(first, builder).__func__.__get__(rule, None))


def share() -> None:
    """From now on in this process."""
    Rule.compile = _compile_once  # type: ignore[assignment, method-assign]
