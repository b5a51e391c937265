"""`tocsin import`: what came in, and every row that did not."""

import pytest
from click.testing import CliRunner

from tocsin.cli.imports import import_
from tocsin.spine.places.actions import settle
from tocsin.stages.reduction.signals.models import Signal

pytestmark = pytest.mark.django_db
MAPPING = """
source: calls
name: {en: Calls}
time: {columns: [when]}
kind: {constant: river-flood}
text: [what]
"""
ALERT = (
    '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>1</identifier><sender>a</sender>'
    "<sent>2026-06-16T12:00:00+08:00</sent><status>{status}</status><msgType>Alert</msgType><scope>Public</scope>"
    "<info><category>Met</category><event>River flood</event><urgency>Immediate</urgency>"
    "<severity>Severe</severity><certainty>Likely</certainty></info></alert>"
)


@pytest.fixture
def run(desk):
    settle(act=desk.act("administrator"), pack="avalon")

    def call(*arguments):
        done = CliRunner().invoke(import_, [str(one) for one in arguments], catch_exceptions=False)
        assert done.exit_code == 0
        return done.stdout.strip().splitlines()

    return call


def test_a_table(run, tmp_path):
    (tmp_path / "m.yaml").write_text(MAPPING)
    (tmp_path / "c.csv").write_text("when,what\n2026-06-16T12:00Z,high\nnoon,higher\n2026-06-16T12:00Z,")
    told = run("table", tmp_path / "c.csv", "--mapping", tmp_path / "m.yaml")
    assert [line.strip() for line in told] == [
        "line 3, column when: “noon” is not a time (ISO 8601)",
        "line 4, column what: the text is missing",
        "3 rows: 1 new, 0 known, 2 in quarantine",
    ]
    assert run("table", tmp_path / "c.csv", "--mapping", tmp_path / "m.yaml")[-1] == (
        "3 rows: 0 new, 1 known, 2 in quarantine"
    )


def test_a_folder_of_cap(run, tmp_path):
    for name, status in (("a", "Actual"), ("b", "Test")):
        (tmp_path / f"{name}.cap").write_text(ALERT.format(status=status))
    told = run("cap", tmp_path, "--source", "neighbour")
    assert [line.strip() for line in told[-2:]] == ["/alert/status: Test", "1 new, 0 known, 1 in quarantine"]
    assert Signal.objects.get().source.name == {"und": "neighbour"}
