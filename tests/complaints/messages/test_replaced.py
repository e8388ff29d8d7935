"""Whoever had a receipt whose code staff replaced is told of it, where they were told before."""

from uuid import UUID

from flask import Flask

from complaints.contacts import Who, seal_who
from complaints.desk.reissue import reissue
from complaints.reporting import entrance
from complaints.reporting.intake import Handed
from tests import make
from tests.complaints import cases
from tests.complaints.answering import joined
from tests.complaints.messages.test_notices import Phone, received, subscribe, tell, webhook
from tests.receivers import MailBox, WebBox


def replace(handed: Handed, joiner_id: UUID | None = None) -> str:
    """The new code."""
    made = reissue(
        office_id=make.OFFICE, prefix="MBS", number=handed.number, joiner_id=joiner_id, issue=1, role="officer",
        actor_id=cases.officer(), reason="KTP cocok", keys=entrance.kept_keys(), now=cases.LATER,
    )  # fmt: skip
    return made.code


def letters_to(box: MailBox, name: str) -> list[str]:
    return [one.get_content() for one in box.letters if one["To"].startswith(name) and "diganti" in str(one)]


def test_the_address_known_is_told_without_the_new_code(any_app: Flask, box: MailBox) -> None:
    handed = received(email="siti@contoh.example")
    code = replace(handed)
    tell(any_app)
    (letter,) = letters_to(box, "siti")
    said = " ".join(letter.split())
    assert f"Kode tanda terima laporan {handed.number} diganti petugas." in said
    assert "Kalau bukan Anda yang meminta, hubungi kantor." in said
    assert code not in letter
    assert "/lacak/" not in letter


def test_only_the_one_whose_code_it_was_is_told(any_app: Flask, box: MailBox) -> None:
    handed = received(email="siti@contoh.example")
    sealed = seal_who(entrance.kept_keys().identity, Who(email="budi@contoh.example"))
    replace(handed, joined(cases.report(handed.number).id, sealed=sealed))
    tell(any_app)
    assert (len(letters_to(box, "budi")), letters_to(box, "siti")) == (1, [])


def test_the_phones_that_know_the_old_code_are_told_once_and_then_no_more(any_app: Flask, web: WebBox) -> None:
    handed, phone = received(), Phone(web)
    subscribe(phone, handed)
    code = replace(handed)
    subscribe(Phone(web, "officers"), Handed(handed.number, code, handed.settle_due, created=True))
    tell(any_app)
    ((path, _headers, body),) = web.posts
    shown = phone.open(body)
    assert path == "/a"
    assert "diganti petugas" in shown["body"]
    assert code not in str(shown)
    cases.act(handed.number, "verify")
    tell(any_app)
    assert [path for path, _headers, _body in web.posts] == ["/a", "/officers"]


def test_no_other_system_is_told(any_app: Flask, web: WebBox) -> None:
    handed = received()
    tell(any_app)
    webhook(f"{web.url}/hook")
    replace(handed)
    tell(any_app)
    assert web.posts == []
