"""Which ranges hold which, in one pass; slow ways of finding it are told from it by their results only."""

from hypothesis import given
from hypothesis import strategies as st

from quotex.pipeline.ranges import find_holders

RANGES = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)).map(lambda one: (one[0], one[0] + one[1])))


@given(ranges=RANGES, asked=RANGES)
def test_holders_are_those_that_a_look_at_each_finds(ranges, asked):
    """The same as comparing each with each, in the order of places."""
    order = sorted(range(len(ranges)), key=lambda number: ranges[number])
    assert find_holders(ranges, asked) == [
        [number for number in order if ranges[number][0] <= start and end <= ranges[number][1]]
        for start, end in asked
    ]
