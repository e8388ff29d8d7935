"""What happens in the invented year 2028: who does what, and when. Nothing here computes a figure."""

import heapq
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from flask import Flask

from core.db import db
from indicators import nightly
from tests import make
from tests.year.people import Case, Clock, Desk, Public, file
from tests.year.recount import ELEMENTS, Files, Rules, Span, rows

YEAR = 2028
WIB = timedelta(hours=7)
NIGHT = timedelta(hours=0, minutes=30)
BEGIN = date(2027, 12, 1)
TURN = (28, 5)  # the last and the first days of a month
# A minute before and after midnight in WIB.
TURNS = [
    datetime(2027, 12, 31, 16, 59, tzinfo=UTC), datetime(2027, 12, 31, 17, 1, tzinfo=UTC),
    datetime(2028, 2, 29, 16, 59, tzinfo=UTC), datetime(2028, 2, 29, 17, 1, tzinfo=UTC),
    datetime(2028, 12, 31, 16, 59, tzinfo=UTC), datetime(2028, 12, 31, 17, 1, tzinfo=UTC),
]  # fmt: skip
VILLAGES = [f"35.09.23.200{n}" for n in range(1, 8)]
CATEGORIES = ["kebisingan", "jalan", "sampah-ternak", "sungai", "bangunan-reklame", "lainnya"]
SERVICES = ["ktp", "kk", "pindah", "sktm", "proposal", "waris"]
PERSON = {"sex": ("male", "female"), "age_band": ("20s", "30s", "40s", "60plus")}
REASON = "Perlu dicatat ulang sesudah diperiksa bersama RT"
RELOCKED = 4  # the month that is locked a second time
BOOKS = ("dokumen", "kegiatan", "sakip", "program", "realisasi", "sukma-e")
# The targets of the year, and those of a quarter that are set in mid-year.
TARGETS = {"documents": "4", "ikm": "82", "welfare": "90", "settlement": "85", "sakip": "72,5", "programme": "66,67"}
QUARTER_TARGETS = {"settlement_3": "80", "ikm_4": "79,5"}


def wib(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """An hour on a wall in Mumbulsari."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - WIB


def day(month: int, number: int) -> date:
    """Of the year; month 13 is January of the next, 0 December of the one before."""
    return date(YEAR + (month - 1) // 12, (month - 1) % 12 + 1, number)


@dataclass
class Agenda:
    """Things to be done, each at its moment; between them the nights are run."""

    clock: Clock
    last_night: date = BEGIN
    waiting: list[tuple[datetime, int, Callable[[], None]]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)

    def at(self, moment: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self.waiting, (moment, next(self.order), act))

    def live(self) -> None:
        while self.waiting:
            moment, _order, act = heapq.heappop(self.waiting)
            self._nights_until(moment)
            self.clock.now = moment
            act()

    def _nights_until(self, moment: datetime) -> None:
        while (night := wib(self.last_night + timedelta(days=1)) - timedelta(hours=9) + NIGHT) <= moment:
            self.last_night += timedelta(days=1)
            if self._is_on():
                self.clock.now = night
                nightly.run_due(self.clock)
                db.session.rollback()

    def _is_on(self) -> bool:
        """Around the turn of each month the office's old PC stays on every night, else only from Sunday to Monday: the
        missed nights are made up for.
        """
        return self.last_night.day >= TURN[0] or self.last_night.day <= TURN[1] or not self.last_night.weekday()


@dataclass(frozen=True)
class Taken:
    """A month as the Sekcam had it when it was locked: the files of that moment, and what the product said."""

    files: Files
    said: Any


@dataclass
class Year:
    """The house and its people, and what was taken along while the year went on."""

    app: Flask
    clock: Clock
    agenda: Agenda
    public: Public
    officers: list[Desk]
    secretary: Desk
    head: Desk
    operator: Desk
    taken: dict[tuple[int, int], Taken] = field(default_factory=dict)
    rated: Iterator[int] = field(default_factory=count)
    points: list[str] = field(default_factory=list)

    def officer(self) -> Desk:
        return self.officers[-1]

    # ---- Ratings

    def rate(self, service: str = "", point: str | None = None) -> None:
        n = next(self.rated)
        service = service or next(each for each in SERVICES[n % 6 :] + SERVICES if self._is_open(each))
        answers = {key: 1 + (n * 7 + place * 5 + n * place) % 4 for place, key in enumerate(ELEMENTS)}
        answers = {key: max(answer, 3) if n % 3 else answer for key, answer in answers.items()}
        about = {key: codes[(n // 2) % len(codes)] for key, codes in PERSON.items()} if n % 5 else {}
        self.public.rate(answers, service, about, point)

    def _is_open(self, service: str) -> bool:
        return service != "proposal" or self.clock.now < wib(day(8, 15))

    def many_alike(self) -> None:
        """Somebody who fills in the same again and again at one point."""
        for _turn in range(5):
            self.public.rate(dict.fromkeys(ELEMENTS, 1), "ktp", {}, self.points[0])

    # ---- Reports

    def case(self, n: int) -> Case:
        category, village = CATEGORIES[n % len(CATEGORIES)], VILLAGES[n % len(VILLAGES)]
        words = f"Perkara ke-{n} di gang {n}"
        if n % 10:
            return self.public.report(category, village, words)
        return self.public.report_on_paper_of_the_web(category, village, words)

    def reported(self, moment: datetime, n: int, life: "Life") -> None:
        """A report, and what becomes of it."""

        def come() -> None:
            life(self, self.case(n), moment)

        self.agenda.at(moment, come)

    def then(self, moment: datetime, days: int, step: str, case: Case, **words: Any) -> None:
        """A move of whoever is on duty then."""
        self.agenda.at(moment + timedelta(days=days, hours=1), lambda: self.officer().move(case, step, **words))

    def said(self, moment: datetime, days: int, step: str, case: Case, words: str = "") -> None:
        self.agenda.at(moment + timedelta(days=days, hours=6), lambda: self.public.answer(case, step, words))

    def settle(self, moment: datetime, days: int, case: Case, *, from_start: bool = True) -> None:
        if from_start:
            self.then(moment, days, "verify", case)
            self.then(moment, days, "start", case)
        words = {"action": "Mendatangi lokasi", "answer": "Sudah kami tegur", "record_number": f"BA-{case.number}"}
        self.then(moment, days, "settle", case, **words)


Life = Callable[[Year, Case, datetime], None]


def confirmed(year: Year, case: Case, moment: datetime) -> None:
    year.settle(moment, 2, case)
    year.said(moment, 3, "beres", case)


def half_fixed(year: Year, case: Case, moment: datetime) -> None:
    year.settle(moment, 3, case)
    year.said(moment, 4, "sebagian", case, "Baru separuh yang diangkut")


def denied(year: Year, case: Case, moment: datetime) -> None:
    year.settle(moment, 2, case)
    year.said(moment, 3, "belum", case, "Semalam masih ramai")
    year.settle(moment, 6, case, from_start=False)


def silent(year: Year, case: Case, moment: datetime) -> None:
    year.settle(moment, 1, case)


def spam(year: Year, case: Case, moment: datetime) -> None:
    year.then(moment, 1, "exclude", case, exclusion="spam", reason="Uji coba")


def handed_over(year: Year, case: Case, moment: datetime) -> None:
    words = {"handed_over_to": "Dinas PU", "answer": "Kami teruskan", "reason": "Jalan kabupaten"}
    year.then(moment, 2, "exclude", case, exclusion="out_of_authority", **words)


def duplicate(year: Year, case: Case, moment: datetime) -> None:
    def act() -> None:
        first = year.case(1)
        year.officer().move(case, "exclude", exclusion="duplicate", first_report=first.number, reason="Laporan sama")
        year.settle(moment + timedelta(days=1), 3, first)

    year.agenda.at(moment + timedelta(days=1, hours=2), act)


def asked(year: Year, case: Case, moment: datetime) -> None:
    year.then(moment, 1, "ask", case, question="Di RT berapa?")
    year.said(moment, 4, "jawab", case, "RT 3")
    year.settle(moment, 6, case, from_start=False)


def not_answered(year: Year, case: Case, moment: datetime) -> None:
    year.then(moment, 1, "ask", case, question="Di RT berapa?")
    year.then(moment, 9, "resume", case, reason="Tidak ada jawaban")
    year.settle(moment, 9, case, from_start=False)


def slow(year: Year, case: Case, moment: datetime) -> None:
    """Late, and settled in the month after."""
    year.settle(moment, 34, case)


def reopened(year: Year, case: Case, moment: datetime) -> None:
    year.settle(moment, 2, case)
    year.then(moment, 33, "reopen", case, reason=REASON)
    year.settle(moment, 36, case, from_start=False)


def left_lying(year: Year, case: Case, moment: datetime) -> None:
    year.then(moment, 5, "verify", case)


def taken_back(year: Year, case: Case, moment: datetime) -> None:
    """Left out by mistake."""
    year.then(moment, 1, "exclude", case, exclusion="spam", reason="Uji coba")
    year.then(moment, 3, "restore", case, reason="Ternyata sungguhan")
    year.settle(moment, 5, case)


def settled_twice(year: Year, case: Case, moment: datetime) -> None:
    """Settled, denied and settled again within one month: one closing of the month."""
    year.settle(moment, 1, case)
    year.said(moment, 2, "belum", case, "Masih ada")
    year.settle(moment, 3, case, from_start=False)
    year.said(moment, 4, "beres", case)


LIVES: list[Life] = [
    confirmed, half_fixed, denied, silent, spam, handed_over, asked, not_answered, slow, reopened, left_lying,
    taken_back, settled_twice, duplicate,
]  # fmt: skip


# ---- The year as a whole


def months(year: Year) -> None:
    """Fourteen kinds of reports and some thirty ratings a month, the last December's among them."""
    for month in range(13):
        for place, life in enumerate(LIVES):
            moment = wib(day(month, 1 + 2 * place), 8 + place % 9, 3)
            year.reported(moment, month * 20 + place, life)
        for n in range(26 + month % 4 * 3):
            moment = wib(day(month, 1 + n % 27), 10 + n % 8, n)
            at_point = n % 9 == 4
            year.agenda.at(moment, lambda at_point=at_point: year.rate(point=year.points[1] if at_point else None))  # type: ignore[misc]
    for moment in TURNS:
        year.reported(moment, moment.minute + moment.month, left_lying)
        year.agenda.at(moment + timedelta(seconds=20), year.rate)


def entered_by_hand(year: Year) -> None:
    """What came by phone, and what patrols found; the last year's last evening is written down in the new one."""
    calls = [(1, 2, "phone", wib(date(2027, 12, 31), 23, 30)), (3, 1, "phone", wib(day(2, 29), 23, 50))]
    calls += [(month, 12, "patrol", wib(day(month, 11), 22)) for month in range(1, 13, 2)]
    for month, number, source, received in calls:
        year.agenda.at(wib(day(month, number), 10), lambda s=source, r=received: _enter(year, s, r))  # type: ignore[misc]


def _enter(year: Year, source: str, received: datetime) -> None:
    said = {"category": "jalan", "village": VILLAGES[3], "description": f"Lapak di trotoar {received}"}
    told = {"source": source, "received_at": (received + WIB).strftime("%Y-%m-%dT%H:%M"), "similar_seen": "1"}
    sent = year.officer().submit("/petugas/laporan/baru", submission_id=year.public.id(), **said, **told)
    number = sent.headers.get("Location", "").rsplit("/", 1)[-1] or _number_on(sent.text)
    year.settle(year.clock.now, 2, Case(number))


def _number_on(page: str) -> str:
    return page[page.index("TRB-") :][:14]


def registers(year: Year) -> None:
    """The registers and the targets, as the year brings them."""
    for month, number, kind, approved, has_file in (
        (2, 10, "lakip", day(2, 8), True), (4, 20, "rb", day(4, 18), False), (7, 20, "anjab", day(7, 20), True),
        (10, 5, "pelayanan_publik", day(10, 3), True),
    ):  # fmt: skip
        values = {"kind": kind, "year": YEAR, "title": f"Dokumen {kind}", "dated": approved, "approved_on": approved}
        _add(year, wib(day(month, number), 11), "dokumen", values, has_file=has_file)
    for month in range(1, 13):
        for turn, number in enumerate((6, 20)):
            planned = day(month, number)
            held = [planned, planned + timedelta(days=3), None, planned + timedelta(days=20)][(month + turn) % 4]
            values = {"name": f"Pelatihan {month}-{turn}", "planned_on": planned}
            values |= {"village_code": VILLAGES[month % 7], "participants": 20 + month}
            has_file = (month + turn) % 5 != 0
            _add(year, wib(planned, 8), "kegiatan", values, has_file=False, later=(held, has_file) if held else None)
    for month, score in ((3, "71,25"), (9, "74,50")):
        values = {"year": YEAR, "reviewed_on": day(month, 15), "score": score, "reviewer": "Inspektorat"}
        _add(year, wib(day(month, 16), 11), "sakip", values)
    for name, target, better, measures in (
        ("Desa tertib arsip", "5", "higher", [(3, "2"), (6, "4"), (9, "5"), (12, "6")]),
        ("Hari layanan KK", "3", "lower", [(3, "4,5"), (6, "3"), (9, "3,2"), (12, "2,8")]),
        ("Ibu ikut posyandu (%)", "80", "higher", [(6, "81,25")]),
    ):
        values = {"year": YEAR, "programme": "Pelayanan", "name": name, "unit": "satuan", "target": target}
        _add(year, wib(day(1, 10), 13), "program", values | {"direction": better}, measures=measures)
    seen = {"period": f"{YEAR}-05", "value": "83,10", "respondents": 211, "seen_on": day(5, 30)}
    _add(year, wib(day(5, 30), 14), "sukma-e", seen)
    targets = {f"{key}_0": value for key, value in TARGETS.items()}
    year.agenda.at(wib(day(1, 5)), lambda: _targets(year, targets))
    year.agenda.at(wib(day(7, 3)), lambda: _targets(year, QUARTER_TARGETS))


def _targets(year: Year, values: dict[str, str]) -> None:
    year.operator.submit(f"/pengaturan/target?tahun={YEAR}", **values)


def _add(
    year: Year,
    moment: datetime,
    book: str,
    values: dict[str, Any],
    *,
    has_file: bool = True,
    measures: Sequence[tuple[int, str]] = (),
    later: tuple[date, bool] | None = None,
) -> None:
    typed = {key: value.isoformat() if isinstance(value, date) else str(value) for key, value in values.items()}

    def act() -> None:
        evidence = {"evidence": file()} if has_file else {}
        sent = year.operator.submit(f"/register/{book}/baru?tahun={YEAR}", **typed, **evidence)
        entry = sent.headers["Location"].rsplit("/", 1)[-1]
        for month, value in measures:
            year.agenda.at(wib(day(month, 28), 14), lambda m=month, v=value: _measure(year, entry, m, v))  # type: ignore[misc]
        if later:
            year.agenda.at(wib(later[0], 16), lambda: _held(year, entry, *later))

    year.agenda.at(moment, act)


def _measure(year: Year, entry: str, month: int, value: str) -> None:
    path = f"/register/program/{entry}/realisasi"
    year.operator.submit(path, measured_on=day(month, 25).isoformat(), value=value, evidence=file())


def _held(year: Year, entry: str, held: date, has_file: bool) -> None:
    """The entry is said once more, now that the activity took place."""
    path = f"/register/kegiatan/{entry}"
    evidence = {"evidence": file()} if has_file else {}
    year.operator.submit(path, to=f"{path}/ubah", held_on=held.isoformat(), **evidence)


def settings(year: Year) -> None:
    """What the office decides in the course of the year; each holds from its month on."""
    for month, key, value, since in (
        (1, "service_users", "150", 1), (5, "ikm_source", "sukma-e", 5), (5, "ikm_source", "kami", 6),
        (8, "count_patrol", "ya", 9), (9, "predicate_thresholds", "95,85,70,60", 10), (10, "weight", "0.111", 11),
    ):  # fmt: skip
        since_month = f"{YEAR}-{since:02}"
        act = lambda k=key, v=value, m=since_month: year.operator.submit(f"/pengaturan/kantor/{k}", value=v, month=m)  # type: ignore[misc]  # noqa: E731
        year.agenda.at(wib(day(month, 4), 14), act)


def house(year: Year) -> None:
    """A category renamed, a service closed, an officer gone, ratings taken out, a month locked again."""
    renamed = {"name": "Kebisingan dan hiburan tanpa izin"}
    year.agenda.at(wib(day(5, 9)), lambda: _said(year.operator.submit("/pengaturan/kategori/kebisingan", **renamed)))
    year.agenda.at(wib(day(8, 15)), lambda: _close_service(year))
    year.agenda.at(wib(day(7, 14)), lambda: _close_account(year))
    year.agenda.at(wib(day(2, 14)), year.many_alike)
    year.agenda.at(wib(day(2, 20)), lambda: _said(year.secretary.exclude_doubtful(f"{YEAR}-02", "Isian kembar")))


def _said(_answer: object) -> None:
    """For acts whose answer nobody needs."""


def _close_service(year: Year) -> None:
    from tests.complaints.pages import fields_of

    path = "/pengaturan/layanan/proposal"
    fields = fields_of(year.operator.get(path).text)
    fields.pop("is_open")
    assert year.operator.client.post(path, data=fields).status_code == 302


def _close_account(year: Year) -> None:
    """The first officer leaves; from now on the second is on duty."""
    page = year.operator.get("/pengaturan/petugas").text
    leaving = next(row for row in page.split("<tr") if year.officers[0].email in row)
    account = leaving.split("/pengaturan/petugas/")[1][:36]
    path = f"/pengaturan/petugas/{account}"
    year.operator.submit(path, to=f"{path}/tutup")
    year.officers.append(Desk(year.app, make.staff("officer")))
    assert year.officers[0].client.get("/petugas").status_code == 302


# ---- Locking


def locks(year: Year) -> None:
    """Every month is locked on the third of the next; one is locked again in the month after."""
    for month in range(1, 13):
        year.agenda.at(wib(day(month + 1, 3), 7), lambda m=month: lock(year, m, 1))  # type: ignore[misc]
    late = wib(day(RELOCKED + 1, 20), 9)
    year.agenda.at(late, lambda: _late_spam(year))
    year.agenda.at(wib(day(RELOCKED + 2, 5), 7), lambda: lock(year, RELOCKED, 2, reason="Satu laporan uji coba"))


def _late_spam(year: Year) -> None:
    """A report of a locked month turns out to be none."""
    first, last = day(RELOCKED, 1), day(RELOCKED, 28)
    found = rows(year.secretary.get(f"/petugas/unduh.csv?kelompok=terbuka&dari={first}&sampai={last}").text)
    number = next(row["Nomor"] for row in found if row["Keadaan"] == "Sudah diperiksa")
    year.officer().move(Case(number), "exclude", exclusion="spam", reason="Ternyata uji coba")


def lock(year: Year, month: int, version: int, reason: str = "") -> None:
    name = f"{YEAR}-{month:02}"
    year.taken[month, version] = Taken(exported(year.secretary), year.secretary.json(f"/ringkasan/{name}.json"))
    asked = {"letter_number": f"005/{month}/{YEAR}", "despite_open": "y", "reason": reason}
    year.secretary.submit(f"/ringkasan/{name}/kunci", **asked)


def exported(desk: Desk) -> Files:
    """Everything that an auditor can take along."""

    def of(path: str) -> list[Any]:
        return list(rows(desk.get(path).text))

    moves = [row for name in (YEAR - 1, YEAR) for row in of(f"/petugas/langkah/{name}.csv")]
    books = [of(f"/register/{book}.csv?tahun={YEAR}") for book in BOOKS]
    return Files(of(f"/survei-skm/{YEAR}/responden.csv"), moves, *books)


def rules(span: Span, *, month: int | None = None) -> Rules:
    """What the office had set for the span's last month, as known in `month` (None: at the end of the year)."""
    last, known = span.last, month or 13
    found = {(key, 0): _exactly(value) for key, value in TARGETS.items()}
    if known >= 7:
        for name, value in QUARTER_TARGETS.items():
            key, quarter = name.rsplit("_", 1)
            found[key, int(quarter)] = _exactly(value)
    return Rules(
        weight="0.111" if last >= 11 else "1/9",
        thresholds=(95, 85, 70, 60) if last >= 10 else (91, 76, 66, 51),
        counts_patrol=last >= 9,
        is_outside=last == 5,
        users=[150] * 12,
        targets=found,
    )


def _exactly(value: str) -> Any:
    from fractions import Fraction

    return Fraction(value.replace(",", "."))


def live(app: Flask, clock: Clock) -> Year:
    """The whole year."""
    year = Year(
        app=app,
        clock=clock,
        agenda=Agenda(clock),
        public=Public(app),
        officers=[Desk(app, make.staff("officer"))],
        secretary=Desk(app, make.staff("secretary")),
        head=Desk(app, make.staff("head")),
        operator=Desk(app, make.staff("operator")),
    )
    year.points = re.findall(r'"/survei/(MBS-\w+)"', year.public.client.get("/").text)
    for part in (months, entered_by_hand, registers, settings, house, locks):
        part(year)
    year.agenda.live()
    return year
