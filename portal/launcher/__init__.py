"""Runs the portal on one machine with nothing set up by hand: the embedded database and the processes beside it.

Nothing here is used in service, where DATABASE_URL and a process manager do the same work.
"""
