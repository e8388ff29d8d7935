"""The page of the chain: what an auditor checks without a command line."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests import make
from tests.complaints import cases
from tests.complaints.oversight.test_anchors import anchor
from tests.complaints.test_cli import forge, tamper

SignIn = Callable[[str], FlaskClient]
PATH = "/petugas/rantai"


@pytest.fixture
def auditor(sign_in: SignIn) -> FlaskClient:
    return sign_in("secretary")


def check(client: FlaskClient, kept: str = "") -> str:
    return client.post(PATH, data={"csrf_token": make.token(client, PATH), "anchor": kept}).text


def test_the_page_shows_length_last_hash_and_time(auditor: FlaskClient) -> None:
    assert "0 kejadian" in auditor.get(PATH).text
    number = cases.settled()
    page = auditor.get(PATH).text
    assert "4 kejadian" in page
    assert cases.history(number)[-1].hash in page
    assert "1 Oktober 2026 pukul 10.00 WIB" in page


def test_the_page_says_what_its_terms_mean(auditor: FlaskClient) -> None:
    page = auditor.get(PATH).text
    assert "kode panjang yang dihitung dari isinya dan dari segel catatan sebelumnya (hash)" in page
    assert page.lower().count("hash") == 1
    assert page.lower().count("jangkar") == 1
    assert "puluh detik" not in page


def test_a_whole_chain_is_said_to_be_whole(auditor: FlaskClient) -> None:
    cases.settled()
    assert "Rantai utuh" in check(auditor)


def test_a_broken_one_is_named_with_its_report(auditor: FlaskClient) -> None:
    number = cases.settled()
    tamper()
    page = check(auditor)
    assert "Rantai putus pada kejadian 3" in page
    assert f'href="/petugas/laporan/{number}"' in page


def test_an_event_added_past_the_end_is_noticed(auditor: FlaskClient) -> None:
    cases.settled()
    forge()
    assert "Rantai putus pada kejadian 5" in check(auditor)


def test_a_printed_anchor_is_looked_for(auditor: FlaskClient) -> None:
    cases.settled()
    assert "Segel tercetak itu ada di rantai" in check(auditor, str(anchor()))
    assert "Segel tercetak itu tidak ada di rantai" in check(auditor, f"2:{'a' * 64}")


def test_what_is_no_anchor_is_kept_and_explained(auditor: FlaskClient) -> None:
    page = check(auditor, "12:abc")
    assert "Tulis segel sebagai nomor kejadian" in page
    assert 'value="12:abc"' in page


def test_officers_do_not_audit_themselves(sign_in: SignIn) -> None:
    assert sign_in("officer").get(PATH).status_code == 403
