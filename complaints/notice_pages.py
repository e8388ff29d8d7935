"""The pages about who is told what, for the table of contents."""

from complaints import desk_notices, subscribe_public

BLUEPRINTS = (subscribe_public.public, desk_notices.desk)
