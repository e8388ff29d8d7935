"""The year counted once more from the exported files, as an auditor would: plain Python that knows nothing of the
product. Rules: the office's IKU sheet, Permenpan RB 14/2017, and what the office set.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

Row = Mapping[str, str]
ELEMENTS = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
GRADES = (("A", Fraction("88.31")), ("B", Fraction("76.61")), ("C", Fraction(65)), ("D", Fraction(0)))
PREDICATES = ("Sangat tinggi", "Tinggi", "Sedang", "Rendah", "Sangat rendah")
KINDS = ("spam", "duplicate", "out_of_authority")
KEYS = ("documents", "ikm", "welfare", "settlement", "sakip", "programme")


@dataclass(frozen=True)
class Files:
    """What was exported at one moment. `moves` are of all years there are."""

    ratings: Sequence[Row]
    moves: Sequence[Row]
    documents: Sequence[Row]
    activities: Sequence[Row]
    reviews: Sequence[Row]
    programme: Sequence[Row]
    realisations: Sequence[Row]
    outside: Sequence[Row]


@dataclass(frozen=True)
class Rules:
    """What the office had set for the last month of the period, and its targets: (key, quarter, 0: year) → value."""

    weight: str
    thresholds: tuple[int, ...]
    counts_patrol: bool
    is_outside: bool
    users: Sequence[int]  # of each month of the year
    targets: Mapping[tuple[str, int], Fraction]


@dataclass(frozen=True)
class Span:
    """Whole months of one year."""

    year: int
    first: int
    last: int

    @property
    def begins(self) -> date:
        return date(self.year, self.first, 1)

    @property
    def ends(self) -> date:
        following = date(self.year + self.last // 12, self.last % 12 + 1, 1)
        return following - timedelta(days=1)

    def holds(self, day: str) -> bool:
        return self.begins.isoformat() <= day <= self.ends.isoformat()

    @property
    def to_date(self) -> "Span":
        return Span(self.year, 1, self.last)

    @property
    def name(self) -> str:
        """As in addresses."""
        length = self.last - self.first + 1
        if length == 1:
            return f"{self.year}-{self.last:02}"
        letters = {3: "TW", 6: "S"}
        return f"{self.year}-{letters[length]}{self.last // length}" if length in letters else str(self.year)


def rows(text: str) -> list[Row]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def text(value: Fraction | int | None, places: int = 2) -> str | None:
    """Rounded half up, as programs read it."""
    if value is None:
        return None
    whole, rest = divmod(Fraction(value) * 10**places, 1)
    units = int(whole) + (rest >= Fraction(1, 2))
    return f"{Decimal(units).scaleb(-places):f}"


def number(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def percent(part: int, whole: int) -> str | None:
    return text(Fraction(100 * part, whole)) if whole else None


# ---- Everything of a period


def counted(files: Files, rules: Rules, span: Span) -> dict[str, Any]:
    """What the product's JSON must hold of the period: six rows with their details."""
    now, year = _values(files, rules, span), _values(files, rules, span.to_date)
    lines = []
    for place, key in enumerate(KEYS):
        detail = dict(now[key][1])
        beside = {"year_to_date": _result(year[key][0], rules, key, span.to_date) | year[key][1]}
        if key == "settlement":
            beside, detail = _settlement_detail(files, rules, span, beside["year_to_date"])
        target = _target(rules, key, span)
        lines.append(
            {"number": place + 1, "key": key, "target": text(target), **_result(now[key][0], rules, key, span)}
            | {"detail": detail | beside}
        )
    return {"month": span.name, "indicators": lines}


def _values(files: Files, rules: Rules, span: Span) -> dict[str, tuple[str | None, dict[str, Any]]]:
    survey = _survey(files, rules, span)
    settled = _settled(_counting(files, rules), span)
    outside = _outside(files, span)
    return {
        "documents": _documents(files, span),
        "ikm": ((outside if rules.is_outside else survey["value"]), survey["detail"]),
        "welfare": _activities(files, span),
        "settlement": (settled["percent"], settled),
        "sakip": _review(files, span),
        "programme": _programme(files, span),
    }


def _result(value: str | None, rules: Rules, key: str, span: Span) -> dict[str, Any]:
    target, reached = _target(rules, key, span), number(value)
    if target is None or reached is None:
        return {"value": value, "achievement": None, "predicate": None}
    achieved = text(reached / target * 100)
    limits = zip(PREDICATES, (*rules.thresholds, 0), strict=True)
    word = next(word for word, least in limits if Fraction(achieved or 0) >= least)
    return {"value": value, "achievement": achieved, "predicate": word}


def _target(rules: Rules, key: str, span: Span) -> Fraction | None:
    of_year = rules.targets.get((key, 0))
    if span.last - span.first == 11:
        return of_year
    return rules.targets.get((key, (span.last + 2) // 3), of_year)


# ---- IKU 2


def _survey(files: Files, rules: Rules, span: Span) -> dict[str, Any]:
    everything = [row for row in files.ratings if span.holds(row["date"])]
    given = [row for row in everything if row["excluded"] == "tidak"]
    weight = Fraction(rules.weight)
    value, people = _index(given, weight), len(given)
    users = _users(rules, span, people)
    services = {row["service"] for row in given}
    return {
        "value": value,
        "detail": {
            "respondents": people,
            "all": {"respondents": len(everything), "value": _index(everything, weight)},
            "excluded": len(everything) - people,
            "verified": _short([row for row in given if row["verified"] == "ya"], weight),
            "exact": None if weight == Fraction(1, 9) else _index(given, Fraction(1, 9)),
            "grade": _grade(value),
            "weight": rules.weight,
            "sample_needed": _sample(users) if users else None,
            "elements": _elements(given, weight),
            "services": {code: _service(given, code, weight) for code in services},
            "outside": _outside_detail(files, span),
        },
    }


def _index(given: Sequence[Row], weight: Fraction) -> str | None:
    if not given:
        return None
    total = sum((Decimal(row[key]) for row in given for key in ELEMENTS), Decimal(0))
    return text(Fraction(total) / len(given) * weight * 25)


def _short(given: Sequence[Row], weight: Fraction) -> dict[str, Any]:
    return {"respondents": len(given), "value": _index(given, weight)}


def _service(given: Sequence[Row], code: str, weight: Fraction) -> dict[str, Any]:
    found = [row for row in given if row["service"] == code]
    value = _index(found, weight)
    return {"respondents": len(found), "value": value, "grade": _grade(value)}


def _grade(value: str | None) -> str | None:
    return None if value is None else next(letter for letter, least in GRADES if Fraction(value) >= least)


def _elements(given: Sequence[Row], weight: Fraction) -> list[dict[str, Any]]:
    sums = {key: sum(int(row[key]) for row in given) for key in ELEMENTS}
    found = []
    for key in ELEMENTS:
        mean = Fraction(sums[key], len(given)) if given else None
        found.append(
            {
                "key": key,
                "sum": sums[key],
                "nrr": text(mean, 4),
                "weighted": text(None if mean is None else mean * weight, 4),
                "grade": _grade(text(None if mean is None else mean * 25)),
                "rank": None if mean is None else 1 + sum(other > sums[key] for other in sums.values()),
            }
        )
    return found


def _users(rules: Rules, span: Span, people: int) -> int | None:
    months = rules.users[span.first - 1 : span.last]
    total = sum(months) if all(months) else 0
    return total if total and total >= people else None


def _sample(users: int) -> int:
    """Krejcie and Morgan, to the nearest whole."""
    chi, half, width = Fraction("3.841"), Fraction(1, 2), Fraction("0.05")
    spread = chi * half * half
    needed = spread * users / (width**2 * (users - 1) + spread)
    return int(needed + Fraction(1, 2))


def _outside(files: Files, span: Span) -> str | None:
    found = [row for row in files.outside if row["period"] == span.name]
    return text(Fraction(found[-1]["value"])) if found else None


def _outside_detail(files: Files, span: Span) -> dict[str, Any] | None:
    found = [row for row in files.outside if row["period"] == span.name]
    if not found:
        return None
    people = found[-1]["respondents"]
    return {"value": text(Fraction(found[-1]["value"])), "respondents": int(people) if people else None}


# ---- IKU 4


def _counting(files: Files, rules: Rules) -> list[Row]:
    return [row for row in files.moves if rules.counts_patrol or row["source"] != "patrol"]


def _by_report(moves: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in sorted(moves, key=lambda row: int(row["seq"])):
        found.setdefault(row["number"], []).append(row)
    return found


def _exclusion(moves: Sequence[Row]) -> str | None:
    """What the report is now."""
    last = [row for row in moves if row["move"] in {"exclude", "restore"}]
    return last[-1]["exclusion"] if last and last[-1]["move"] == "exclude" else None


def _settled(moves: Sequence[Row], span: Span) -> dict[str, Any]:
    cut_off = span.ends.isoformat()
    found = {"received": 0, "settled": 0, "confirmed": 0, "silent": 0, "disputed": 0}
    for report in _by_report(moves).values():
        if not span.holds(report[0]["received_on"]) or _exclusion(report):
            continue
        found["received"] += 1
        known = [row["move"] for row in report if row["day"] <= cut_off]
        turns = [place for place, move in enumerate(known) if move in {"settle", "reopen", "deny"}]
        if turns and known[turns[-1]] == "settle":
            found["settled"] += 1
            found[_said(known[turns[-1] :])] += 1
    return found | {"percent": percent(found["settled"], found["received"])}


def _said(since: Sequence[str]) -> str:
    if "dispute" in since:
        return "disputed"
    answers = [move for move in since if move in {"confirm", "half_fixed"}]
    return {"confirm": "confirmed", "half_fixed": "disputed"}[answers[-1]] if answers else "silent"


def _settlement_detail(
    files: Files, rules: Rules, span: Span, to_date: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    moves = _counting(files, rules)
    month = _settled(moves, span)
    year = to_date | {"excluded": _excluded(moves, span.to_date), "flow": _flow(moves, span.to_date)}
    detail = {
        "month": month,
        "excluded": _excluded(moves, span),
        "throughput": _throughput(moves, span, month["received"]),
        "flow": _flow(moves, span),
    }
    return {"year_to_date": year}, detail


def _excluded(moves: Sequence[Row], span: Span) -> dict[str, int]:
    kinds = [_exclusion(each) for each in _by_report(moves).values() if span.holds(each[0]["received_on"])]
    return {kind: kinds.count(kind) for kind in KINDS}


def _throughput(moves: Sequence[Row], span: Span, received: int) -> dict[str, Any] | None:
    if span.first != span.last:
        return None
    closed = sum(
        any(row["move"] == "settle" and span.holds(row["day"]) for row in report)
        for report in _by_report(moves).values()
        if not _exclusion(report)
    )
    return {"closed": closed, "percent": percent(closed, received)}


def _flow(moves: Sequence[Row], span: Span) -> dict[str, int]:
    opens, closes = {"receive", "reopen", "deny", "restore"}, {"settle", "exclude"}
    before = [row["move"] for row in moves if row["day"] < span.begins.isoformat()]
    inside = [row["move"] for row in moves if span.holds(row["day"])]
    opening = sum(move in opens for move in before) - sum(move in closes for move in before)
    found = {
        "opening": opening,
        "received": inside.count("receive"),
        "reopened": sum(inside.count(move) for move in ("reopen", "deny", "restore")),
        "settled": inside.count("settle"),
        "excluded": inside.count("exclude"),
    }
    added = found["received"] + found["reopened"] - found["settled"] - found["excluded"]
    return found | {"closing": opening + added}


# ---- IKU 1, 3, 5, 6


def _documents(files: Files, span: Span) -> tuple[str | None, dict[str, Any]]:
    own = [row for row in files.documents if int(row["year"]) == span.year]
    approved = {
        row["kind"]
        for row in own
        if row["has_file"] == "ya" and row["approved_on"] and row["approved_on"] <= span.ends.isoformat()
    }
    detail = {"approved": len(approved) if own else None, "needed": 4}
    return (str(len(approved)) if own else None), detail


def _activities(files: Files, span: Span) -> tuple[str | None, dict[str, Any]]:
    planned = [row for row in files.activities if span.holds(row["planned_on"])]
    held = [
        row for row in planned if row["has_file"] == "ya" and row["held_on"] and row["held_on"] <= span.ends.isoformat()
    ]
    return percent(len(held), len(planned)), {"held": len(held), "planned": len(planned)}


def _review(files: Files, span: Span) -> tuple[str | None, dict[str, Any]]:
    known = [
        row
        for row in files.reviews
        if int(row["year"]) == span.year and row["has_file"] == "ya" and row["reviewed_on"] <= span.ends.isoformat()
    ]
    if not known:
        return None, {"review": None}
    newest = max(known, key=lambda row: (row["reviewed_on"], row["recorded_at"]))
    score = Fraction(newest["score"])
    words = (("AA", 90), ("A", 80), ("BB", 70), ("B", 60), ("CC", 50), ("C", 30))
    word = next((word for word, above in words if score > above), "D")
    return text(score), {"review": {"predicate": word, "reviewed_on": newest["reviewed_on"]}}


def _programme(files: Files, span: Span) -> tuple[str | None, dict[str, Any]]:
    own = [row for row in files.programme if int(row["year"]) == span.year]
    measured: dict[str, Row] = {}
    for row in sorted(files.realisations, key=lambda row: (row["measured_on"], row["recorded_at"])):
        if row["measured_on"] <= span.ends.isoformat():
            measured[row["indicator_id"]] = row
    if not any(row["entry_id"] in measured for row in own):
        return None, {"achieved": None, "indicators": None}
    achieved = sum(_is_achieved(row, measured.get(row["entry_id"])) for row in own)
    return percent(achieved, len(own)), {"achieved": achieved, "indicators": len(own)}


def _is_achieved(row: Row, measured: Row | None) -> bool:
    if measured is None or measured["has_file"] != "ya":
        return False
    value, target = Fraction(measured["value"]), Fraction(row["target"])
    return value <= target if row["direction"] == "lower" else value >= target
