"""Keys: made once, kept for the owner alone."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from core.keys import KEY_BYTES, kept_key


def test_a_key_is_made_once_and_then_kept(tmp_path: Path) -> None:
    first = kept_key(tmp_path, "secret.key")
    assert len(bytes.fromhex(first)) == KEY_BYTES
    assert kept_key(tmp_path, "secret.key") == first


def test_each_name_has_a_key_of_its_own(tmp_path: Path) -> None:
    assert kept_key(tmp_path, "secret.key") != kept_key(tmp_path, "receipt.key")


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    kept_key(tmp_path / "new" / "folder", "secret.key")
    mode = (tmp_path / "new" / "folder" / "secret.key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_many_that_start_at_once_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _n: kept_key(tmp_path, "secret.key"), range(32)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
