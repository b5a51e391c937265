"""Who somebody is, what they may do, who is on duty, and who stands above."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from tocsin.kernel.actors import Actor, ActorKind
from tocsin.kernel.errors import Forbidden, NotFound
from tocsin.kernel.instants import Instant
from tocsin.spine.people.enums import Power, Role
from tocsin.spine.people.models import Holding, Person, Post, Shift
from tocsin.spine.people.rights import MACHINE, RIGHTS


def actor_of(person: Person, *, scripted: bool = False) -> Actor:
    """The person as one who acts; `scripted` where a script sits in the person's chair."""
    return Actor(ActorKind.SCRIPT if scripted else ActorKind.PERSON, str(person.id), person.name)


def person_of(user_id: int) -> Person | None:
    """The person behind an account."""
    return Person.objects.filter(user_id=user_id).first()


def posts_of(person_id: str | UUID, at: Instant | None = None) -> list[Post]:
    """The posts that a person holds, as holder or deputy, at an instant (ever still open where none)."""
    held = Holding.objects.filter(person_id=person_id).filter(_running(at)).select_related("post")
    return [holding.post for holding in held.order_by("post__code")]


def _running(at: Instant | None) -> Q:
    if at is None:
        return Q(until__isnull=True)
    return Q(since__lte=at) & (Q(until__isnull=True) | Q(until__gt=at))


def roles_of(actor: Actor) -> frozenset[str]:
    """The roles of whoever acts: those of the posts held, or the machine's own."""
    if actor.kind is ActorKind.MACHINE:
        return frozenset({MACHINE})
    return frozenset(post.role for post in posts_of(actor.id))


def may(actor: Actor, power: Power, *, area: str = "") -> bool:
    """Whether the table gives `power` to one of the actor's roles, in `area` where one is named."""
    if actor.kind is ActorKind.MACHINE:
        return MACHINE in RIGHTS[power]
    return any(post.role in RIGHTS[power] and _covers(post, area) for post in posts_of(actor.id))


def _covers(post: Post, area: str) -> bool:
    return not post.area or not area or area.startswith(post.area)


def demand(actor: Actor, power: Power, *, area: str = "") -> None:
    """Raises `Forbidden` unless the actor may; says which roles could."""
    if not may(actor, power, area=area):
        raise Forbidden(
            "right.missing",
            "{name} may not do this ({power}).",
            cure="Ask somebody with one of these roles: {roles}.",
            name=actor.name,
            power=power.value,
            roles=", ".join(sorted(role for role in RIGHTS[power] if role != MACHINE)),
        )


def demand_post(actor: Actor, power: Power, codes: Iterable[str]) -> None:
    """Like `demand`, and the actor must sit in one of the posts, or stand above one of them."""
    demand(actor, power)
    if actor.kind is ActorKind.MACHINE:
        return
    wanted = set(codes)
    for code in list(wanted):
        wanted.update(post.code for post in chain_above(code))
    held = {post.code for post in posts_of(actor.id)}
    if not held & wanted:
        raise Forbidden(
            "right.post",
            "This belongs to another post ({posts}).",
            cure="Ask whoever holds it, or somebody above.",
            posts=", ".join(sorted(wanted)),
        )


def post(code: str) -> Post:
    """The post with this code. Raises `NotFound`."""
    found = Post.objects.select_related("organisation").filter(code=code).first()
    if found is None:
        raise NotFound("post.unknown", "There is no post “{code}”.", cure="See the list of posts.", code=code)
    return found


def holder(code: str, at: Instant | None = None) -> Person | None:
    """Who holds a post: the holder, else the first deputy."""
    held = Holding.objects.filter(post_id=code).filter(_running(at)).select_related("person")
    first = held.order_by("place", "since").first()
    return first.person if first else None


def on_duty(code: str, at: Instant) -> Person | None:
    """Who sits in the chair at an instant: by the roster, else whoever holds the post."""
    shift = (
        Shift.objects.filter(post_id=code, since__lte=at, until__gt=at)
        .select_related("person")
        .order_by("-since")
        .first()
    )
    return shift.person if shift else holder(code, at)


def chain_above(code: str) -> list[Post]:
    """The posts above a post, nearest first; a circle ends where it closes."""
    posts = {post.code: post for post in Post.objects.all()}
    chain: list[Post] = []
    above = posts[code].above_id if code in posts else None
    while above and above not in {post.code for post in chain}:
        chain.append(posts[above])
        above = posts[above].above_id
    return chain


def posts() -> list[Post]:
    """All posts with their organisations, in the order of their codes."""
    return list(Post.objects.select_related("organisation", "above").order_by("code"))


def holdings(at: Instant | None = None) -> list[Holding]:
    """Who sits where, holders before deputies."""
    rows = Holding.objects.filter(_running(at)).select_related("post__organisation", "person")
    return list(rows.order_by("post__code", "place"))


def roster(since: Instant, until: Instant) -> list[Shift]:
    """The duty shifts that touch a span of time."""
    rows = Shift.objects.filter(since__lt=until, until__gt=since).select_related("post", "person")
    return list(rows.order_by("since", "post__code"))


def first_post(role: Role) -> str:
    """The code of the highest post with this role; empty where the desk has none."""
    rows = Post.objects.filter(role=role.value).order_by("code")
    codes = {post.code: post.above_id for post in rows}
    return next((code for code, above in codes.items() if above not in codes), "")
