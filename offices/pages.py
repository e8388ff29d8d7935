"""The office's pages, for the table of contents."""

from offices import (
    desk,
    desk_attachments,
    desk_audit,
    desk_backups,
    desk_holidays,
    desk_points,
    desk_posters,
    desk_rights,
    desk_services,
    desk_staff,
    public,
)
from offices.law import desk as law_desk
from offices.signin import account, desk_factors, desk_sessions

BLUEPRINTS = (
    public.public,
    desk.desk,
    desk_services.desk,
    desk_points.desk,
    desk_posters.desk,
    desk_holidays.desk,
    desk_staff.desk,
    desk_rights.desk,
    desk_attachments.desk,
    desk_backups.desk,
    law_desk.desk,
    desk_audit.desk,
    account.desk,
    desk_factors.desk,
    desk_sessions.desk,
)
