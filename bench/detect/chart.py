"""The chart beside the table: POD and sensitivity of each detector at the same rate of false alarms."""

from pathlib import Path
from typing import Any


def draw(rows: list[Any], path: Path) -> None:
    """Writes an SVG, or says what is missing."""
    try:
        import matplotlib as mpl
    except ImportError:
        print("matplotlib is not installed (pip install -r requirements/bench.txt): no chart")
        return
    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "tocsin", "font.size": 9}
    from matplotlib import pyplot

    figure, axis = pyplot.subplots(figsize=(8, 0.42 * len(rows) + 1))
    places = range(len(rows))
    axis.barh(
        [at - 0.2 for at in places], [row.measures.pod for row in rows], 0.38, label="POD", color="#222"
    )
    axis.barh(
        [at + 0.2 for at in places],
        [row.measures.sensitivity for row in rows],
        0.38,
        label="sensitivity",
        color="#999",
    )
    axis.set_yticks(list(places), [row.name for row in rows])
    axis.invert_yaxis()
    axis.set_xlabel("percent, at 1 % false alarms")
    axis.legend(loc="center right", frameon=False)
    for side in ("top", "right"):
        axis.spines[side].set_visible(False)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})
