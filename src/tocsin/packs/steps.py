"""The names of the steps of the three ladders, as tables write them, so that a misspelt one is refused
when the pack is read.
"""

from typing import Literal

GradeName = Literal["ORDINARY", "LARGER", "MAJOR", "CATASTROPHIC"]
WarningName = Literal["BLUE", "YELLOW", "ORANGE", "RED"]
ResponseName = Literal["IV", "III", "II", "I"]
