"""Who is told of what, and by which way; routing and escalation."""
