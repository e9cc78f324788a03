"""Which PostgreSQL the settings name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.database import database_config


def test_an_address_names_the_server(tmp_path):
    config = database_config(
        tmp_path, {"DATABASE_URL": "postgres://office:pass%40word@db.internal:5433/papers?sslmode=require"}
    )

    assert config["ENGINE"] == "django.db.backends.postgresql"
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.internal", 5433, "papers")
    assert (config["USER"], config["PASSWORD"]) == ("office", "pass@word")
    assert config["OPTIONS"]["sslmode"] == "require"


def test_an_address_may_name_a_socket(tmp_path):
    config = database_config(tmp_path, {"DATABASE_URL": "postgres://portal@%2Frun%2Fpostgresql:5432/portal"})

    assert config["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    "address", ["sqlite:///papers.db", "mysql://root@localhost/papers", "papers", "postgres://localhost"]
)
def test_only_postgresql_is_taken_and_the_password_is_not_repeated(tmp_path, address):
    with pytest.raises(ImproperlyConfigured, match="postgres://user:password@host") as refused:
        database_config(tmp_path, {"DATABASE_URL": address})

    assert address not in str(refused.value)


def test_without_an_address_the_embedded_database_of_this_checkout_is_meant(tmp_path):
    config = database_config(tmp_path, {"DATABASE_URL": " "})

    assert Path(config["HOST"]).is_relative_to(tmp_path / "var")
    assert config["PASSWORD"] == ""


def test_reading_the_settings_makes_nothing(tmp_path):
    database_config(tmp_path, {})

    assert not list(tmp_path.iterdir())


def test_connections_are_kept_and_looked_after(tmp_path):
    config = database_config(tmp_path, {})

    assert config["CONN_MAX_AGE"] > 0
    assert config["CONN_HEALTH_CHECKS"] is True
