"""The register as a table: CSV and Excel out and in, and JSON. What goes out comes back in exactly the same."""
