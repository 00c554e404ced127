"""The front for any ASGI server: it starts and stops with the lifespan."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenghuo.config.settings")
django.setup()

from fenghuo.config.server.front import Front  # noqa: E402 - needs the settings

application = Front()
