"""Backups of the whole house: made while people work, verified by restoring them, and restored."""
