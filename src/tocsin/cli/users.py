"""`tocsin users`: accounts from the shell, for an administrator of the machine."""

import secrets

import click
from django.contrib.auth import get_user_model

from tocsin.cli.acting import administrator
from tocsin.spine.people import actions, queries


@click.group()
def users() -> None:
    """People, their posts and their accounts."""


@users.command("list")
def list_users() -> None:
    """Who sits where."""
    for holding in queries.holdings():
        place = "" if holding.place == 0 else f"  deputy {holding.place}"
        click.echo(f"{holding.post_id:<28} {holding.post.role:<20} {holding.person.name}{place}")


@users.command()
@click.argument("username")
@click.option("--name", required=True, help="The name that is shown.")
@click.option("--post", multiple=True, help="A post to hold; may be given several times.")
def add(username: str, name: str, post: tuple[str, ...]) -> None:
    """Adds a person; the first password is printed once."""
    act, password = administrator(), secrets.token_urlsafe(12)
    for code in post:
        queries.post(code)
    person = actions.add_person(act=act, username=username, name=name, password=password)
    for code in post:
        actions.hold(act=act, post=code, person=person)
    click.echo(f"added {username}; first password: {password}")


@users.command()
@click.argument("username")
def password(username: str) -> None:
    """Sets a new password, printed once."""
    account = get_user_model().objects.filter(username=username).first()
    if account is None:
        raise click.UsageError(f"there is no account “{username}”; see `tocsin users list`")
    fresh = secrets.token_urlsafe(12)
    account.set_password(fresh)
    account.save(update_fields=["password"])
    click.echo(f"new password of {username}: {fresh}")


COMMANDS = (users,)
