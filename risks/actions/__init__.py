"""Verbs of the register: one function for each, keyword-only, all or nothing, with its history and its audit event."""
