"""What every room stands on: database, clock, settings, errors, web habits. Knows nothing of complaints."""
