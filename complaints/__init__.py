"""Public-order reports: intake, receipt, workflow, deadlines, tracking, desk."""
