"""The README says what the code does."""

from complaints.workflow import diagram
from core.config import PARSERS, ROOT
from wsgi import COMMANDS

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_diagram_is_the_workflow_table() -> None:
    shown = README.split("<!-- workflow -->")[1].split("<!-- /workflow -->")[0]
    assert shown.strip() == f"```mermaid\n{diagram().strip()}\n```"


def test_every_setting_and_command_is_named() -> None:
    names = {*PARSERS, *(str(command.name) for command in COMMANDS)}
    assert {name for name in names if f"`{name}" not in README} == set()
