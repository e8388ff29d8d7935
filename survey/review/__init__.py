"""What people look at after the night: doubtful ratings, suggestions, the follow-up plan."""
