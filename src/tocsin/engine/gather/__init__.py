"""Gathering: reports that speak of the same thing.

Events: `Gathering` takes calls, readings and messages one by one and keeps candidate incidents, with the
reasons and the confidence of each link; `gathered` does so for a whole list; a person's `together` and
`apart` win over it. Topics: `topics` groups messages about the same problem at the same place.
Near-duplicate texts are the sub-room `texts`. Nothing here ever drops a report.
"""

from tocsin.engine.gather.gathering import Gathering, Reach, gathered
from tocsin.engine.gather.links import Group, Link
from tocsin.engine.gather.reports import Position, Report
from tocsin.engine.gather.rulings import Ruling, apart, together
from tocsin.engine.gather.topics import Message, Topic, topics
from tocsin.engine.gather.weights import CALLS

__all__ = [
    "CALLS",
    "Gathering",
    "Group",
    "Link",
    "Message",
    "Position",
    "Reach",
    "Report",
    "Ruling",
    "Topic",
    "apart",
    "gathered",
    "together",
    "topics",
]
