"""Counted ratings: nightly sums, breakdowns, uncertainty."""
