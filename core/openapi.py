"""The description of the programs' interface (OpenAPI 3.1), kept by hand in openapi.json."""

import json
from functools import cache
from typing import Any

from flask import Blueprint, Response, current_app, jsonify

from core.config import ROOT

api = Blueprint("openapi", __name__)


@api.get("/api/v1/openapi.json")
def described() -> Response:
    """The description, with the address of this installation."""
    answer = jsonify(_described() | {"servers": [{"url": current_app.config["SETTINGS"].base_url}]})
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


@cache
def _described() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "core" / "openapi.json").read_text(encoding="utf-8"))
    return found
