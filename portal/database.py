"""Which PostgreSQL the portal uses: the server of DATABASE_URL, or the embedded one of this checkout."""

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from portal.launcher import place

KEEP_CONNECTION_SECONDS = 60


def database_config(base_dir: Path, environ: Mapping[str, str] = os.environ) -> dict:
    """The value of DATABASES["default"]. Creates nothing and connects to nothing."""
    url = environ.get("DATABASE_URL", "").strip()
    config = _from_url(url) if url else _embedded(place.var_folder(base_dir, environ))
    return config | {
        "CONN_MAX_AGE": KEEP_CONNECTION_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def _from_url(url: str) -> dict:
    import dj_database_url

    advice = "DATABASE_URL must look like postgres://user:password@host:5432/name. Only PostgreSQL is supported."
    try:
        config = dict(dj_database_url.parse(url))
    except ValueError as error:
        # The address holds a password: it is not repeated.
        raise ImproperlyConfigured(advice) from error
    if config.get("ENGINE") != "django.db.backends.postgresql" or not config.get("NAME"):
        raise ImproperlyConfigured(advice)
    config["OPTIONS"] = {"connect_timeout": 10} | config.get("OPTIONS", {})
    return config


def _embedded(var: Path) -> dict:
    found = place.find(var)
    # Before the first start there is no socket yet: connecting then fails and says so, reading settings does not.
    sockets = found.sockets if found else var / "database" / "sockets"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": place.NAME,
        "USER": place.NAME,
        "PASSWORD": "",
        "HOST": str(sockets),
        "PORT": str(place.SOCKET_PORT),
        "OPTIONS": {"connect_timeout": 10},
    }
