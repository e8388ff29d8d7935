"""The table of rights, held against every address and method as everybody who may knock (docs/adr/0036)."""

import re
from http import HTTPStatus
from pathlib import Path

import pytest
from flask import Flask

from indicators.registers import responsible
from indicators.sheet import Indicator
from offices import rights
from offices.access import actions_of
from offices.rights import RIGHTS, SECTIONS, Action, Reach
from offices.rights_words import WORDS
from offices.roles import LABELS, Role
from tests import doors, make
from tests.doors import House, Knock

ROOT = Path(__file__).parent.parent
ROOMS = [
    path
    for room in ("offices", "complaints", "survey", "indicators", "templates")
    for path in (ROOT / room).rglob("*.*")
    if path.suffix in {".py", ".html"}
]
KNOWING = re.compile(r"\bRole\.[A-Z]|current_user\.(?:role|section_key)|staff_role (?:not )?in\b|[!=]= \"?operator")
# Where a role is named for another reason than what it may do.
NAMED = {
    "offices/rights.py": "the table",
    "offices/roles.py": "the roles and their names",
    "offices/signin/required.py": "whose second factor is required",
    "offices/signin/gate.py": "the same",
    "offices/staff.py": "a head of section has a section",
    "offices/forms.py": "the same, as a form",
    "offices/serving.py": "the first account is an operator's",
    "complaints/desk/desk_queries.py": "to whom a report is given",
    "complaints/desk/case_queries.py": "whose name stands under a Berita Acara",
    "complaints/messages/routing.py": "who is told of a report",
    "indicators/registers/terms.py": "how writers are called",
    "indicators/registers/late.py": "who is told of what is late",
    "indicators/documents/letters.py": "who is sent the month's letter",
    "indicators/documents/calendars.py": "whose calendar shows every report",
    "indicators/demo.py": "invented people",
    "indicators/demo_reports.py": "the same",
}
UNUSED = {"GET", "POST", "PUT", "PATCH", "DELETE"}
# Nothing answers there, or it is an address of another page, which is not an operator's.
NOWHERE = {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}
# Actions whose pages are still to come.
ON_THE_WAY: set[Action] = set()
REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
# What a GET may write: that somebody looked, or took a copy along.
LOOKS = (
    "INSERT INTO audit_entry",
    "INSERT INTO audit_chain",
    "UPDATE audit_chain SET",
    "UPDATE office SET revision=(office.revision +",
)


@pytest.fixture(scope="module")
def house(lasting_app: Flask) -> House:
    return doors.furnish(lasting_app)


@pytest.fixture(scope="module")
def knocks(house: House) -> list[Knock]:
    return list(doors.knocks(house, [*doors.OWN, doors.NEIGHBOUR]))


def is_as_the_table_says(house: House, knock: Knock) -> bool:
    if not house.may(knock.person, knock.rule):
        return knock.status == HTTPStatus.FORBIDDEN
    return knock.status not in REFUSED and knock.status < HTTPStatus.INTERNAL_SERVER_ERROR


def test_everybody_opens_what_the_table_says_and_nothing_else(house: House, knocks: list[Knock]) -> None:
    assert [str(knock) for knock in knocks if not is_as_the_table_says(house, knock)] == []


def test_every_role_opens_something_and_is_refused_something(knocks: list[Knock]) -> None:
    refused = {knock.person for knock in knocks if knock.status in REFUSED}
    opened = {knock.person for knock in knocks if knock.status == HTTPStatus.OK}
    assert refused == opened == {*doors.OWN, doors.NEIGHBOUR}


def test_looking_changes_nothing(knocks: list[Knock]) -> None:
    written = [(knock, text) for knock in knocks if knock.method == "GET" for text in knock.wrote]
    assert [f"{knock}: {text}" for knock, text in written if not text.startswith(LOOKS)] == []


def test_looking_as_a_resident_changes_nothing(house: House) -> None:
    visits = list(doors.public_looks(house))
    assert len(visits) > 30
    assert [str(visit) for visit in visits if visit.status >= HTTPStatus.INTERNAL_SERVER_ERROR] == []
    written = [(visit, text) for visit in visits for text in visit.wrote]
    assert [f"{visit}: {text}" for visit, text in written if not text.startswith(LOOKS)] == []


def test_a_form_without_its_token_changes_nothing(knocks: list[Knock]) -> None:
    assert [str(knock) for knock in knocks if knock.method != "GET" and knock.wrote] == []


def test_nobody_is_sent_to_sign_in(house: House) -> None:
    nobody = house.app.test_client()
    for rule in house.rules():
        for method in (rule.methods or set()) - {"OPTIONS"}:
            answer = nobody.open(house.address(rule), method=method)
            assert answer.status_code == HTTPStatus.FOUND, f"{method} {rule.rule}"
            assert answer.location.startswith("/masuk?"), f"{method} {rule.rule}"


def test_a_page_takes_no_method_that_it_does_not_name(house: House) -> None:
    operator = house.clients[doors.Person(Role.OPERATOR)]
    answered = [
        f"{method} {rule.rule}"
        for rule in house.rules()
        for method in UNUSED - doors.named_at(house, rule)
        if operator.open(house.address(rule), method=method).status_code not in NOWHERE
    ]
    assert answered == []


@pytest.fixture(scope="module")
def strangers(house: House) -> tuple[list[Knock], set[str]]:
    """Everybody of another office before each thing of this one, with forms that bring their token; and the tables of
    this office that are others since.
    """
    before = doors.rows_of(make.OFFICE)
    found = list(doors.strange_knocks(house))
    after = doors.rows_of(make.OFFICE)
    return found, {name for name in before if before[name] != after[name]}


def test_a_stranger_changes_nothing(strangers: tuple[list[Knock], set[str]]) -> None:
    assert strangers[1] == set()


def test_things_of_another_office_are_not_there(house: House, strangers: tuple[list[Knock], set[str]]) -> None:
    wrong = [
        str(knock)
        for knock in strangers[0]
        if not (doors.is_missing(knock) if house.may(knock.person, knock.rule) else knock.status in REFUSED)
    ]
    assert wrong == []


def test_one_of_each_kind_of_thing_was_tried(strangers: tuple[list[Knock], set[str]]) -> None:
    assert {gap for knock in strangers[0] for gap in knock.rule.arguments} >= doors.THINGS


@pytest.mark.parametrize("section", [rights.GOVERNMENT, rights.SERVICE, rights.WELFARE, rights.TRANTIB])
@pytest.mark.parametrize("key", list(Indicator))
def test_a_head_writes_of_what_the_section_answers_for(house: House, key: Indicator, section: str) -> None:
    person = doors.Person(Role.SECTION_HEAD, section)
    client = house.clients.setdefault(person, make.signed_in(house.app, person.role.value, section))
    answer = client.post(f"/ringkasan/{house.gaps['month']}/catatan/{key}")
    allowed = rights.may(person.role, section, *responsible.writing(key))
    assert (answer.status_code == HTTPStatus.FORBIDDEN) is not allowed


def test_operators_do_not_open_accounts_of_those_who_watch_them(house: House) -> None:
    operator = house.clients[doors.Person(Role.OPERATOR)]
    for role in (Role.AUDITOR, Role.REGENCY):
        watcher = doors.account(doors.Person(role))
        assert operator.get(f"/pengaturan/petugas/{watcher.id}").status_code == HTTPStatus.NOT_FOUND
        assert watcher.email not in operator.get("/pengaturan/petugas").text
        for act in ("tautan", "tutup", "buka"):
            data = {"csrf_token": doors.token(house, doors.Person(Role.OPERATOR))}
            answer = operator.post(f"/pengaturan/petugas/{watcher.id}/{act}", data=data)
            assert answer.status_code == HTTPStatus.NOT_FOUND
    assert 'value="auditor"' not in operator.get("/pengaturan/petugas/baru").text


def test_an_auditor_has_the_trail_and_the_own_account_alone() -> None:
    assert {action for action in Action if rights.allowed(Role.AUDITOR, action)} == {
        Action.READ_TRAIL,
        Action.OWN_ACCOUNT,
    }


def test_who_looks_after_a_regency_sees_no_case() -> None:
    assert {action for action in Action if rights.allowed(Role.REGENCY, action)} == {
        Action.OVERSEE_REGENCY,
        Action.OWN_ACCOUNT,
    }


def test_every_action_is_held_by_somebody_and_asked_for_somewhere(house: House) -> None:
    asked = {action for rule in house.rules() for action in actions_of(house.app, rule.endpoint)}
    asked |= {action for actions in doors.MORE.values() for action in actions}
    assert all(RIGHTS[action] for action in Action)
    assert asked | ON_THE_WAY == set(Action)


def test_every_action_has_words_and_its_sections() -> None:
    assert WORDS.keys() == set(Action)
    assert {action for action in Action if Reach.SECTION in RIGHTS[action].values()} == SECTIONS.keys()


@pytest.mark.parametrize("section", [None, rights.WELFARE, "tidak-ada"])
def test_an_officer_is_of_seksi_trantib_whatever_the_account_says(section: str | None) -> None:
    assert rights.may(Role.OFFICER, section, Action.HANDLE_CASES)


def test_the_table_is_printed_in_words(house: House) -> None:
    page = house.clients[doors.Person(Role.SECRETARY)].get("/pengaturan/hak").text
    assert all(label in page for label in LABELS.values())
    assert "Kepala Seksi (hanya Seksi PMKS)" in page


def test_menus_lead_where_their_reader_may_go(house: House) -> None:
    for person, start in doors.STARTS.items():
        page = house.clients[person].get(start, follow_redirects=True).text
        head = page[page.index("<header") : page.index("</header>")]
        for path in re.findall(r'href="([^"]+)"', head):
            assert house.clients[person].get(path).status_code in {200, 302}, f"{person.name} {path}"


def test_nobody_else_knows_who_may_what() -> None:
    found = {path.relative_to(ROOT).as_posix() for path in ROOMS if KNOWING.search(path.read_text(encoding="utf-8"))}
    assert found <= NAMED.keys()
