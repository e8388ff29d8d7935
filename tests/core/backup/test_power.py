"""A restore that said it was done stays done when the power goes in that moment."""

from pathlib import Path

import pytest
from flask import Flask

from core import schema
from core.backup import creating, house, restoring, verifying
from tests.chaos.volume import Volume, is_possible
from tests.core.backup import houses
from tests.core.backup.houses import NOW
from wsgi import create_app


@pytest.mark.skipif(not is_possible(), reason="a disk of our own needs root and a loop device")
def test_what_was_restored_is_on_the_disk(app: Flask, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    houses.furnish(app)
    made, kept = creating.create(tmp_path / "a.tar", now=NOW), houses.files(tmp_path)
    volume = Volume.make(tmp_path_factory.mktemp("power"), 64)
    try:
        with houses.elsewhere(app, volume.path / "new") as other:
            data_dir, url = houses.data_dir(other), other.config["SETTINGS"].database_url
            done = restoring.restore(made.path, now=NOW)
            restoring.follow_up(made.path, done.verified, now=NOW)
            volume.cut_power()
        volume.plug_in_again()
        assert houses.files(data_dir) == kept
        with create_app({"DATA_DIR": str(data_dir), "DATABASE_URL": url}, TESTING=True).app_context():
            schema.refuse_unfit()
            assert verifying.verify(creating.create(tmp_path / "b.tar", now=NOW).path, now=NOW).faults == []
            house.close()
    finally:
        volume.take_away()
