"""What a receipt opens: the timeline, answers, confirmation, one's own data."""
