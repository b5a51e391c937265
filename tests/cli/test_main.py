"""The command line as a process of its own, where nothing has been made yet."""

import os
import subprocess
import sys


def test_a_folder_without_a_desk_says_how_to_make_one(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "tocsin", "journal", "verify"],
        env=os.environ | {"TOCSIN_HOME": str(tmp_path), "TOCSIN_DATABASE_URL": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("✗ no desk at")
    assert "tocsin init" in done.stderr
    assert "Traceback" not in done.stderr
