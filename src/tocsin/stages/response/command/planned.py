"""What a plan starts at one level, as plain data.

The command knows no plan document: whoever hears that a plan is to start reads the document and hands
over these records. `key` is the plan's own name for a task, an order, a need; the same key is started
once in an activation, however often its level changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from tocsin.kernel.errors import Malformed
from tocsin.kernel.instants import Instant

Text = Mapping[str, str]
"""A text by language: `{"zh": …, "en": …}`."""


@dataclass(frozen=True)
class PlannedTask:
    """A task for the post `owner`, due `within` the start; None: it has no deadline."""

    key: str
    title: Text
    owner: str
    within: timedelta | None = None
    basis: str = ""


@dataclass(frozen=True)
class PlannedOrder:
    """An order to the posts `to`, each of which acknowledges it within a span."""

    key: str
    text: Text
    to: tuple[str, ...]
    acknowledge_within: timedelta


@dataclass(frozen=True)
class PlannedNeed:
    """Something the response needs; `owner` is the post that is asked for it, empty: nobody yet."""

    key: str
    what: Text
    quantity: Decimal
    unit: Text
    owner: str = ""


@dataclass(frozen=True)
class PlannedClock:
    """A deadline of the plan or the law. `subject` empty: the response itself (`response:<incident>`)."""

    rule: str
    name: Text
    due: Instant
    owner: str = ""
    subject: str = ""
    source: str = ""
    verified: str = ""


@dataclass(frozen=True)
class PlanOrders:
    """A plan at one level: what it says to the public and the posts, and everything that it starts.

    `matter`, `expected` (duration) and `measures` are, with the level, the four things that a decision
    to start a response must state (Emergency Response Law of the PRC, 2024, Art. 72); `basis` is the law
    or the chapter of the plan that it rests on.
    """

    code: str
    version: UUID
    number: int
    matter: Text
    expected: timedelta
    measures: tuple[Text, ...]
    basis: str
    tasks: tuple[PlannedTask, ...] = ()
    orders: tuple[PlannedOrder, ...] = ()
    needs: tuple[PlannedNeed, ...] = ()
    clocks: tuple[PlannedClock, ...] = ()

    def posts(self) -> frozenset[str]:
        """Every post that the plan counts on."""
        owners = {task.owner for task in self.tasks} | {need.owner for need in self.needs if need.owner}
        return frozenset(owners | {code for order in self.orders for code in order.to})

    def check(self) -> None:
        """Raises `Malformed` naming what a decision to start a response must state and this lacks."""
        stated = {
            "matter": any(self.matter.values()),
            "expected": self.expected > timedelta(0),
            "measures": bool(self.measures),
            "basis": bool(self.basis.strip()),
        }
        lacking = [name for name, said in stated.items() if not said]
        if lacking:
            raise Malformed(
                "response.incomplete",
                "The plan “{plan}” does not state: {lacking}.",
                cure="Complete the plan; the law asks for all of these.",
                where=lacking[0],
                plan=self.code,
                lacking=", ".join(lacking),
            )
