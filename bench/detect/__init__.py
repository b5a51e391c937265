"""Benches of detection. They count processor time of one core, so linear algebra gets one thread."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read when NumPy is loaded, which no package above this one does
