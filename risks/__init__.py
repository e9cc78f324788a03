"""The strategic risk register: what could go wrong, how likely, how bad, and what is being done about it."""
