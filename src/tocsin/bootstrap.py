"""The composition root: the one place that chooses which real part stands behind each port."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler


def prepare() -> None:
    """Loads the settings and every room; to be called once, before anything touches the database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tocsin.settings")
    django.setup()


def start() -> WSGIHandler:
    """The prepared application, for a web server."""
    prepare()
    return WSGIHandler()
