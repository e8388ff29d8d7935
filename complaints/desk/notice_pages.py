"""The pages about who is told what, for the table of contents."""

from complaints.desk import desk_hooks, desk_notices, desk_outbox, desk_routes
from complaints.messages import subscribe_public

BLUEPRINTS = (subscribe_public.public, desk_notices.desk, desk_hooks.desk, desk_routes.desk, desk_outbox.desk)
