"""From live rows to the content of an edition."""
