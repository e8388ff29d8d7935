"""What the production guide hands over fits the product: commands run, settings are known, files can be read."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import psutil
import pytest
import yaml
from flask import Flask

from core import config
from core.config import ROOT
from tests.server import Server

HERE = ROOT / "docs" / "production"
UNITS = ("sukma-web.service", "sukma-scheduler.service")
HOME = "/opt/sukma"
# Read by the compose file itself, not by the service.
OF_COMPOSE = {"SUKMA_NAME", "SUKMA_TO", "POSTGRES_PASSWORD", "BACKUPS"}


def command_of(unit: str) -> list[str]:
    found = re.search(r"^ExecStart=(.+)$", (HERE / unit).read_text(), re.MULTILINE)
    assert found
    return shlex.split(found[1])


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((HERE / "compose.yaml").read_text())["services"]
    return found


COMMANDS = [command_of(unit) for unit in UNITS] + [services()[name]["command"] for name in ("web", "scheduler")]


def settings_of(text: str) -> dict[str, str]:
    lines = (line.partition("=") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: value for name, _sign, value in lines}


@pytest.mark.parametrize(
    "command", COMMANDS, ids=["web unit", "scheduler unit", "web container", "scheduler container"]
)
def test_each_command_is_one_of_ours(command: list[str]) -> None:
    assert command[0].removeprefix(f"{HOME}/") == ".venv/bin/flask"
    asked = [sys.executable, "-m", "flask", *command[1:], "--help"]
    assert "Usage" in subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    "command", sorted(set(re.findall(r"`sukma ([a-z-]+)", (ROOT / "docs" / "production.md").read_text())))
)
def test_the_guide_names_commands_that_are_there(app: Flask, command: str) -> None:
    assert command in app.cli.commands


def test_a_command_gets_the_settings_of_the_service(tmp_path: Path) -> None:
    """As far as one who is not root can see: what it would run."""
    (tmp_path / "sukma.env").write_text("# secret\nPORT=8000\nSMTP_URL=smtp://a:b*@mail?x=1&y=2\n\n")
    script = (HERE / "sukma.sh").read_text().replace("/etc/sukma", str(tmp_path)).replace(f"cd {HOME}", "cd /")
    script = script.replace("exec runuser --user sukma -- env", "printf '%s\\n'")
    told = subprocess.run(["sh", "-c", script, "sukma", "keys", "a b"], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == [
        "PORT=8000", "SMTP_URL=smtp://a:b*@mail?x=1&y=2", ".venv/bin/flask", "--app", "wsgi", "keys", "a b",
    ]  # fmt: skip


def test_an_image_holds_nothing_that_git_does_not() -> None:
    ignored = {line.strip("*/") for line in (ROOT / ".dockerignore").read_text().splitlines()}
    unkept = {line.strip("*/") for line in (ROOT / ".gitignore").read_text().splitlines()}
    assert unkept - {".pyc"} <= ignored


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
@pytest.mark.parametrize("unit", UNITS)
def test_the_units_are_units(tmp_path: Path, unit: str) -> None:
    for name in UNITS:
        (tmp_path / name).write_text((HERE / name).read_text().replace(f"{HOME}/.venv/bin/flask", sys.executable))
    found = subprocess.run(["systemd-analyze", "verify", tmp_path / unit], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")


def test_the_settings_are_known_and_can_be_read(tmp_path: Path) -> None:
    values = settings_of((HERE / "sukma.env").read_text())
    assert values.keys() <= config.PARSERS.keys()
    assert config.from_environment(values).is_https


def test_the_containers_get_settings_that_are_known() -> None:
    for name in ("web", "scheduler"):
        assert services()[name]["environment"].keys() <= config.PARSERS.keys()
    image = re.findall(r"([A-Z_]+)=", (HERE / "Dockerfile").read_text())
    assert set(image) <= config.PARSERS.keys()
    asked = set(re.findall(r"\$\{([A-Z_]+)", (HERE / "compose.yaml").read_text()))
    assert asked <= config.PARSERS.keys() | OF_COMPOSE


def test_the_containers_stand_behind_a_proxy_that_is_believed() -> None:
    compose = yaml.safe_load((HERE / "compose.yaml").read_text())
    network = compose["networks"]["default"]["ipam"]["config"][0]["subnet"]
    assert compose["services"]["web"]["environment"]["TRUSTED_PROXIES"] == network
    assert "ports" not in compose["services"]["web"]


@pytest.mark.skipif(shutil.which("caddy") is None, reason="no Caddy here")
def test_caddy_reads_its_file() -> None:
    asked = ["caddy", "validate", "--config", str(HERE / "Caddyfile"), "--adapter", "caddyfile"]
    assert subprocess.run(asked, capture_output=True, check=False).returncode == 0


def test_both_proxies_lead_to_the_port_of_the_unit() -> None:
    port = settings_of((HERE / "sukma.env").read_text())["PORT"]
    assert f"127.0.0.1:{port}" in (HERE / "Caddyfile").read_text()
    assert f"proxy_pass http://127.0.0.1:{port};" in (HERE / "nginx.conf").read_text()


GUIDE = (ROOT / "docs" / "production.md").read_text()
BLOCKS = re.findall(r"^```\n(.+?)^```", GUIDE, re.MULTILINE | re.DOTALL)
# What a plain Debian 12 lacks, by the command that needs it.
PACKAGES = {"adduser": "adduser", "git": "git", "python3": "python3-venv", "nginx": "nginx", "certbot": "certbot"}
PLAIN = {
    "apt-get", "cd", "install", "journalctl", "ln", "rm", "sukma", "systemctl", ".venv/bin/pip",
}  # fmt: skip


def steps() -> list[str]:
    """Every command of the guide, in its order."""
    lines = "\n".join(BLOCKS).splitlines()
    return [step.strip() for line in lines for step in line.partition(" #")[0].split(" && ") if step.strip()]


def test_what_the_guide_uses_is_installed_by_it() -> None:
    used = {step.split()[0] for step in steps()} - PLAIN
    assert used == PACKAGES.keys(), "name the Debian package of a command that is new"
    assert set(PACKAGES.values()) <= set(steps()[0].removeprefix("apt-get install ").split())


def test_folders_are_made_for_the_user_that_writes_there() -> None:
    """The service makes its own at its first start; a restore on a fresh machine comes before that."""
    values = settings_of((HERE / "sukma.env").read_text())
    (made,) = [step.split() for step in steps() if step.startswith("install -d") and "-o sukma" in step]
    assert {values["DATA_DIR"], values["BACKUP_DIR"]} <= set(made)
    assert made[2:8] == ["-m", "700", "-o", "sukma", "-g", "sukma"]
    at = steps().index
    assert at(" ".join(made)) < at("sukma backup restore /srv/sukma-backups/FILE")


def test_certificates_come_before_the_nginx_that_names_them() -> None:
    asked = [
        step.split()[0] for step in steps() if step.startswith(("certbot", "nginx", "install -m 644 docs/production/n"))
    ]
    assert asked == ["certbot", "install", "nginx"]
    (webroot,) = [step.split("--webroot-path ")[1].split()[0] for step in steps() if step.startswith("certbot")]
    assert f"root {webroot};" in (HERE / "nginx.conf").read_text()


@pytest.mark.parametrize("unit", UNITS)
def test_the_units_may_write_where_backups_go(unit: str) -> None:
    values = settings_of((HERE / "sukma.env").read_text())
    assert f"\nReadWritePaths=-{values['BACKUP_DIR']}\n" in (HERE / unit).read_text()
    assert "`ReadWritePaths=`" in GUIDE


def test_every_file_is_told_of_in_the_guide() -> None:
    assert [file.name for file in sorted(HERE.iterdir()) if file.name not in GUIDE] == []


def test_pages_alone_start_no_scheduler(tmp_path: Path) -> None:
    command = (sys.executable, "-m", "flask", *command_of(UNITS[0])[1:])
    server = Server(tmp_path, command=command).start()
    try:
        assert server.process is not None
        family = psutil.Process(server.process.pid).children(recursive=True)
        assert family
        assert not [one for one in family if "scheduler" in one.cmdline()]
    finally:
        server.kill()
