"""For an officer's phone: which cases to keep for a place without signal."""

from flask import Response, jsonify, url_for

from complaints.desk import field_queries
from complaints.desk.field_queries import MOST
from core.db import reader
from offices.access import signed_in, staff_blueprint
from offices.rights import Action

desk = staff_blueprint("desk_field", __name__, Action.READ_CASES)


@desk.get("/petugas/kasus-saya.json")
def own_cases() -> Response:
    """The addresses of the signed-in officer's open cases, and how many more there are than a phone keeps."""
    numbers = field_queries.open_cases(reader(), signed_in().office_id, signed_in().id)
    kept = [url_for("desk.case", number=number) for number in numbers[:MOST]]
    return jsonify(cases=kept, left_out=len(numbers) - len(kept))
