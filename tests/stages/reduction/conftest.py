"""A desk with a jurisdiction. Beside this file stand what the tests of this stage share: `naive.py`, a plain
reading of the archive, and `samples.py`, records as the feeds send them.
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def city(desk):
    from tocsin.spine.places.actions import settle

    settle(act=desk.act("administrator"), pack="cn/shenzhen")
    return desk
