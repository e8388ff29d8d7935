"""Questionnaire editions; sheets taken in and given out."""
