"""Master data: office, sections, villages, services, points, staff, holidays, settings, audit trail."""
