"""All offices of a regency."""
