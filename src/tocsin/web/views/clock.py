"""The desk's clock in a replay: pausing, speeding up; taking a seat over from the script."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_noop

from tocsin.flows import script
from tocsin.spine.clocks import actions
from tocsin.web.asked import Asked, act, deed, told
from tocsin.web.reading import Form
from tocsin.web.views.desk import desk


@deed(back=desk)
def steer(request: Asked) -> HttpResponse:
    """Another speed, a pause, or on again."""
    form = Form(request.POST)
    speed = form.number("speed", 0.1, 100_000) if form.text("speed") else None
    paused = form.text("paused") == "1" if form.text("paused") else None
    actions.steer_replay(act=act(request, ""), speed=speed, paused=paused)
    return redirect(_where_from(request))


@deed(back=desk)
def take_seat(request: Asked) -> HttpResponse:
    """The script no longer acts in a seat; whoever took it does."""
    script.take_seat(act=act(request, ""), post=Form(request.POST).need("post", 60))
    told(request, gettext_noop("The seat is yours; the script no longer acts in it."))
    return redirect(_where_from(request))


def _where_from(request: Asked) -> str:
    """The page that the bar was used on."""
    came = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(came, allowed_hosts={request.get_host()})
    return came if ours else "/"
