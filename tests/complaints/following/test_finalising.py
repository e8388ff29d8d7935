"""Silence makes a settling final, and one broken record holds up nobody else."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from complaints import fetching
from complaints.following import finalising
from complaints.models import Complaint
from core.calendar import wib_day
from core.db import reader
from core.jobs import recent_runs
from indicators import nightly
from tests.complaints import cases

MUCH_LATER = cases.LATER + timedelta(days=60)


def test_a_broken_record_is_logged_and_the_night_goes_on(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken, whole = cases.settled(), cases.settled()
    bad, real = cases.report(broken).id, fetching.locked

    def locked(session: Session, office_id: int, complaint_id: UUID) -> Complaint:
        if complaint_id == bad:
            raise ValueError("no move finalise from nowhere")
        return real(session, office_id, complaint_id)

    monkeypatch.setattr(finalising, "locked", locked)
    nightly.run_due(lambda: MUCH_LATER)
    assert [cases.report(number).status for number in (broken, whole)] == ["settled", "final"]
    assert [run.error for run in recent_runs(reader())] == [None]
    assert str(bad) in caplog.text
    assert nightly.run_now(lambda: MUCH_LATER, nightly.recount_marked).error is None


def test_how_many_were_closed_is_told(any_app: Flask) -> None:
    silent: dict[str, Any] = {"today": wib_day(MUCH_LATER), "now": MUCH_LATER}
    cases.settled()
    assert [finalising.finalise_silent(**silent) for _night in range(2)] == [1, 0]
