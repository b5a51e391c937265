"""`tocsin watch`: the state of every street at any instant."""

import json

import click

from tocsin.kernel.instants import parse
from tocsin.packs.rows import say
from tocsin.spine.clocks.queries import timepiece
from tocsin.spine.places.queries import active_pack
from tocsin.stages.reduction.situations.queries import watch_state


@click.group()
def watch() -> None:
    """What is in force, where, and what it rests on."""


@watch.command()
@click.option("--at", help="The instant; now on the desk's clock where none is given.")
@click.option("--json", "as_json", is_flag=True, help="The whole state as JSON.")
def state(at: str | None, as_json: bool) -> None:
    """Every district and street with the level of each hazard in force and the messages behind it."""
    when = parse(at, active_pack().zone) if at else timepiece().now()
    found = watch_state(when)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for place in (leaf for area in found["areas"] for leaf in area["leaves"]):
        told = "  ".join(
            f"{say(hazard['name'], 'zh')} {hazard['level'] or '-'}"
            for hazard in place["hazards"]
            if hazard["in_force"]
        )
        click.echo(f"{place['code']:<14}{say(place['name'], 'zh')}  {told}")


COMMANDS = (watch,)
