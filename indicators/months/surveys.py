"""Indicator 2 of a period, from what was read of the survey."""

from core.periods import Period
from indicators.months.reading import Read
from indicators.months.results import Index, ServiceIndex, Survey
from survey import scores
from survey.figures import users
from survey.figures.building import Counting
from survey.figures.groups import Dimension
from survey.figures.results import Sums
from survey.scores import DEFAULT_WEIGHT


def survey(read: Read, period: Period) -> Survey:
    """The index and everything beside it."""
    counting, whole = read.counting, read.pooled(read.services, period)
    population = users.people(read.visits, read.settings, period, whole.tally.respondents)
    out = read.pooled(read.of(Dimension.EXCLUDED), period)
    scored = counting.scored("", "", whole, population)
    return Survey(
        index=index_of(whole, counting),
        everything=index_of(whole + out, counting),
        excluded=out.tally.respondents,
        verified=index_of(read.pooled(read.of(Dimension.VISIT), period), counting),
        exact=None if counting.weight == DEFAULT_WEIGHT else scores.ikm(whole.tally),
        weight=counting.weight,
        interval95=scored.interval95,
        sample_needed=None if population is None else scores.sample_needed(population),
        is_missing_visits=population is None and users.recorded(read.visits, read.settings, period) is not None,
        elements=scored.elements,
        services=_services(read, period),
    )


def index_of(sums: Sums, counting: Counting) -> Index:
    """The index of these ratings."""
    value = scores.ikm(sums.tally, counting.weight)
    return Index(sums.tally.respondents, value, None if value is None else scores.grade(value))


def _services(read: Read, period: Period) -> tuple[ServiceIndex, ...]:
    """Those that were rated."""
    by_service = {
        code: read.pooled((row for row in read.services if row.service_code == code), period) for code in read.names
    }
    return tuple(
        ServiceIndex(code, read.names[code], index_of(sums, read.counting))
        for code, sums in by_service.items()
        if sums.tally.respondents
    )
