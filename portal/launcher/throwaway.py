"""A fast PostgreSQL for tests and checks: made anew, never written to disk for certain, removed afterwards."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from portal.launcher import place as places
from portal.launcher.database import Lease


def start() -> tuple[Lease, str]:
    """A lease on a new database, and its DATABASE_URL. All is removed when the lease ends, however it ends."""
    var = Path(os.path.realpath(tempfile.mkdtemp(prefix="portal-database-")))
    lease = Lease.take(var, throwaway=True)
    sockets = quote(str(places.find(var).sockets), safe="")
    return lease, f"postgres://{places.NAME}@{sockets}:{places.SOCKET_PORT}/{places.NAME}"


@contextmanager
def database() -> Iterator[str]:
    lease, url = start()
    with lease:
        yield url
