from hypothesis import given
from hypothesis import strategies as st

from engines.elasticsearch.thinning import thin
from engines.query import AnyOf, Best, Boolean, Boost, Match, Query

TOKENS = st.lists(st.sampled_from([f"t{number}" for number in range(200)]), max_size=300).map(tuple)


def test_a_query_within_the_limit_stays_as_it_is() -> None:
    query = Boolean(should=(Match("folded", ("a", "b", "a")), AnyOf("type", ("Luật",))))
    assert thin(query, 3) is query


def test_tokens_are_sampled_over_the_whole_text_and_the_minimum_keeps_its_share() -> None:
    tokens = tuple(f"t{number}" for number in range(100))
    assert thin(Match("folded", tokens, 50), 10) == Match("folded", tokens[::10], 5)


def test_a_match_of_every_token_still_asks_for_every_token_that_is_left() -> None:
    thinned = thin(Match("folded", tuple(f"t{number}" for number in range(97)), 97), 10)
    assert isinstance(thinned, Match)
    assert thinned.minimum == len(thinned.tokens)


@given(TOKENS, TOKENS, st.integers(4, 40))
def test_all_matches_together_come_down_to_the_limit(
    first: tuple[str, ...], second: tuple[str, ...], limit: int
) -> None:
    query = Boost(Best((Match("folded", first), Boolean(must=(Match("syllables", second),)))), 2.0)
    # A match never loses its last token, so two matches may each keep one beyond their share.
    assert count_tokens(thin(query, limit)) <= limit + 2


def count_tokens(query: Query) -> int:
    match query:
        case Match():
            return len(set(query.tokens))
        case Boost():
            return count_tokens(query.query)
        case Best():
            return sum(map(count_tokens, query.queries))
        case Boolean():
            return sum(map(count_tokens, query.must))
        case _:
            raise AssertionError(query)
