"""The pages of the review, for the table of contents."""

from survey.review import desk_integrity

BLUEPRINTS = (desk_integrity.desk,)
