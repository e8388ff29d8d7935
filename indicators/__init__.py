"""Reads complaints and survey, is read by none: formulas, daily figures, nightly run, monthly summary."""
