"""A database of its own for tests that need real commits: a copy of a migrated template, never flushed."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, connections
from pytest_django.plugin import DjangoDbBlocker

SQLITE = connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def migrated_template(django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The name of a migrated and otherwise empty database."""
    name = str(tmp_path_factory.mktemp("template") / "template.sqlite3") if SQLITE else f"template_{uuid4().hex[:12]}"
    with django_db_blocker.unblock():
        if not SQLITE:
            _run(f"CREATE DATABASE {name}")
        usual = _use(name)
        call_command("migrate", verbosity=0, interactive=False)
        _use(usual)
    yield name
    with django_db_blocker.unblock():
        if not SQLITE:
            _run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_database(django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Callable[[], AbstractContextManager[None]]:
    """While the context lasts, Django's default connection works on a database without any tables."""

    @contextmanager
    def working_on_it() -> Iterator[None]:
        name = str(tmp_path / f"{uuid4().hex[:12]}.sqlite3") if SQLITE else f"empty_{uuid4().hex[:12]}"
        with django_db_blocker.unblock():
            if not SQLITE:
                _run(f"CREATE DATABASE {name}")
            usual = _use(name)
            try:
                yield
            finally:
                _use(usual)
                if not SQLITE:
                    _run(f"DROP DATABASE {name} WITH (FORCE)")

    return working_on_it


@pytest.fixture
def fresh_database(migrated_template: str, django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """Django's default connection, in every thread, works on a fresh copy while the test runs."""
    name = str(tmp_path / "fresh.sqlite3") if SQLITE else f"fresh_{uuid4().hex[:12]}"
    with django_db_blocker.unblock():
        if SQLITE:
            shutil.copy(migrated_template, name)
        else:
            _run(f"CREATE DATABASE {name} TEMPLATE {migrated_template}")
        usual = _use(name)
        try:
            yield
        finally:
            _use(usual)
            if not SQLITE:
                _run(f"DROP DATABASE {name} WITH (FORCE)")


_kept: dict[str, object] = {}


def _use(name: str) -> str:
    """Work on this database from now on; which one it was before. A database in memory lives by its connection."""
    usual = connections["default"]
    before = str(usual.settings_dict["NAME"])
    if "memory" in before:
        _kept[before] = usual.connection
    else:
        usual.close()
    usual.settings_dict["NAME"], usual.connection = name, _kept.pop(name, None)
    return before


def _run(statement: str) -> None:
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(statement)
