"""The pages of the review, for the table of contents."""

from survey.review import desk_integrity, desk_plans, desk_suggestions

BLUEPRINTS = (desk_integrity.desk, desk_plans.desk, desk_suggestions.desk)
