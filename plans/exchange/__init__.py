"""Bringing a plan in and taking it out: CSV, Excel and JSON of the same tables, and the report of what was found."""
