"""The server analyses as our own code and the other engine do: at white space, and n-grams by joining with `_`."""

import pytest
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engines.elasticsearch import connect
from engines.elasticsearch.mapping import index_field, index_mappings, index_settings
from engines.schema import TOKEN_FIELDS, TokenField

INDEX = "test-analysis"
LETTERS = st.characters(categories=["Ll", "Nd"], max_codepoint=ord("ỹ"))
TOKEN_LISTS = st.lists(
    st.lists(st.text(LETTERS, min_size=1, max_size=6), min_size=1, max_size=3).map("_".join), max_size=40
)


@pytest.fixture(scope="module")
def client(elasticsearch_url: str) -> Elasticsearch:
    client = connect(elasticsearch_url)
    client.options(ignore_status=404).indices.delete(index=INDEX)
    client.indices.create(index=INDEX, settings=index_settings(1, 0), mappings=index_mappings("1"))
    return client


@pytest.mark.parametrize("field", TOKEN_FIELDS, ids=lambda field: field.name)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tokens=TOKEN_LISTS)
def test_terms_are_the_tokens_or_their_ngrams(client: Elasticsearch, field: TokenField, tokens: list[str]) -> None:
    size = field.ngram_size
    expected = ["_".join(tokens[start : start + size]) for start in range(len(tokens) - size + 1)]
    answer = client.indices.analyze(index=INDEX, field=index_field(field.name), text=" ".join(tokens))
    assert [token["token"] for token in answer["tokens"]] == expected
