"""Months that are locked, and their versions."""
