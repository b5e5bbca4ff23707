"""Sets of positions in big integers."""

from hypothesis import given
from hypothesis import strategies as st

from mock_server.store import bitsets

_positions = st.sets(st.integers(0, 20_000), max_size=60)


@given(_positions, st.integers(0, 70), st.integers(0, 70))
def test_members_are_the_slice_of_the_sorted_positions(positions: set[int], skip: int, count: int) -> None:
    assert bitsets.members(bitsets.of(positions), skip, count) == sorted(positions)[skip : skip + count]


def test_members_of_everything_are_counted_from_zero() -> None:
    assert bitsets.members(bitsets.everything(10_000), 9_998, 5) == [9_998, 9_999]


@given(_positions, st.integers(0, 20_001))
def test_a_gap_moves_up_what_follows(positions: set[int], gap: int) -> None:
    moved = {position + (position >= gap) for position in positions}
    assert bitsets.insert_gap(bitsets.of(positions), gap) == bitsets.of(moved)
