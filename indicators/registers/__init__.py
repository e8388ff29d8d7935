"""What is counted in small registers, and what is said of each month."""
