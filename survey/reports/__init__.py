"""What is handed over: the SKM report, the poster."""
