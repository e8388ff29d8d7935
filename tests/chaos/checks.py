"""After a fault: is everything that was acknowledged there, once; do the chains hold; does the next night mend."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from PIL import Image
from sqlalchemy.engine import make_url

from complaints.case_models import Photo
from complaints.models import Complaint, Event
from core import jobs, media
from core.db import Base, db, reader
from indicators.models import ComplaintDay, ComplaintMonth
from survey.figures.models import RatingAnswerMonth, RatingGroupMonth, RatingMonth
from survey.models import Rating
from tests.bench.printing import heading, line
from tests.chaos.sending import Answer, Kind, Sent
from tests.chaos.stage import Stage

FIGURES: tuple[type[Base], ...] = (RatingMonth, RatingGroupMonth, RatingAnswerMonth, ComplaintDay, ComplaintMonth)
CHAINS = (("complaints", "verify-chain"), ("audit", "verify"))
SHOWN_MOST = 5


@dataclass
class Row:
    """One kind of sending: how many were sent, acknowledged, found once, not at all though acknowledged, twice."""

    tries: int = 0
    acknowledged: int = 0
    once: int = 0
    lost: int = 0
    doubled: int = 0


@dataclass
class Verdict:
    """What a part came to. `faults` are in words, empty where all is well; `notes` are figures to print."""

    title: str
    rows: dict[str, Row] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def note(self, name: str, value: object) -> None:
        self.notes.append((name, str(value)))

    def must(self, name: str, *, is_so: bool, value: object = "") -> None:
        """Print it, and count it as a fault where it is not so."""
        self.note(name, ("yes" if is_so else "NO") if value == "" else value)
        if not is_so:
            self.faults.append(f"{self.title}: {name} {value}".strip())

    def show(self) -> None:
        heading(self.title)
        if self.rows:
            line("", "tries", "acknowledged", "found once", "lost", "doubled")
        for name, row in self.rows.items():
            line(name, *map(str, (row.tries, row.acknowledged, row.once, row.lost, row.doubled)))
        for name, value in self.notes:
            line(name, value)
        for fault in self.faults:
            line(f"FAULT: {fault}")


def look(verdict: Verdict, stage: Stage, sent: Sequence[Sent]) -> Verdict:
    """Everything that must hold on a stage once the fault is over and the server stands still."""
    with stage.opened() as app:
        count(verdict, sent, app)
        chains(verdict, app)
        whole(verdict, stage)
        figures(verdict, app)
    pages(verdict, [(each, answer) for each in sent for answer in each.answers])
    return verdict


def count(verdict: Verdict, sent: Sequence[Sent], app: Flask) -> None:
    """What was sent beside what is stored."""
    stored = stored_keys(app)
    for kind in Kind:
        mine = [each for each in sent if each.kind is kind]
        if not mine:
            continue
        found = [(each.is_taken, stored[each.key]) for each in mine]
        row = Row(
            tries=len(mine),
            acknowledged=sum(taken for taken, _times in found),
            once=sum(times == 1 for _taken, times in found),
            lost=sum(taken and times == 0 for taken, times in found),
            doubled=sum(times > 1 for _taken, times in found),
        )
        verdict.rows[kind] = row
        if row.lost or row.doubled:
            verdict.faults.append(f"{verdict.title}: {kind}: {row.lost} lost, {row.doubled} doubled")
            verdict.faults += [_told(each) for each in mine if each.is_taken and not stored[each.key]][:SHOWN_MOST]
    strangers = sum(stored.values()) - sum(stored[each.key] for each in sent)
    if strangers:
        verdict.note("stored, sent by nobody here", strangers)


def _told(lost: Sent) -> str:
    """What was said of something that is not there, and when (seconds of the machine's clock)."""
    said = ", ".join(f"{answer.status} at {answer.at:.3f}" for answer in lost.answers)
    return f"{lost.key}: {said}; {lost.answers[-1].text[:200]!r}"


def stored_keys(app: Flask) -> Counter[str]:
    """How often each sending is there; a photo, when its file is there and whole, too."""
    db.session.rollback()
    data_dir: Path = app.config["SETTINGS"].data_dir
    found: Counter[str] = Counter()
    for ids in (sa.select(Rating.submission_id), sa.select(Complaint.submission_id)):
        found.update(str(key) for key in reader().scalars(ids))
    for row in reader().execute(sa.select(Photo.office_id, Photo.id, Photo.upload_id)):
        found[str(row.upload_id)] += _is_picture(data_dir, row.office_id, row.id)
    moves = sa.select(Complaint.number, Event.move).join(Event, Event.complaint_id == Complaint.id)
    steps = reader().execute(moves.where(Event.actor_id.is_not(None)))
    found.update(f"{row.number} {row.move}" for row in steps)
    return found


def _is_picture(data_dir: Path, office_id: int, photo_id: UUID) -> bool:
    content = media.read(data_dir, office_id, photo_id)
    try:
        Image.open(BytesIO(content or b"")).load()
    except OSError:
        return False
    return True


def chains(verdict: Verdict, app: Flask) -> None:
    """Each chain of the house, checked by its own command."""
    for words in CHAINS:
        answer = app.test_cli_runner().invoke(args=list(words))
        verdict.must(f"chain of {words[0]} holds", is_so=answer.exit_code == 0, value=answer.output.strip())


def whole(verdict: Verdict, stage: Stage) -> None:
    """The database by its own check, and whatever of a kind must agree: counters with rows."""
    if make_url(stage.url or "sqlite://").get_backend_name() == "sqlite":
        said = reader().execute(sa.text("PRAGMA integrity_check")).scalar()
        verdict.must("integrity_check", is_so=said == "ok", value=said)
        astray = reader().execute(sa.text("PRAGMA foreign_key_check")).all()
        verdict.must("rows without their parent", is_so=not astray, value=len(astray))
    events = reader().execute(sa.text("SELECT count(*), max(seq) FROM event")).one()
    verdict.must("events numbered without a gap", is_so=events[0] == (events[1] or 0), value=f"{events[0]}")
    reports = reader().execute(
        sa.text("SELECT (SELECT count(*) FROM complaint), (SELECT coalesce(sum(reports), 0) FROM case_count)")
    )
    stored, counted = reports.one()
    verdict.must("reports as counted in the inbox", is_so=stored == counted, value=f"{counted} of {stored}")


def figures(verdict: Verdict, app: Flask) -> None:
    """The next night, beside a count of everything. Whoever was killed while counting holds the lease for half an
    hour still, and a night by hand would wait for it.
    """
    jobs.free_all()
    night = app.test_cli_runner().invoke(args=["nightly"])
    mended = rows()
    everything = app.test_cli_runner().invoke(args=["nightly", "--all"])
    verdict.must("the next night runs", is_so=night.exit_code == everything.exit_code == 0)
    verdict.must("its figures as if all were recounted", is_so=mended == rows(), value=f"{len(mended)} rows")


def rows() -> list[tuple[object, ...]]:
    """Every figure that the nights have made."""
    db.session.rollback()
    found = [reader().execute(sa.select(*sa.inspect(model).columns)).all() for model in FIGURES]
    return sorted((tuple(row) for each in found for row in each), key=str)


def pages(verdict: Verdict, answers: Sequence[tuple[Sent, Answer]]) -> None:
    """What people saw: no traceback, an error as a page in Indonesian, and what they had typed in it."""
    wrong = [words for sent, answer in answers for words in slips(sent, answer)]
    verdict.note("answers", len(answers))
    verdict.note("none came (line cut)", sum(not answer.status for _sent, answer in answers))
    statuses = Counter(answer.status for _sent, answer in answers if answer.status >= 400)
    verdict.note("refused or failed, by status", " ".join(f"{code}×{n}" for code, n in sorted(statuses.items())) or "–")
    verdict.must("pages with a traceback, bare, or without what was typed", is_so=not wrong, value=len(wrong))
    verdict.faults.extend(wrong[:SHOWN_MOST])


def slips(sent: Sent, answer: Answer) -> Iterator[str]:
    """What is wrong with an answer."""
    if b"Traceback" in answer.body or b"Werkzeug" in answer.body:
        yield f"{sent.kind}: a traceback is shown"
    if answer.status < 500:
        return
    kind = answer.headers.get("content-type", "")
    if not kind.startswith(("text/html", "application/problem+json")):
        yield f"{sent.kind}: {answer.status} with a bare {kind or 'body'}"
    elif kind.startswith("text/html") and 'lang="id"' not in answer.text:
        yield f"{sent.kind}: {answer.status} not in Indonesian"
    elif sent.typed and sent.typed not in answer.text:
        yield f"{sent.kind}: {answer.status} without what was typed"
