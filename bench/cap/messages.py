"""Messages to measure with: each of two languages and about 5,600 bytes, all different, made from a seed.

Shaped as a national service sends them: both languages with the same times and codes, four parameters, a
polygon of twenty corners, two geocodes, one resource.
"""

import numpy as np

BYTES = 5615
"""Length of every message; the description of the second language is filled up to it."""
CORNERS = 20

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>2.49.0.0.156.{number}</identifier>
  <sender>warning@example.org</sender>
  <sent>{sent}</sent>
  <status>Actual</status>
  <msgType>Alert</msgType>
  <source>Example weather service</source>
  <scope>Public</scope>
  <code>example:1.0</code>
"""
_INFO = """  <info>
    <language>{language}</language>
    <category>Met</category>
    <event>{event}</event>
    <responseType>Shelter</responseType>
    <responseType>Monitor</responseType>
    <urgency>Immediate</urgency>
    <severity>{severity}</severity>
    <certainty>Observed</certainty>
    <eventCode>
      <valueName>example:event</valueName>
      <value>RAIN-{number}</value>
    </eventCode>
    <effective>{sent}</effective>
    <onset>{onset}</onset>
    <expires>{expires}</expires>
    <senderName>Example weather service</senderName>
    <headline>{event}, level {severity}</headline>
    <description>{description}</description>
    <instruction>Stay away from low ground &amp; rivers. Do not drive through water.</instruction>
    <web>https://warning.example.org/{number}</web>
    <contact>desk@example.org</contact>
{parameters}    <resource>
      <resourceDesc>Radar picture</resourceDesc>
      <mimeType>image/png</mimeType>
      <size>{size}</size>
      <uri>https://warning.example.org/{number}.png</uri>
    </resource>
    <area>
      <areaDesc>District {number}</areaDesc>
      <polygon>{polygon}</polygon>
      <geocode>
        <valueName>GB/T 2260</valueName>
        <value>{code}</value>
      </geocode>
      <geocode>
        <valueName>example:zone</valueName>
        <value>Z{number}</value>
      </geocode>
    </area>
  </info>
"""
_PARAMETER = """    <parameter>
      <valueName>example:{name}</valueName>
      <value>{value}</value>
    </parameter>
"""


def messages(count: int, seed: int = 20101) -> list[bytes]:
    """So many messages; the same for the same seed."""
    chance = np.random.default_rng(seed)
    return [_message(chance, number) for number in range(count)]


def _message(chance: np.random.Generator, number: int) -> bytes:
    day, hour, minute = int(chance.integers(1, 28)), int(chance.integers(0, 18)), int(chance.integers(0, 60))
    same = {
        "number": number,
        "sent": f"2026-06-{day:02d}T{hour:02d}:{minute:02d}:00+08:00",
        "onset": f"2026-06-{day:02d}T{hour + 1:02d}:{minute:02d}:00+08:00",
        "expires": f"2026-06-{day:02d}T{hour + 5:02d}:{minute:02d}:00+08:00",
        "severity": ("Minor", "Moderate", "Severe", "Extreme")[int(chance.integers(4))],
        "size": int(chance.integers(1_000, 1_000_000)),
        "code": int(chance.integers(110_000, 660_000)),
        "polygon": _polygon(chance),
        "parameters": "".join(
            _PARAMETER.format(name=name, value=int(chance.integers(1000)))
            for name in ("rain", "wind", "level", "station")
        ),
    }
    chinese = _INFO.format(language="zh-CN", event="暴雨", description="预计未来六小时有大暴雨。" * 4, **same)
    english = _INFO.format(language="en-US", event="Rainstorm", description="{fill}", **same)
    frame = f"{_HEAD.format(**same)}{chinese}{english}</alert>\n"
    room = BYTES - len(frame.encode()) + len("{fill}")
    return frame.replace("{fill}", ("Very heavy rain within six hours. " * 100)[:room]).encode()


def _polygon(chance: np.random.Generator) -> str:
    lat, lon = chance.uniform(20, 45), chance.uniform(80, 120)
    turns = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    reach = chance.uniform(0.1, 0.3, CORNERS)
    corners = [
        f"{lat + r * np.sin(t):.4f},{lon + r * np.cos(t):.4f}" for r, t in zip(reach, turns, strict=True)
    ]
    return " ".join([*corners, corners[0]])
