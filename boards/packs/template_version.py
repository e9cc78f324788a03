"""The version of the templates that packs are printed with, sealed into each edition. Raise it when their look or order changes."""

KNOWN = ("1",)
CURRENT = KNOWN[-1]
