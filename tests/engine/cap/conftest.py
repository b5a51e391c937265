"""A message that is right in every rule, as a file and as a record, for tests to break in one place."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from engine.cap.issuing import Issuer
from tocsin.engine.cap import (
    Alert,
    Area,
    Category,
    Certainty,
    Info,
    MsgType,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
    Valued,
)

CHINA = timezone(timedelta(hours=8))


@pytest.fixture
def folder() -> Path:
    return Path(__file__).parent / "fixtures"


@pytest.fixture
def source() -> str:
    """A CAP 1.2 file with one info and one area; `replace` breaks it."""
    return """<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
<identifier>a.1</identifier><sender>desk@example.org</sender><sent>2026-06-16T12:50:00+08:00</sent>
<status>Actual</status><msgType>Alert</msgType><scope>Public</scope>
<info><language>zh-CN</language><category>Met</category><event>Rainstorm</event>
<urgency>Immediate</urgency><severity>Extreme</severity><certainty>Observed</certainty>
<expires>2026-06-16T18:50:00+08:00</expires>
<area><areaDesc>Longgang</areaDesc><polygon>22.6,114.1 22.6,114.4 22.8,114.4 22.6,114.1</polygon></area>
</info></alert>"""


@pytest.fixture
def alert() -> Alert:
    """Every element filled in, and no rule broken."""
    return Alert(
        identifier="a.1",
        sender="desk@example.org",
        sent=datetime(2026, 6, 16, 12, 50, tzinfo=CHINA),
        status=Status.ACTUAL,
        msg_type=MsgType.UPDATE,
        source="radar",
        scope=Scope.RESTRICTED,
        restriction="staff",
        addresses="x@example.org",
        code=("profile:x", "profile:y"),
        note="a < b & c > d",
        references="desk@example.org,a.0,2026-06-16T11:50:00+08:00",
        incidents="flood",
        info=(
            Info(
                language="zh-CN",
                category=(Category.MET, Category.CBRNE),
                event="Rainstorm",
                response_type=(ResponseType.SHELTER, ResponseType.NONE),
                urgency=Urgency.IMMEDIATE,
                severity=Severity.EXTREME,
                certainty=Certainty.OBSERVED,
                audience="all",
                event_code=(Valued("SAME", "FFW"),),
                effective=datetime(2026, 6, 16, 4, 50, tzinfo=UTC),
                onset=datetime(2026, 6, 16, 13, tzinfo=CHINA),
                expires=datetime(2026, 6, 16, 18, tzinfo=CHINA),
                sender_name="Desk",
                headline="Red rainstorm",
                description="two\nlines\r\n and  spaces ",
                instruction="stay in",
                web="https://example.org/a",
                contact="the desk",
                parameter=(Valued("level", "red"), Valued("empty", "")),
                resource=(
                    Resource(
                        resource_desc="map",
                        mime_type="image/png",
                        size=3,
                        uri="map.png",
                        deref_uri="YWJj",
                        digest="a9993e364706816aba3e25717850c26c9cd0d89d",
                    ),
                ),
                area=(
                    Area(
                        area_desc="Longgang",
                        polygon=("22.6,114.1 22.6,114.4 22.8,114.4 22.6,114.1",),
                        circle=("22.6,114.1 5",),
                        geocode=(Valued("GB/T 2260", "440307"),),
                        ceiling=Decimal("20.0"),
                        altitude=Decimal(-10),
                    ),
                ),
            ),
        ),
    )


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()
