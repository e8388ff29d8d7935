"""The six indicators of a period."""
