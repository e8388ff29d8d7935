def test_the_house_stands(any_app):
    with any_app.test_client() as client:
        assert client.get("/tidak-ada").status_code in (404, 500)
