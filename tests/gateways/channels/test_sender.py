"""The loop's step: what is due goes out once, whatever dies in between."""

from datetime import timedelta

import pytest

from tocsin.gateways.channels.folder import FolderChannel
from tocsin.gateways.channels.sender import send_due
from tocsin.kernel.clock import SystemClock
from tocsin.kernel.instants import after
from tocsin.spine.clocks.actions import begin_replay
from tocsin.spine.journal.queries import entries
from tocsin.stages.communication.delivery import actions
from tocsin.stages.communication.delivery.models import Delivery
from tocsin.stages.communication.ports import NotSent, Receipt, Unsure

pytestmark = pytest.mark.django_db
NOW = SystemClock().now()
LATER = after(NOW, timedelta(minutes=3))


class Killed(BaseException):
    """The process is gone: nothing after it runs."""


class Fake:
    """A channel in memory: what it has, and how it behaves next."""

    def __init__(self, name="fake", *, live=False, idempotent=False, can_tell=False):
        self.name, self.live, self.idempotent, self.can_tell = name, live, idempotent, can_tell
        self.has, self.fault_before, self.fault_after = [], None, None

    def send(self, message):
        fault, self.fault_before = self.fault_before, None
        if fault:
            raise fault
        self.has.append(message.key)
        fault, self.fault_after = self.fault_after, None
        if fault:
            raise fault
        return Receipt("got it")

    def already_has(self, key):
        return Receipt("had it") if key in self.has else None


def states():
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


def test_what_is_due_is_sent_once(put_out):
    put_out(), put_out()
    channel = Fake()
    assert [send_due([channel], now=NOW), send_due([channel], now=LATER)] == [2, 0]
    assert (len(channel.has), states()) == (2, ["sent", "sent"])
    assert [e.facts["channel"] for e in entries(kinds=["delivery.sent"])] == ["fake", "fake"]


def test_one_channels_fault_does_not_hold_up_another(put_out):
    put_out()
    lame, well = Fake("lame"), Fake("well")
    lame.fault_before = NotSent("closed")
    send_due([lame, well], now=NOW)
    assert (lame.has, len(well.has)) == ([], 1)
    send_due([lame, well], now=LATER)
    assert (len(lame.has), len(well.has)) == (1, 1)


@pytest.mark.parametrize("fault", [Unsure("silence"), RuntimeError("token=secret")])
def test_what_nobody_can_say_waits_for_a_person(put_out, fault):
    put_out()
    channel = Fake()
    channel.fault_after = fault
    send_due([channel], now=NOW)
    assert send_due([channel], now=LATER) == 0
    assert (len(channel.has), states()) == (1, ["uncertain"])
    (entry,) = entries(kinds=["delivery.uncertain"])
    assert entry.facts["reason"] in ("silence", "RuntimeError")


def test_unless_sending_the_same_again_is_harmless(put_out):
    put_out()
    channel = Fake(idempotent=True)
    channel.fault_after = Unsure("silence")
    send_due([channel], now=NOW)
    send_due([channel], now=LATER)
    assert (len(channel.has), len(set(channel.has)), states()) == (2, 1, ["sent"])


class TestKilled:
    """Between the marker and the confirmation."""

    def killed(self, put_out, channel, when):
        put_out()
        setattr(channel, when, Killed())
        with pytest.raises(Killed):
            send_due([channel], now=NOW)
        assert states() == ["sending"]
        assert send_due([channel], now=NOW) == 0

    @pytest.mark.parametrize("when", ["fault_before", "fault_after"])
    def test_a_channel_that_can_tell_is_asked(self, put_out, when):
        channel = Fake(can_tell=True)
        self.killed(put_out, channel, when)
        assert send_due([channel], now=LATER) == 1
        assert (len(channel.has), states()) == (1, ["sent"])

    @pytest.mark.parametrize("when", ["fault_before", "fault_after"])
    def test_an_idempotent_one_is_sent_the_same_key_again(self, put_out, when):
        channel = Fake(idempotent=True)
        self.killed(put_out, channel, when)
        send_due([channel], now=LATER)
        assert (len(set(channel.has)), states()) == (1, ["sent"])

    @pytest.mark.parametrize(("when", "copies"), [("fault_before", 0), ("fault_after", 1)])
    def test_any_other_waits_for_a_person(self, put_out, when, copies):
        channel = Fake()
        self.killed(put_out, channel, when)
        send_due([channel], now=LATER)
        assert (len(channel.has), states()) == (copies, ["uncertain"])
        assert send_due([channel], now=after(LATER, timedelta(days=1))) == 0


def test_a_worker_whose_lease_was_taken_sends_nothing(put_out, monkeypatch):
    put_out()
    channel = Fake()
    lease = actions.lease

    def overtaken(**more):
        taken = lease(**more)
        Delivery.objects.update(lease=None)
        return taken

    monkeypatch.setattr(actions, "lease", overtaken)
    send_due([channel], now=NOW)
    assert (channel.has, states()) == ([], ["leased"])


class TestExercise:
    def test_never_to_a_live_channel(self, put_out):
        put_out(exercise=True)
        live, local = Fake("live", live=True), Fake("local")
        send_due([live, local], now=NOW)
        assert (live.has, len(local.has), states()) == ([], 1, ["sent"])

    def test_not_even_where_a_delivery_was_written_for_it(self, put_out):
        put_out(exercise=True)
        live = Fake("live")
        actions.fan_out(channels=[live], now=NOW)
        live.live = True
        send_due([live], now=NOW)
        assert (live.has, states()) == ([], ["failed"])


def test_a_replays_journal_tells_the_replays_time(put_out, desk):
    at = put_out().sent_at
    begin_replay(act=desk.act("machine"), archive="a", begins=at, ends=LATER, speed=1)
    send_due([Fake()], now=NOW)
    assert entries(kinds=["delivery.sent"])[0].at == Delivery.objects.get().sent_at == at


def test_into_the_folder(put_out, tmp_path):
    sent = put_out()
    send_due([FolderChannel(tmp_path, base_url="http://city.example")], now=NOW)
    assert (tmp_path / "cap" / f"{sent.subject}.xml").read_bytes() == sent.cap_xml.encode()
