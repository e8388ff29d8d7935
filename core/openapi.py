"""The description of the programs' interface (OpenAPI 3.1): kept by hand in openapi.json, with the office's codes."""

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from flask import Flask, Response, current_app, jsonify

from core.config import ROOT

# The codes that may be sent, by schema and property ("": the schema itself), as in {("Rating", "service"): ["ktp", …]}.
# None: may be null.
Codes = Mapping[tuple[str, str], Sequence[str | None]]
Teller = Callable[[], Codes]


def init_openapi(app: Flask, tellers: Sequence[Teller]) -> None:
    """Serve the description; each room's teller says which codes are in use now."""

    @app.get("/api/v1/openapi.json")
    def openapi() -> Response:
        """The description, with this installation's address and codes."""
        found = copy.deepcopy(_kept())
        found["servers"] = [{"url": current_app.config["SETTINGS"].base_url}]
        for tell in tellers:
            _put(found["components"]["schemas"], tell())
        answer = jsonify(found)
        answer.headers["Access-Control-Allow-Origin"] = "*"  # it is the same for everybody
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return answer


def _put(schemas: dict[str, Any], codes: Codes) -> None:
    for (schema, name), values in codes.items():
        place = schemas[schema]["properties"][name] if name else schemas[schema]
        place["enum"] = list(values)


@cache
def _kept() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "core" / "openapi.json").read_text(encoding="utf-8"))
    return found
