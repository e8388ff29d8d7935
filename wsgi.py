"""Builds the application from its rooms: the table of contents."""

import os
import signal
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import Babel
from flask_compress import Compress
from flask_migrate import Migrate

import complaints.master
import offices.master
import survey.master
from complaints import api as complaints_api
from complaints import cli as complaints_cli
from complaints import cli_keys, resealing
from complaints import public as complaints_public
from complaints.desk import leaving as complaints_leaving
from complaints.desk import notice_pages
from complaints.desk import pages as complaints_desk
from complaints.following import public_case, public_data, public_keep
from complaints.messages import sending, telling
from complaints.open311 import views as open311
from complaints.pictures import photo_api, photo_pages
from complaints.reporting import api_similar as complaints_api_similar
from complaints.reporting.arrivals import init_arrivals
from core import (
    commands,
    config,
    faults,
    health_pages,
    identity_key,
    key_marks,
    logs,
    metrics,
    openapi,
    problems,
    proxies,
    schema,
    web,
    worker,
)
from core.backup import cli as backup_cli
from core.backup.rooms import init_backup
from core.db import db, init_db
from core.disk_faults import refused_in_words
from core.errors import Refused
from core.guessing import init_guessing
from core.imaging import MOST_BYTES, MOST_PHOTOS
from core.lifeline import end_with_parent
from indicators import backups, desk_health, desk_recount, watching
from indicators import cli as indicators_cli
from indicators.documents import desk as indicators_documents
from indicators.documents import desk_calendar
from indicators.documents import letters as indicators_letters
from indicators.locks import desk as month_locks
from indicators.pages import desk as indicators_desk
from indicators.pages import desk_compare as indicators_compare
from indicators.pages import desk_notes as indicators_notes
from indicators.pages import desk_register_files as indicators_register_files
from indicators.pages import desk_registers as indicators_registers
from indicators.pages import desk_rows as indicators_rows
from indicators.pages import desk_targets as indicators_targets
from indicators.published import public as indicators_public
from indicators.published import screen_public as indicators_screen
from indicators.regency import desk as indicators_regency
from indicators.registers import late_desk
from indicators.registers import pages as registers
from offices import api as offices_api
from offices import cli as offices_cli
from offices import cli_audit, gaya, security
from offices import maps as offices_maps
from offices import pages as offices_pages
from offices.access import init_access
from offices.current import init_current
from offices.leaving import init_leaving
from offices.looking import init_looking
from offices.reminders import init_reminders
from offices.serving import PULSE, init_serving
from survey import api as survey_api
from survey import cli as survey_cli
from survey import linked as survey_linked
from survey import public as survey_public
from survey.editing import desk_editions as survey_editions
from survey.editing import desk_export as survey_export
from survey.editing import desk_imports as survey_imports
from survey.editing import desk_questions as survey_questions
from survey.entry import assisted as survey_assisted
from survey.entry import desk_counts, desk_visits, kiosk
from survey.entry import paper_pages as survey_paper
from survey.entry import public_visits as survey_visits
from survey.figures import desk as survey_figures
from survey.languages import init_languages
from survey.reports import desk as survey_reports
from survey.review import pages as survey_review

# Over the longest field by far: an oversized text is refused by its form, with everything typed kept. (A body
# that is no multipart form ends here, too.)
LARGEST_FORM = 4 * 1024 * 1024
# Three of the largest photos with a whole form beside them.
LARGEST_REQUEST = MOST_PHOTOS * MOST_BYTES + LARGEST_FORM
CODES = (complaints_api.codes, survey_api.codes)  # what programs may send now
# What can't be read without its key: nothing of it, and the key may be made.
KEY_USES = {
    "receipt.key": [("complaint", "receipt_digest")],
    "identity.key": [(place.model.__tablename__, place.column) for place in resealing.PLACES],
    "password.salt": [("staff", "password")],
    "totp.key": [("staff", "tf_totp_secret")],
}
SEEDERS = (offices.master.seed, complaints.master.seed, survey.master.seed)
BLUEPRINTS = (
    desk_health.desk,
    worker.worker,
    *offices_pages.BLUEPRINTS,
    gaya.desk,
    offices_api.api,
    offices_maps.public,
    survey_public.public,
    kiosk.public,
    survey_linked.public,
    survey_figures.desk,
    survey_visits.public,
    desk_visits.desk,
    desk_counts.desk,
    survey_assisted.desk,
    survey_api.api,
    survey_editions.desk,
    survey_questions.desk,
    survey_imports.desk,
    survey_export.desk,
    *survey_review.BLUEPRINTS,
    *survey_paper.BLUEPRINTS,
    survey_reports.desk,
    complaints_public.public,
    *notice_pages.BLUEPRINTS,
    public_case.public,
    photo_pages.public,
    photo_pages.desk,
    photo_api.api,
    public_data.public,
    public_keep.public,
    complaints_api.api,
    complaints_api_similar.api,
    open311.api,
    *complaints_desk.BLUEPRINTS,
    indicators_desk.desk,
    indicators_compare.desk,
    indicators_rows.desk,
    indicators_registers.desk,
    indicators_register_files.desk,
    *registers.BLUEPRINTS,
    indicators_targets.desk,
    indicators_notes.desk,
    indicators_notes.checking,
    *month_locks.BLUEPRINTS,
    desk_recount.desk,
    indicators_documents.desk,
    desk_calendar.desk,
    desk_calendar.public,
    indicators_desk.runs,
    indicators_public.public,
    indicators_screen.public,
    indicators_regency.desk,
)
COMMANDS = (
    *offices_cli.COMMANDS,
    *cli_audit.COMMANDS,
    *survey_cli.COMMANDS,
    *complaints_cli.COMMANDS,
    *cli_keys.COMMANDS,
    *sending.COMMANDS,
    *indicators_cli.COMMANDS,
    *backup_cli.COMMANDS,
)


def create_app(environ: Mapping[str, str] = os.environ, **overrides: Any) -> Flask:
    """The application, with settings from `environ`; `overrides` are Flask's own, for tests."""
    try:
        with refused_in_words():
            return _app(config.from_environment(environ), overrides)
    except Refused as refusal:  # a wrong setting, a disk that takes nothing: told in words, without a stack trace
        raise SystemExit(refusal.message) from None


def _app(settings: config.Settings, overrides: Mapping[str, Any]) -> Flask:
    app = Flask(__name__)
    app.config.from_mapping(
        SETTINGS=settings,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=settings.is_https,
        # A browser gives a cookie of this name back to nobody but this very host, under TLS.
        SESSION_COOKIE_NAME="__Host-session" if settings.is_https else "session",
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        BABEL_DEFAULT_LOCALE="id",
        BABEL_DEFAULT_TIMEZONE="Asia/Jakarta",
        WTF_CSRF_TIME_LIMIT=12 * 3600,
    )
    app.config.update(overrides)
    init_db(app, settings.database_url)
    key_marks.take_keys(app, KEY_USES)
    identity_key.init_identity_key(app)
    proxies.init_proxies(app, settings.trusted_proxies)
    logs.init_logs(app)
    web.init_web(app)
    Migrate(app, db, directory=str(config.ROOT / "migrations"), render_as_batch=True)
    Babel(app)
    init_languages(app)
    Compress(app)
    security.init_security(app)
    problems.init_problems(app)
    commands.init_commands(app, SEEDERS)
    init_serving(app, SEEDERS)
    init_backup(app, backups.rooms(create_app))
    init_current(app)
    _open_rooms(app)
    return app


def create_worker() -> Flask:
    """The application in a server's worker process, which must not outlive its server."""
    end_with_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))
    PULSE.beat()
    app = create_app()
    faults.watch(app.config["SETTINGS"])
    schema.stop_if_unfit(app)
    return app


def _open_rooms(app: Flask) -> None:
    """Each room's pages and commands."""
    init_access(app)
    init_looking(app)
    init_guessing(app)
    health_pages.init_health(app, watching.CHECKS)
    metrics.init_metrics(app, watching.figures)
    openapi.init_openapi(app, CODES)
    init_arrivals(app)
    telling.init_telling(app, indicators_letters.WRITERS)
    init_leaving(app, complaints_leaving.AT_THE_DESK)
    init_reminders(app, late_desk.late_notes)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for command in COMMANDS:
        app.cli.add_command(command)
