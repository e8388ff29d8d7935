from flask.testing import FlaskClient


def test_an_address_with_a_nul_is_not_found(client: FlaskClient) -> None:
    assert client.get("/t/%00").status_code == 404
    assert client.get("/pengaturan/titik/MBS%00").status_code == 404


def test_an_error_page_names_the_office(client: FlaskClient) -> None:
    assert "Kecamatan Mumbulsari" in client.get("/tidak-ada").text
