from datetime import UTC, datetime, timedelta
from uuid import RFC_4122

from hypothesis import given
from hypothesis import strategies as st

from tocsin.kernel.ids import uuid7
from tocsin.kernel.instants import Instant

moments = st.datetimes(
    datetime(1971, 1, 1),
    datetime(2200, 1, 1),
    timezones=st.just(UTC),
).map(Instant)


@given(moments)
def test_an_id_is_a_uuid_of_version_7_that_tells_when_it_was_born(at):
    fresh = uuid7(at)
    assert (fresh.version, fresh.variant) == (7, RFC_4122)
    assert fresh.int >> 80 == int(at.timestamp() * 1000)


@given(moments)
def test_ids_sort_by_birth(at):
    later = Instant(at + timedelta(milliseconds=2))
    assert uuid7(at) < uuid7(later)


def test_ids_of_one_moment_differ():
    assert len({uuid7() for _ in range(1000)}) == 1000


def test_an_id_without_an_instant_is_born_now():
    before = datetime.now(UTC).timestamp() * 1000 - 1
    born = uuid7().int >> 80
    assert before <= born <= datetime.now(UTC).timestamp() * 1000 + 1
