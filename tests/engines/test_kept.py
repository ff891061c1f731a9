"""What is kept for cursors goes by number and by age."""

import threading

from hypothesis import given
from hypothesis import strategies as st

from engines.kept import IDLE_SECONDS, LONGEST_SECONDS, Kept
from tests.clock import Clock


def test_what_was_used_the_longest_time_ago_goes_first(clock: Clock) -> None:
    kept = Kept[str, int](2, clock=clock)
    assert kept.put("a", 1) == []
    assert kept.put("b", 2) == []
    assert kept.get("a") == 1
    assert kept.put("c", 3) == [2]
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)


def test_what_nobody_asks_for_goes_after_a_while(clock: Clock) -> None:
    kept = Kept[str, int](9, clock=clock)
    kept.put("a", 1)
    clock.now += IDLE_SECONDS
    assert kept.get("a") == 1
    clock.now += IDLE_SECONDS + 1
    assert kept.get("a") is None
    assert len(kept) == 0


def test_what_is_asked_for_again_and_again_goes_too(clock: Clock) -> None:
    kept = Kept[str, int](9, clock=clock)
    kept.put("a", 1)
    begun = clock.now
    while kept.get("a") is not None:
        clock.now += IDLE_SECONDS / 2
    assert clock.now - begun > LONGEST_SECONDS
    assert clock.now - begun <= LONGEST_SECONDS + IDLE_SECONDS


def test_what_is_put_again_is_kept_anew_and_stays_what_it_was(clock: Clock) -> None:
    kept = Kept[str, int](9, clock=clock)
    kept.put("a", 1)
    for _ in range(20):
        clock.now += IDLE_SECONDS
        kept.put("a", 1)
    assert clock.now - 1_000 > LONGEST_SECONDS
    assert kept.get("a") == 1


def test_the_old_goes_when_something_else_is_asked_for_or_nothing_is(clock: Clock) -> None:
    kept = Kept[str, int](9, clock=clock)
    for forget in (lambda: kept.get("other"), kept.expire, lambda: kept.put("new", 2) and None):
        kept.put("a", 1)
        clock.now += IDLE_SECONDS + 1
        forget()
        assert kept.get("a") is None
    kept.expire()
    assert len(kept) == 1


def test_what_is_removed_is_gone(clock: Clock) -> None:
    kept = Kept[str, int](9, clock=clock)
    kept.put("a", 1)
    kept.put("b", 2)
    kept.remove("a")
    kept.remove("never there")
    assert (kept.get("a"), kept.get("b")) == (None, 2)
    kept.clear()
    assert len(kept) == 0


steps = st.lists(
    st.tuples(st.sampled_from(["put", "get"]), st.integers(0, 6), st.floats(0, 2 * IDLE_SECONDS)), max_size=60
)


@given(steps, st.integers(1, 4))
def test_there_are_never_more_than_the_limit_nor_any_that_is_too_old(
    moves: list[tuple[str, int, float]], limit: int
) -> None:
    clock = Clock()
    kept = Kept[int, str](limit, clock=clock)
    used: dict[int, float] = {}
    since: dict[int, float] = {}
    for move, key, seconds in moves:
        clock.now += seconds
        if move == "put":
            kept.put(key, f"value {key}")
            used[key] = since[key] = clock.now
        elif (value := kept.get(key)) is not None:
            assert value == f"value {key}"
            assert clock.now - used[key] <= IDLE_SECONDS
            assert clock.now - since[key] <= LONGEST_SECONDS
            used[key] = clock.now
        assert len(kept) <= limit


def test_threads_that_put_and_get_at_once_lose_nothing_but_what_is_over_the_limit() -> None:
    kept = Kept[int, int](8)
    wrong: list[int] = []

    def work(seed: int) -> None:
        for step in range(2_000):
            key = (seed * 31 + step * 7) % 20
            kept.put(key, key)
            if kept.get(key) not in (key, None):
                wrong.append(key)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(kept) == 8
