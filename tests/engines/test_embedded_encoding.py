import dataclasses
import json
import pickle
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.embedded import EmbeddedEngine
from engines.embedded.encoding import encode, identity, read_identity, refusal
from engines.record import OfficialDocument
from engines.schema import MAX_KEYWORD_BYTES, ngrams
from tests.conformance.corpus import document

tokens = st.lists(st.text("abcđ_1", min_size=1, max_size=5), max_size=12)


@given(tokens, st.sampled_from([1, 2, 3]))
def test_ngrams_join_neighbouring_tokens(some: list[str], size: int) -> None:
    assert list(ngrams(some, size)) == ["_".join(some[start : start + size]) for start in range(len(some) - size + 1)]


@given(st.text(), st.text())
def test_an_identity_is_read_back(id: str, fingerprint: str) -> None:
    assert read_identity(identity(id, fingerprint)) == (id, fingerprint)


@given(st.text("ab \0 1", max_size=6), st.text("ab \0 1", max_size=6), st.text("ab \0 1", max_size=6))
def test_different_documents_have_different_identities(id: str, fingerprint: str, other: str) -> None:
    if other != fingerprint:
        assert identity(id, fingerprint) != identity(id, other)


def test_the_encoder_can_be_sent_to_another_process(tmp_path_factory: pytest.TempPathFactory) -> None:
    encoder = EmbeddedEngine(tmp_path_factory.mktemp("engine")).encoder()
    assert pickle.loads(pickle.dumps(encoder)) is encoder  # noqa: S301


def test_the_encoder_is_pure() -> None:
    one = document("a", "ke hoach", title="ke hoach nam", type="Báo cáo", issued="2024-01-01")
    assert encode(one) == encode(one)
    assert encode(one).fingerprint == one.fingerprint


def test_the_stored_text_is_apart_from_the_record_and_compressed() -> None:
    payload = json.loads(encode(document("a", "ke hoach " * 10_000)).payload)
    assert len(payload["text"]) < 5_000
    assert len(payload["record"]) < 100


def test_an_id_that_could_not_be_indexed_is_refused_and_no_other_is() -> None:
    record = OfficialDocument(id="x" * (MAX_KEYWORD_BYTES + 1))
    reason = refusal(encode(dataclasses.replace(document("a"), record=record)))
    assert reason is not None
    assert "“id” dài hơn 32766 byte" in reason
    assert refusal(encode(document("x" * MAX_KEYWORD_BYTES))) is None


def test_importing_the_encoder_starts_no_thread() -> None:
    """Workers fork or spawn in hundreds; they only need the function."""
    code = "import threading, engines.embedded.encoding; print(threading.active_count())"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "1\n"
