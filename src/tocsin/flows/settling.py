"""Making an empty desk into a jurisdiction's own: its places, its organisations and posts, its plans."""

from collections.abc import Iterator, Sequence

from tocsin.kernel.actors import Act
from tocsin.packs.organisations import PostRow
from tocsin.packs.pack import Pack
from tocsin.spine.people import actions as people
from tocsin.spine.people.enums import Role
from tocsin.spine.places.actions import settle as settle_places
from tocsin.spine.places.queries import active_pack
from tocsin.stages.readiness.plans.actions import adopt_from_pack


def settle(*, act: Act, pack: str) -> Pack:
    """Takes over a pack. Doing it again adds what the pack has gained and changes nothing else."""
    settle_places(act=act, pack=pack)
    settled = active_pack()
    for row in settled.organisations.values():
        people.add_organisation(act=act, code=row.id, name=row.name, parent=row.parent or None, area=row.area)
    posts = [(row.id, post) for row in settled.organisations.values() for post in row.posts]
    for organisation, post in _above_first(posts):
        people.add_post(
            act=act,
            code=post.id,
            name=post.name,
            organisation=organisation,
            role=Role(post.role),
            above=post.above or None,
            area=post.area,
        )
    adopt_from_pack(act=act)
    return settled


def _above_first(posts: Sequence[tuple[str, PostRow]]) -> Iterator[tuple[str, PostRow]]:
    """A post can stand below another only once that one is there; `packs check` refuses circles."""
    waiting, placed = list(posts), {""}
    while waiting:
        ready = [pair for pair in waiting if pair[1].above in placed]
        yield from ready
        placed.update(post.id for _, post in ready)
        waiting = [pair for pair in waiting if pair[1].id not in placed]
