"""Every page is valid HTML, also when it says that something is wrong."""

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

HERE = Path(__file__).parent
CHECKER = HERE / "node_modules" / ".bin" / "html-validate"


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


def save(folder: Path, number: int, answer: TestResponse) -> None:
    """Keep the page, so that the checker can name it."""
    name = answer.request.path.strip("/").replace("/", "_") or "beranda"
    (folder / f"{number:03}_{name}.html").write_text(answer.text, encoding="utf-8")


def opened(app: Flask) -> Iterator[TestResponse]:
    """Every page, as everybody who may open it sees it."""
    gaps = furnish(app)
    clients: dict[Role | None, FlaskClient] = {None: app.test_client()}
    for place in places(app, gaps):
        if place.role not in clients and place.role is not None:
            clients[place.role] = make.signed_in(app, place.role)
        answer = clients[place.role].get(place.path, follow_redirects=True)
        answer.get_data()
        answer.close()
        assert answer.status_code == 200, f"{place}: {answer.status_code}"
        yield answer


def test_every_page_is_valid(app: Flask, tmp_path: Path) -> None:
    pages = [answer for answer in opened(app) if answer.mimetype == "text/html"]
    for number, answer in enumerate(pages):
        save(tmp_path, number, answer)
    assert pages
    assert findings(tmp_path) == []


def test_every_page_that_complains_is_valid(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    point = furnish(app)["point"]
    complaints = [
        client.get("/tidak-ada"),
        client.get("/t/MBS-000000"),
        client.get("/lacak/MBS-00000-00000-0"),
        client.post("/masuk", data={}),
        *(client.post(path, data={}) for path in (f"/survei/{point}", "/lapor", "/lacak")),
    ]
    operator = make.signed_in(app, Role.OPERATOR)
    complaints += [operator.post(path, data={}) for path in ("/pengaturan/webhook", "/pengaturan/rute/baru")]
    complaints.append(_secret_page(app, operator))
    for number, answer in enumerate(complaints):
        assert answer.status_code in {200, 400, 404, 422}, answer.request.path
        save(tmp_path, number, answer)
    assert findings(tmp_path) == []


def _secret_page(app: Flask, operator: FlaskClient) -> TestResponse:
    """What a new webhook's secret is shown on, once."""
    app.config["OUTGOING"] = outgoing.Limits(schemes=frozenset({"http"}), private=True)
    typed = {"name": "Aplikasi", "url": "http://127.0.0.1/x", "csrf_token": make.token(operator, "/pengaturan/webhook")}
    answer = operator.post("/pengaturan/webhook", data=typed)
    assert "whsec_" in answer.text
    return answer
