"""Loads every flow, so that each can hear."""

from importlib import import_module

from django.apps import AppConfig

FLOWS = (
    "indicator_to_situation",
    "situation_to_incident",
    "situation_to_warning",
    "incident_to_response",
    "statutory",
    "reporting",
    "response_to_public",
    "response_to_recovery",
    "recovery_to_readiness",
    "script",
)
"""The modules that hear the journal, in the order in which they hear each entry."""


class FlowsConfig(AppConfig):
    name = "tocsin.flows"
    label = "flows"

    def ready(self) -> None:
        for flow in FLOWS:
            import_module(f"tocsin.flows.{flow}")
