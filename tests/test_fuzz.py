"""Whatever is sent, nobody meets an error of the system. The long run is `make fuzz`."""

import pytest
from flask import Flask

from tests.fuzz.sheets import found
from tests.fuzz.trying import PARTS, prepare

INPUTS = {"forms": 250, "desk": 250, "addresses": 200, "programs": 60}


@pytest.mark.parametrize("part", PARTS)
def test_whatever_is_sent_is_answered(app: Flask, part: str) -> None:
    tally = PARTS[part](app, prepare(app), INPUTS[part])
    assert tally.inputs >= INPUTS[part] / 3
    assert max(tally) < 500


def test_forms_are_found_with_all_that_they_offer() -> None:
    page = """<form method=post action=/a><input name=csrf_token value=t><input type=file name=f>
    <select name=s><option value=1><option value=2></select><input type=radio name=r value=x>
    <textarea name=w></textarea></form><form action=https://elsewhere.example><input name=q></form>
    <form><input name=q></form>"""
    first, second = found(page, "/here")
    assert (first.method, first.action, first.files) == ("POST", "/a", {"f"})
    assert first.fields == {"csrf_token": ["t"], "s": ["1", "2"], "r": ["x"], "w": [""]}
    assert (second.method, second.action) == ("GET", "/here")
