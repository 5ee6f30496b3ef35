"""One function over several things in threads: order, errors, and when there are none."""

import os
import threading

import pytest

from model.numerics import threads
from model.numerics.threads import Rooms, cores, in_threads


@pytest.fixture(params=[1, 3])
def count(request, monkeypatch):
    """Cores there are said to be."""
    monkeypatch.setattr(threads, "cores", lambda: request.param)
    return request.param


def test_there_is_at_least_one_core_and_never_more_than_the_process_may_use():
    assert 1 <= cores() <= (os.cpu_count() or 1)


def test_results_are_in_the_order_of_the_items(count):
    assert in_threads(lambda item: item**2, iter(range(20))) == [item**2 for item in range(20)]
    assert in_threads(str, []) == []


def test_so_many_run_at_once(count):
    """Each waits for the others: with fewer threads this would not end."""
    barrier = threading.Barrier(count, timeout=10.0)
    assert len(in_threads(lambda _: barrier.wait(), range(count))) == count


def test_no_more_than_asked_for_run_at_once(count):
    """One thread is the caller's own; more threads than there are cores are not begun."""
    alone = in_threads(lambda _: threading.get_ident(), range(4), most=1)
    assert set(alone) == {threading.get_ident()}
    barrier = threading.Barrier(min(count, 2), timeout=10.0)
    seen = in_threads(lambda _: (barrier.wait(), threading.get_ident())[1], range(6), most=2)
    assert len(set(seen)) == min(count, 2)


def test_the_first_error_in_their_order_is_raised(count):
    def fail(item):
        if item:
            raise ValueError(f"of item {item}")

    with pytest.raises(ValueError, match="of item 1"):
        in_threads(fail, range(8))


def test_one_item_is_worked_on_by_the_caller(count):
    assert in_threads(lambda _: threading.get_ident(), "a") == [threading.get_ident()]


def test_within_a_thread_there_are_no_further_ones(count):
    def nested(_):
        own = threading.get_ident()
        return {own} == set(in_threads(lambda _: threading.get_ident(), range(4)))

    assert all(in_threads(nested, range(4)))


def test_rooms_are_made_as_many_as_are_used_at_once():
    made = []
    rooms = Rooms(lambda: made.append(len(made)) or made[-1])
    with rooms.one() as first, rooms.one() as second:
        assert (first, second) == (0, 1)
    with rooms.one() as third:
        assert third in (0, 1)
    assert len(made) == 2


def test_a_room_is_free_again_after_an_error():
    rooms = Rooms(object)
    with pytest.raises(ValueError, match="within"), rooms.one() as room:
        raise ValueError("within")
    with rooms.one() as again:
        assert again is room
