"""The pages of paper forms, for the table of contents."""

from survey.entry import paper_desk, paper_desk_compare, paper_desk_entry

BLUEPRINTS = (paper_desk.desk, paper_desk_entry.desk, paper_desk_compare.desk)
