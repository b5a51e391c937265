"""R's surveillance as a peer: a process of its own for each half of the series."""

import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

SCRIPT = Path(__file__).with_name("surveillance.R")
PROCESSES = 2


def found() -> bool:
    """Whether Rscript and the package are installed (Debian: r-base-core, r-cran-surveillance)."""
    if shutil.which("Rscript") is None:
        return False
    asked = ["Rscript", "-e", "suppressMessages(library(surveillance))"]
    return subprocess.run(asked, capture_output=True).returncode == 0


def scores(counts: np.ndarray, first: int, years: int = 5) -> tuple[np.ndarray, float]:
    """-log p of each series and tested week, and the seconds of processor time that they took;
    the baseline reaches `years` back."""
    with ThreadPoolExecutor(PROCESSES) as pool:
        parts = list(pool.map(lambda part: _part(part, first, years), np.array_split(counts, PROCESSES)))
    p = np.concatenate([part for part, _ in parts])
    return -np.log(np.maximum(p, 1e-300)), sum(seconds for _, seconds in parts)


def _part(counts: np.ndarray, first: int, years: int) -> tuple[np.ndarray, float]:
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder) / "counts.csv", Path(folder) / "p.csv"
        np.savetxt(given, counts, fmt="%d", delimiter=",")
        ran = subprocess.run(
            ["Rscript", str(SCRIPT), str(given), str(first + 1), str(made), str(years)],
            capture_output=True,
            text=True,
            check=True,
        )
        return np.genfromtxt(made, delimiter=","), float(ran.stdout.split()[-1])
