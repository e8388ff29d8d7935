"""What is handed over on paper, in files and by mail."""
