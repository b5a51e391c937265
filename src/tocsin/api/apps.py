"""The API as a part of the house: it keeps tokens and nothing else."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "tocsin.api"
    label = "api"
