"""Tasks of a report."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from complaints.case_models import Task
from complaints.desk import case_queries, tasks
from core.calendar import wib_day
from core.db import db
from core.errors import Missing, Refused
from core.ids import uuid7
from tests import make
from tests.complaints import cases

TODAY = wib_day(cases.LATER)


def add(number: str, **values: Any) -> None:
    defaults = {"title": "Temui pemilik", "assignee": None, "due_on": None, "role": "officer"}
    tasks.add(office_id=make.OFFICE, number=number, actor_id=cases.officer(), now=cases.LATER, **(defaults | values))


def finish(number: str, task: Task, *, role: str = "officer") -> None:
    tasks.finish(
        office_id=make.OFFICE, number=number, task_id=task.id, role=role, actor_id=cases.officer(), now=cases.LATER
    )


def listed(number: str) -> list[Task]:
    report = cases.report(number)
    return list(case_queries.tasks(db.session(), make.OFFICE, report.id))


def test_open_tasks_come_first_by_their_day(any_app: Flask) -> None:
    number = cases.case()
    add(number, title="kapan saja")
    add(number, title="lusa", due_on=TODAY + timedelta(days=2))
    add(number, title="hari ini", due_on=TODAY)
    finish(number, listed(number)[0])
    assert [task.title for task in listed(number)] == ["lusa", "kapan saja", "hari ini"]


def test_ticking_off_twice_keeps_the_first(any_app: Flask) -> None:
    number = cases.case()
    add(number)
    finish(number, listed(number)[0])
    first = listed(number)[0].done_by
    finish(number, listed(number)[0])
    assert listed(number)[0].done_by == first


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"due_on": TODAY - timedelta(days=1)}, {"role": "head"}, {"assignee": uuid7(make.START)}]
)
def test_a_wrong_task_is_refused(any_app: Flask, wrong: dict[str, Any]) -> None:
    number = cases.case()
    with pytest.raises(Refused):
        add(number, **wrong)
    assert listed(number) == []


def test_a_closed_report_takes_no_task(any_app: Flask) -> None:
    number = cases.case()
    cases.act(number, "exclude")
    with pytest.raises(Refused, match="sudah ditutup"):
        add(number)


def test_a_task_of_another_report_is_not_there(any_app: Flask) -> None:
    number, other = cases.case(), cases.case()
    add(other)
    with pytest.raises(Missing):
        finish(number, listed(other)[0])
