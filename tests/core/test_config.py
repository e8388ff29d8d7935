"""Settings: what is malformed or misspelt is refused at start, with words that help."""

from pathlib import Path

import pytest

from core.config import ROOT, from_environment
from core.errors import Refused
from tests.certificates import self_signed


def refusal(**environ: str) -> str:
    with pytest.raises(Refused) as refused:
        from_environment(environ)
    return refused.value.message


def test_nothing_set_means_the_defaults() -> None:
    settings = from_environment({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.data_dir == ROOT / "instance"
    assert settings.database_url == f"sqlite:///{ROOT}/instance/sukma.db"
    assert settings.base_url == "http://127.0.0.1:8000"


def test_the_database_lies_in_the_data_folder_unless_told_otherwise(tmp_path: Path) -> None:
    assert from_environment({"DATA_DIR": str(tmp_path)}).database_url == f"sqlite:///{tmp_path}/sukma.db"


def test_everything_set_is_taken(tmp_path: Path) -> None:
    settings = from_environment(
        {
            "PORT": "8080",
            "HOST": "0.0.0.0",
            "DATA_DIR": str(tmp_path),
            "DATABASE_URL": "postgresql+psycopg://sukma@localhost/sukma",
            "SECRET_KEY": "sixteen letters at least",
            "BASE_URL": "https://lapor.mumbulsari.example/",
            "SMTP_URL": "smtps://mail.example:465",
            "REDIS_URL": "redis://localhost:6379/0",
            "METRICS_TOKEN": "sixteen letters at least",
        }
    )
    assert (settings.port, settings.base_url) == (8080, "https://lapor.mumbulsari.example")


MALFORMED = (
    ("PORT", "delapan ribu"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "-1"),
    ("PORT", "80 80"),
    ("PORT", "²"),
    ("HOST", "dua kata"),
    ("HOST", "http://127.0.0.1"),
    ("DATABASE_URL", "sukma.db"),
    ("DATABASE_URL", "mysql://localhost/sukma"),
    ("DATABASE_URL", "postgresql://localhost/sukma"),
    ("SECRET_KEY", "pendek"),
    ("BASE_URL", "lapor.mumbulsari.example"),
    ("BASE_URL", "ftp://lapor.mumbulsari.example"),
    ("BASE_URL", "https://"),
    ("BASE_URL", "http://[::1"),
    ("SMTP_URL", "mail.example:465"),
    ("SMTP_URL", "smtp://mail.example?verify=no"),
    ("REDIS_URL", "localhost"),
    ("METRICS_TOKEN", "pendek"),
    ("TRUSTED_HOSTS", "https://lapor.example"),
    ("TRUSTED_HOSTS", "dua kata"),
    ("TRUSTED_PROXIES", "nginx"),
    ("TRUSTED_PROXIES", "10.0.0.1/8"),
    ("SENTRY_DSN", "sentry.example"),
    ("LOG_FORMAT", "xml"),
    ("BACKUP_KEY", "rahasia"),
    ("BACKUP_KEEP", "7"),
    ("BACKUP_KEEP", "0,4,12"),
)


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_malformed_value_is_refused_by_name(name: str, value: str) -> None:
    assert name in refusal(**{name: value})


def test_a_malformed_key_is_not_printed() -> None:
    assert "rahasia" not in refusal(BACKUP_KEY="rahasia")


def test_certificates_that_are_not_there_are_told_at_start(tmp_path: Path) -> None:
    made = self_signed(tmp_path, "127.0.0.1")
    for wrong in (tmp_path / "tidak-ada.pem", made.key):
        assert "berkas PEM" in refusal(SMTP_URL=f"smtp://mail.example?ca={wrong}")
    url = f"smtp://mail.example?from=sukma@mail.example&ca={made.path}"
    assert from_environment({"SMTP_URL": url}).smtp_url == url


def test_every_fault_is_named_at_once() -> None:
    words = refusal(PORT="nol", BASE_URL="di mana?")
    assert "PORT" in words
    assert "BASE_URL" in words


NEAR_MISSES = (
    ("DATABSE_URL", "DATABASE_URL"),
    ("BASEURL", "BASE_URL"),
    ("base_url", "BASE_URL"),
    ("SECRETKEY", "SECRET_KEY"),
    ("DATA_DIRR", "DATA_DIR"),
    ("METRIC_TOKEN", "METRICS_TOKEN"),
)


@pytest.mark.parametrize(("slip", "meant"), NEAR_MISSES)
def test_a_slip_of_the_pen_is_asked_about(slip: str, meant: str) -> None:
    assert f"apakah maksudnya {meant}?" in refusal(**{slip: "x"})


@pytest.mark.parametrize("name", ["HOME", "PATH", "HOSTNAME", "SUPPORT", "LANG", "XDG_DATA_DIRS", "SSH_PORT"])
def test_what_others_keep_in_the_environment_is_left_alone(name: str) -> None:
    assert from_environment({name: "x"})


def test_an_empty_setting_is_no_setting() -> None:
    assert from_environment({"PORT": ""}).port == 8000
