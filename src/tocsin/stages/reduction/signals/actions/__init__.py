"""Everything that writes signals: taking a snapshot, recording by hand, mending, noticing silence."""

from tocsin.stages.reduction.signals.actions.importing import record_many
from tocsin.stages.reduction.signals.actions.intake import Intake, sweep, take_snapshot
from tocsin.stages.reduction.signals.actions.mending import dismiss, mend
from tocsin.stages.reduction.signals.actions.recording import record

__all__ = ["Intake", "dismiss", "mend", "record", "record_many", "sweep", "take_snapshot"]
