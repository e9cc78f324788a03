"""The address of the database a test runs on, for processes that are to share it."""

from urllib.parse import quote


def url_of(connection) -> str:
    """A DATABASE_URL of this connection's database; a socket folder goes into the query."""
    held = connection.settings_dict
    user = quote(held["USER"] or "", safe="")
    password = f":{quote(held['PASSWORD'], safe='')}" if held["PASSWORD"] else ""
    host = str(held["HOST"] or "")
    if host.startswith("/"):
        return f"postgres://{user}{password}@/{held['NAME']}?host={quote(host, safe='')}&port={held['PORT'] or 5432}"
    return f"postgres://{user}{password}@{host or '127.0.0.1'}:{held['PORT'] or 5432}/{held['NAME']}"
