"""A report as plain values, and the forms it is handed over in; every room may write one."""
