from flask.testing import FlaskClient


def test_the_service_says_that_it_lives_and_works(client: FlaskClient) -> None:
    assert client.get("/healthz").text == "ok\n"
    assert client.get("/readyz").status_code == 200
