"""The satisfaction survey: questionnaire, ratings, scores and report."""
