"""Every page is valid HTML in every language, also when it says that something is wrong."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from core import outgoing
from offices.roles import Role
from tests import make
from tests.browser.places import furnish, places
from tests.survey import spoken

HERE = Path(__file__).parent
CHECKER = HERE / "node_modules" / ".bin" / "html-validate"
NU_CHECKER = HERE / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def findings(folder: Path) -> list[str]:
    """What the checker has to say of the pages in `folder`."""
    found = folder / "findings.json"  # a file, because a long answer through a pipe is cut off
    pages = sorted(folder.glob("*.html"))
    command: list[str | Path] = [
        CHECKER,
        "--config",
        HERE / ".htmlvalidate.json",
        "--formatter",
        f"json={found}",
        *pages,
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode in (0, 1), said.stderr
    return [
        f"{Path(page['filePath']).name}:{fault['line']} {fault['message']} ({fault['ruleId']})"
        for page in json.loads(found.read_text(encoding="utf-8"))
        for fault in page["messages"]
    ]


def nu_findings(folder: Path) -> list[str]:
    """What the checker of the people who write the standard has to say of them."""
    options = ["--format", "json", "--exit-zero-always", "--stdout"]
    command: list[str | Path] = ["java", "-jar", NU_CHECKER, *options, *sorted(folder.glob("*.html"))]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{Path(fault['url']).name}:{fault.get('lastLine')} {fault['message']} {fault.get('extract', '')}"
        for fault in json.loads(said.stdout)["messages"]
    ]


def save(folder: Path, number: int, answer: TestResponse) -> None:
    """Keep the page, so that the checker can name it."""
    name = answer.request.path.strip("/").replace("/", "_") or "beranda"
    (folder / f"{number:03}_{name}.html").write_text(answer.text, encoding="utf-8")


def opened(app: Flask, gaps: dict[str, str]) -> Iterator[TestResponse]:
    """Every page, as everybody who may open it sees it."""
    clients: dict[Role | None, FlaskClient] = {None: app.test_client()}
    for place in places(app, gaps):
        if place.role not in clients and place.role is not None:
            clients[place.role] = make.signed_in(app, place.role)
        answer = clients[place.role].get(place.path, follow_redirects=True)
        answer.get_data()
        answer.close()
        assert answer.status_code == 200, f"{place}: {answer.status_code}"
        yield answer


def complaining(app: Flask, point: str) -> Iterator[TestResponse]:
    """Pages that say that something is wrong."""
    client = app.test_client()
    yield from map(client.get, ("/tidak-ada", "/t/MBS-000000", "/lacak/MBS-00000-00000-0"))
    for path in ("/masuk", f"/survei/{point}", "/lapor", "/lacak"):
        yield client.post(path, data={})
    operator = make.signed_in(app, Role.OPERATOR)
    for path in ("/pengaturan/webhook", "/pengaturan/rute/baru"):
        yield operator.post(path, data={})
    yield _secret_page(app, operator)


def in_all_languages(app: Flask) -> Iterator[tuple[str, str]]:
    """The survey's pages for residents, the good and the bad, by name and language."""
    spoken.all_on()
    for code in ("id", *spoken.CODES):
        for name, page in spoken.pages(app, app.test_client(), code):
            if name != "untypable":  # shows again what no page may hold
                yield f"{code} {name}", page


def test_every_page_is_valid(app: Flask, tmp_path: Path) -> None:
    """One test for all, because the checkers take longer to start than to read."""
    gaps = furnish(app)
    number = 0
    for number, answer in enumerate(opened(app, gaps)):
        if answer.mimetype == "text/html":
            save(tmp_path, number, answer)
    for more, answer in enumerate(complaining(app, gaps["point"]), number + 1):
        assert answer.status_code in {200, 400, 404, 422}, answer.request.path
        save(tmp_path, more, answer)
    for name, page in in_all_languages(app):
        (tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
    assert findings(tmp_path) == []
    assert nu_findings(tmp_path) == []


def _secret_page(app: Flask, operator: FlaskClient) -> TestResponse:
    """What a new webhook's secret is shown on, once."""
    app.config["OUTGOING"] = outgoing.Limits(schemes=frozenset({"http"}), private=True)
    typed = {"name": "Aplikasi", "url": "http://127.0.0.1/x", "csrf_token": make.token(operator, "/pengaturan/webhook")}
    answer = operator.post("/pengaturan/webhook", data=typed)
    assert "whsec_" in answer.text
    return answer
