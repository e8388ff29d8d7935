"""The pages of the registers, for the table of contents."""

from indicators.registers import desk_entries, desk_writing

BLUEPRINTS = (desk_entries.desk, *desk_writing.DESKS)
