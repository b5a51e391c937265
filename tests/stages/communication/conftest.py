"""A desk settled in a city, and what the tests of this stage publish."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tocsin.kernel.actors import Act
from tocsin.kernel.instants import Instant, after
from tocsin.kernel.ladders import WarningLevel
from tocsin.packs.publishing import Product
from tocsin.spine.places.actions import settle
from tocsin.stages.communication.alerts import actions as alerts
from tocsin.stages.communication.alerts.content import Content, Issuer
from tocsin.stages.communication.alerts.enums import AlertKind
from tocsin.stages.communication.bulletins import actions as bulletins
from tocsin.stages.communication.bulletins.content import BulletinContent, Statement

NOON = Instant(datetime(2026, 6, 16, 4, 0, tzinfo=UTC))

CONTENT = Content(
    level=WarningLevel.RED,
    areas=("440304", "440303"),
    starts=NOON,
    expires=after(NOON, timedelta(hours=3)),
    headline={"zh": "福田区、罗湖区暴雨红色警报", "en": "Red rainstorm alert in Futian and Luohu"},
    description={"zh": "降雨仍将持续。", "en": "Rain goes on."},
    instruction={"zh": "停止户外活动。", "en": "Stay indoors."},
)
OFFICE = Issuer("met.example", {"zh": "市气象台", "en": "Weather Office"})
BULLETIN = BulletinContent(
    title={"zh": "暴雨通报", "en": "Rain bulletin"},
    known=(
        Statement({"zh": "两条道路积水。", "en": "Two roads are flooded."}, "duty", verified=True),
        Statement({"zh": "一处停电。", "en": "One power cut."}, "a caller", verified=False),
    ),
    unknown={"zh": "雨何时停。", "en": "When the rain will end."},
    advice={"zh": "绕行。", "en": "Go round."},
)


@dataclass(frozen=True)
class Press:
    """A settled desk whose information officer drafts and whose second one approves."""

    desk: Any

    def act(self, role: str, word: str = "", minutes: int = 0) -> Act:
        return self.desk.act(role, word, after(NOON, timedelta(minutes=minutes)))

    def draft(self, content: Content = CONTENT, **more: Any) -> Any:
        return alerts.draft(act=self.act("information_officer"), hazard="rainstorm", content=content, **more)

    def relay(self, **more: Any) -> Any:
        return self.draft(kind=AlertKind.RELAY, product=Product.SIGNAL, issuer=OFFICE, **more)

    def submitted(self, draft: Any) -> Any:
        return alerts.submit(act=self.act("information_officer"), alert=draft.id)

    def publish(self, draft: Any | None = None, minutes: int = 0) -> Any:
        waiting = self.submitted(draft or self.draft())
        return alerts.approve(act=self.act("second_information_officer", minutes=minutes), alert=waiting.id)

    def update(self, alert: Any, minutes: int = 10, **changes: Any) -> Any:
        content = replace(CONTENT, **changes)
        drafted = alerts.update(act=self.act("information_officer"), alert=alert.id, content=content)
        return self.publish(drafted, minutes)

    def cancel(self, alert: Any, minutes: int = 20) -> Any:
        return self.publish(alerts.cancel(act=self.act("duty_officer"), alert=alert.id), minutes)

    def bulletin(self, content: BulletinContent = BULLETIN, **more: Any) -> Any:
        return bulletins.draft(
            act=self.act("information_officer"), hazard="rainstorm", content=content, **more
        )

    def publish_bulletin(self, draft: Any | None = None) -> Any:
        drafted = draft or self.bulletin()
        bulletins.submit(act=self.act("information_officer"), bulletin=drafted.id)
        return bulletins.approve(act=self.act("second_information_officer"), bulletin=drafted.id)


def _settled(desk: Any) -> Press:
    settle(act=desk.act("administrator"), pack="cn/shenzhen")
    return Press(desk)


@pytest.fixture
def press_of() -> type[Press]:
    """What makes a press of a desk that is settled otherwise."""
    return Press


@pytest.fixture
def press(desk: Any) -> Press:
    return _settled(desk)


@pytest.fixture
def raced_press(raced_desk: Any) -> Press:
    return _settled(raced_desk)


@pytest.fixture
def words() -> Callable[..., Content]:
    """The usual content with changes."""
    return lambda **changes: replace(CONTENT, **changes)


@pytest.fixture
def told() -> Callable[..., BulletinContent]:
    """The usual bulletin with changes."""
    return lambda **changes: replace(BULLETIN, **changes)
