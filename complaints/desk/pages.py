"""The officers' pages, for the table of contents."""

from complaints.desk import (
    desk_answers,
    desk_case,
    desk_categories,
    desk_chain,
    desk_corrections,
    desk_field,
    desk_findings,
    desk_inbox,
    desk_new,
    desk_prints,
    desk_reissue,
    desk_step_export,
    views,
)

BLUEPRINTS = (
    desk_inbox.desk,
    desk_inbox.handling,
    views.desk,
    views.desk_moves,
    desk_findings.desk,
    desk_chain.desk,
    desk_step_export.desk,
    desk_answers.desk,
    desk_case.desk,
    desk_case.looks,
    desk_reissue.desk,
    desk_corrections.desk,
    desk_prints.desk,
    desk_new.desk,
    desk_field.desk,
    desk_categories.desk,
)
