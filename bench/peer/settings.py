"""Bare Django with django-ninja, its database set up as well as ours: kept connections, same PRAGMAs, IMMEDIATE."""

import os

import dj_database_url

SECRET_KEY = "bench"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["bench.peer"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.peer.api"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Kept connections, except for ASGI on PostgreSQL: there each of asgiref's threads would keep one, until none are left.
KEPT = None if os.environ["DATABASE_URL"].startswith("sqlite") or os.environ.get("BENCH_PEER") == "wsgi" else 0
DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=KEPT)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA recursive_triggers=ON;"
            "PRAGMA cache_size=-32000;PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;"
        ),
    }
