"""Whether the demonstration office is to be loaded, and who can sign in to it.

It is loaded into a database that was blank, and again where a first load was cut short; never into one that holds an
office's own data.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from portal.launcher.database import BASE_DIR
from portal.launcher.errors import LauncherError

FALSE = {"", "0", "false", "no", "off"}


def is_blank(environ: Mapping[str, str]) -> bool:
    """Whether nothing was ever migrated here. Raises LauncherError when the database cannot be reached."""
    import psycopg

    from portal.database import database_config

    config = database_config(BASE_DIR, environ)
    names = {"host": config.get("HOST"), "port": config.get("PORT"), "user": config.get("USER")}
    names |= {"dbname": config["NAME"], "password": config.get("PASSWORD")}
    try:
        with psycopg.connect(
            **{name: value for name, value in names.items() if value}, connect_timeout=10
        ) as connection:
            return connection.execute("SELECT to_regclass('django_migrations') IS NULL").fetchone()[0]
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[-1]
        raise LauncherError(
            f"The database cannot be reached ({said}). Check DATABASE_URL, or leave it unset."
        ) from None


class Demonstration:
    def __init__(self, var: Path, environ: Mapping[str, str]):
        from portal.database import database_config

        config = database_config(BASE_DIR, environ)
        self._which = f"{config['NAME']} at {config.get('HOST') or 'here'}:{config.get('PORT') or ''}"
        self._mark = var / "demonstration"
        self._allowed = environ.get("DEMONSTRATION", "true").strip().lower() not in FALSE

    def wanted(self, *, blank: bool) -> bool:
        return self._allowed and (blank or self._reads("begun"))

    def begun(self) -> None:
        self._write("begun")

    def loaded(self) -> None:
        self._write("loaded")

    def is_loaded(self) -> bool:
        return self._allowed and self._reads("loaded")

    def sign_ins(self, manage: Callable[..., str]) -> str:
        """The people one can sign in as, and their password."""
        return manage("demo_sign_ins")

    def _write(self, state: str) -> None:
        self._mark.write_text(f"{state} {self._which}\n")

    def _reads(self, state: str) -> bool:
        return self._mark.exists() and self._mark.read_text().strip() == f"{state} {self._which}"
