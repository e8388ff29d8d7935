"""Backups of the whole house: made while people work, verified by restoring them, and restored."""

from core.backup.standing import health as health
