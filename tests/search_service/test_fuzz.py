"""Any text that a person can type, or a program can send, is answered."""

import json
from urllib.parse import quote, urlencode

import hypothesis.strategies as st
from flask.testing import FlaskClient
from hypothesis import given, settings

from search_service.params import SEARCH_PARAMETERS

OPERATORS = ('"', "'", "(", ")", "[", "]", "{", "}", "*", "?", "~", "^", ":", "-", "+", "\\", "/", "AND", "OR", "NOT")
WORDS = ("kế hoạch", "ke hoach", "15/2021/QĐ-UBND", "ngày", "2021-02-30", "type:", "\x00", "\ud800", "\u200b", "\u0301")
PIECES = st.lists(st.sampled_from((*OPERATORS, *WORDS, " ")) | st.text(max_size=3), max_size=12).map("".join)
# One piece repeated up to 10,000 characters: as long as they come, and cheap to make.
LONG = st.builds(lambda piece: (piece * 10_000)[:10_000], st.text(min_size=1, max_size=4))
VALUES = PIECES | st.sampled_from(("", "7", "newest", "Báo cáo", "2021", "2021-02-28"))
NAMES = st.sampled_from([parameter.name for parameter in SEARCH_PARAMETERS] * 4 + ["page", "tipe", ""])
QUESTIONS = st.integers(0, 199).flatmap(lambda draw: LONG if draw == 0 else PIECES)


@settings(max_examples=10_000, deadline=None)
@given(question=QUESTIONS)
def test_any_question_is_answered_with_json(client: FlaskClient, question: str) -> None:
    written = quote(question.encode("utf-8", "surrogatepass"))

    response = client.get(f"/api/v1/search?size=1&q={written}")

    assert response.status_code == 200
    assert json.loads(response.data)["total"] >= 0


@settings(max_examples=1_000, deadline=None)
@given(arguments=st.lists(st.tuples(NAMES, VALUES), max_size=5), path=st.sampled_from(("/api/v1/search", "/search")))
def test_any_parameters_are_answered_or_refused(
    client: FlaskClient, arguments: list[tuple[str, str]], path: str
) -> None:
    written = urlencode(arguments, errors="surrogatepass")

    assert client.get(f"{path}?{written}").status_code in (200, 400)


@settings(max_examples=500, deadline=None)
@given(question=PIECES, id=st.sampled_from(("doc-1", "doc-7")) | st.text(min_size=1, max_size=5))
def test_any_document_is_shown_for_any_question_or_is_not_there(client: FlaskClient, question: str, id: str) -> None:
    query = urlencode({"q": question}, errors="surrogatepass")

    response = client.get(f"/documents/{quote(id.encode('utf-8', 'surrogatepass'), safe='')}?{query}")

    assert response.status_code == (200 if id in ("doc-1", "doc-7") else 404)
