"""One-time links, used by several at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from flask import Flask

from offices import staff as accounts
from tests import make

AT_ONCE = 4


def test_of_several_at_once_one_sets_the_password(any_app: Flask) -> None:
    email = make.staff()
    link = "/masuk/kata-sandi/" + accounts.reset_of(email=email, by="tests", now=make.START).token
    meet = Barrier(AT_ONCE)

    def use(number: int) -> str:
        client, password = any_app.test_client(), f"sepeda biru di tepi sawah {number}"
        data = {"password": password, "password_confirm": password, "csrf_token": make.token(client, link)}
        meet.wait()
        answer = client.post(link, data=data)
        return answer.location or answer.text

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(use, range(AT_ONCE)))
    assert [each for each in answers if each == "/masuk"] == ["/masuk"]
    assert all("sudah dipakai" in each or each == "/masuk/kata-sandi" for each in answers if each != "/masuk")
    client = any_app.test_client()
    winner = answers.index("/masuk")
    data = {
        "email": email,
        "password": f"sepeda biru di tepi sawah {winner}",
        "csrf_token": make.token(client, "/masuk"),
    }
    assert client.post("/masuk", data=data).status_code == 302
