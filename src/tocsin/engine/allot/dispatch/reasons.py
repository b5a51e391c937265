"""Why: sentences that a person can check, as templates that a page translates, with their numbers."""

from dataclasses import dataclass
from typing import Any

from tocsin.kernel.errors import fill


@dataclass(frozen=True)
class Reason:
    """An English template over the names of `data`."""

    text: str
    data: dict[str, Any]

    def __str__(self) -> str:
        """In English, filled in."""
        return fill(self.text, self.data)


UNMET = {
    "nobody": "No unit has the capabilities that {request} asks for.",
    "closed": "All {capable} units with the capabilities that {request} asks for are closed or busy.",
    "no_way": "None of the {able} capable units has a way to {request}.",
    "too_far": "The nearest capable unit would come to {request} after {minutes} min, later than is of use.",
    "too_few": "{request} asks for more than the {within} capable units that could come in time.",
    "needed": "The {within} capable units that could come to {request} are needed more elsewhere.",
}
SENT = {
    "nearest": "{unit} is the nearest capable unit to {request}: {minutes} min.",
    "nearer": "{unit} comes to {request} in {minutes} min. {other} would be there in {other_minutes} min, but"
    " sending it would make the whole plan {extra} weighted minutes worse.",
    "next": "{unit} is the nearest capable unit to {request}: {minutes} min. The next, {other}, would take "
    "{other_minutes} min and make the whole plan {extra} weighted minutes worse.",
}
MORE = {
    "gain": "One more such unit there would make the plan {saved} weighted minutes better.",
    "nothing": "One more such unit there would change nothing.",
    "met": "One more such unit there would make the plan {saved} weighted minutes better and meet {met} more "
    "places.",
}
OVERRIDE = {
    "same": "{unit} goes to {request} in the best plan as well.",
    "extra": "With {unit} sent to {request} the best plan is {extra} weighted minutes worse.",
}
