"""A map in a page: drawn with it, and made movable by the script where the browser can."""

import json
from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from tocsin.web import atlas

register = template.Library()


@register.simple_tag
def area_map(here: Iterable[str] = (), size: str = "small") -> SafeString:
    """Where something is."""
    codes = list(here or ())
    address = reverse("map-areas") + "".join(
        f"{'&' if n else '?'}here={code}" for n, code in enumerate(codes[:60])
    )
    return _map(atlas.drawing({}, gettext("Map of the places concerned"), codes), address, size)


@register.simple_tag
def level_map(levels: dict[str, int], address: str, size: str = "", label: str = "") -> SafeString:
    """The districts in the colour of their highest warning."""
    return _map(atlas.drawing(levels, label or gettext("Map of the warnings in force")), address, size)


def _map(drawing: SafeString, address: str, size: str) -> SafeString:
    words: dict[str, Any] = {
        "drawing": drawing,
        "address": address,
        "size": size,
        "label": gettext("Map; the list beside it says the same in words"),
        "approval": settings.MAP_APPROVAL_NUMBER,
        "words": json.dumps(
            {
                "NavigationControl.ZoomIn": gettext("Zoom in"),
                "NavigationControl.ZoomOut": gettext("Zoom out"),
                "Map.Title": gettext("Map"),
                "Popup.Close": gettext("Close"),
                "CooperativeGesturesHandler.WindowsHelpText": gettext("Hold Ctrl and scroll to zoom"),
                "CooperativeGesturesHandler.MacHelpText": gettext("Hold ⌘ and scroll to zoom"),
                "CooperativeGesturesHandler.MobileHelpText": gettext("Use two fingers to move the map"),
            },
            ensure_ascii=False,
        ),
    }
    return SafeString(render_to_string("parts/map.html", words))
