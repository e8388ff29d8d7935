"""What the office publishes: satisfaction and settlement of ended periods, in plain words and for programs."""

from collections.abc import Callable
from threading import BoundedSemaphore

from flask import Blueprint, Response, abort, current_app, jsonify, render_template, url_for

from core import clock
from core.calendar import wib_day
from core.db import reader
from core.errors import or_none
from core.periods import Period
from core.turns import a_turn
from core.web import allow_frames, allow_sharing
from indicators.months.reading import year_back
from indicators.published import changes as changed
from indicators.published import changes_page, data, gathering, series
from indicators.published import page as pages
from indicators.published.changes import Entry
from indicators.published.gathering import Published
from offices.current import current_office
from offices.kept import kept
from survey.reports import poster

public = Blueprint("results", __name__)
DRAWING = BoundedSemaphore(1)
PATIENCE_S = 10.0


@public.before_request
def share() -> None:
    """Whoever likes may show it."""
    allow_sharing()


@public.get("/hasil")
def periods() -> str:
    """All ended periods that have figures, the newest first."""
    over = _ended()
    months = [period.first for period in over if period.length == 1]
    newest = series.series(reader(), current_office(), months[:1])
    return render_template("indicators/results.html", newest=newest, years=pages.by_year(over))


@public.get("/hasil.json")
def series_json() -> Response:
    """Every ended month for programs, the oldest first."""
    return jsonify([data.month_row(row) for row in _series()])


@public.get("/hasil.csv")
def series_csv() -> Response:
    """The same as a sheet."""
    return data.as_csv("hasil.csv", data.ROW, map(data.month_row, _series()))


@public.get("/hasil/kamus-data")
def dictionary() -> str:
    """What each field means."""
    return render_template("indicators/dictionary.html", data=data)


@public.get("/hasil/kamus-data.json")
def dictionary_json() -> Response:
    """The same for programs."""
    return jsonify(data.dictionary())


@public.get("/hasil/perubahan")
def changes() -> str:
    """What changed in locked months and in the ways of counting, the newest first."""
    return render_template("indicators/changes.html", entries=map(changes_page.told, _changes()))


@public.get("/hasil/perubahan.json")
def changes_json() -> Response:
    """The same for programs."""
    return jsonify([changes_page.row(entry) for entry in _changes()])


@public.get("/hasil/<period>")
def period(period: str) -> str:
    """One ended period."""
    found = _published(period)
    return render_template(
        "indicators/result.html",
        found=found,
        page=pages.page(found, _year_before(found)),
        address=_address(found, ".period"),
        picture=_address(found, ".picture"),
        picture_words=poster.alt(found.figures, found.office),
    )


@public.get("/hasil/<period>.json")
def period_json(period: str) -> Response:
    """The same for programs."""
    return jsonify(data.whole(_published(period)))


@public.get("/hasil/<period>.csv")
def period_csv(period: str) -> Response:
    """The same as a sheet of one row."""
    found = _published(period)
    return data.as_csv(f"hasil-{found.figures.period}.csv", data.ROW, [data.period_row(found)])


@public.get("/hasil/<period>/rincian.csv")
def groups_csv(period: str) -> Response:
    """Its breakdowns as a sheet, small groups hidden."""
    found = _published(period)
    return data.as_csv(f"hasil-{found.figures.period}-rincian.csv", data.GROUP_ROW, data.group_rows(found))


@public.get("/hasil/<period>.png")
def picture(period: str) -> Response:
    """A square picture to share; drawn once a night."""
    found = _published(period)
    return _drawn(found, "png", lambda: poster.png(found.figures, found.office), "image/png")


@public.get("/hasil/<period>/poster.pdf")
def poster_pdf(period: str) -> Response:
    """The poster on A4."""
    found = _published(period)
    return _drawn(found, "pdf", lambda: poster.pdf(found.figures, found.office), "application/pdf")


@public.get("/hasil/<period>/sematan")
def embedded(period: str) -> str:
    """The index alone, to stand inside other pages."""
    allow_frames()
    found = _published(period)
    return render_template("indicators/embedded.html", found=found, address=_address(found, ".period"))


def _published(text: str) -> Published:
    """What is published of the period; 404 for what is no period, is not over and counted, or has no figures."""
    found = or_none(Period.parse, text)
    if found is None or found not in _ended():
        abort(404)
    return gathering.build(reader(), current_office(), found)


def _ended() -> list[Period]:
    return gathering.ended(reader(), current_office().id)


def _changes() -> list[Entry]:
    return changed.changes(reader(), current_office(), wib_day(clock.now()))


def _series() -> list[series.PeriodRow]:
    months = [period.first for period in _ended() if period.length == 1]
    return series.series(reader(), current_office(), months)


def _year_before(found: Published) -> list[series.PeriodRow]:
    """Twelve months that end with the period."""
    return series.series(reader(), found.office, year_back(found.figures.period).months)


def _drawn(found: Published, form: str, draw: Callable[[], bytes], kind: str) -> Response:
    """What takes long to draw is drawn once, by one at a time, and kept until the figures are counted again."""
    key = (form, str(found.figures.period), found.figures.as_of, found.told_version, bool(found.groups))
    with a_turn(DRAWING, PATIENCE_S):
        drawn = kept(found.office, key, draw)
    return Response(drawn, mimetype=kind)


def _address(found: Published, endpoint: str) -> str:
    return f"{current_app.config['SETTINGS'].base_url}{url_for(endpoint, period=found.figures.period)}"
