"""The pages: what a person at the desk, and the public, sees."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tocsin.web"
    label = "web"
