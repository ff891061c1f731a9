"""Segmentation answers what pyvi answers, and words keep their places."""

import importlib
import pickle
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analyzers import lexicon, model, tagging
from analyzers.channels import Analyzer
from analyzers.codes import glue
from analyzers.model import ModelError, load_model
from analyzers.normalize import normalize
from analyzers.segmentation import Segmenter, load_segmenter
from analyzers.syllabification import chunks, units
from analyzers.tokens import MAX_TOKEN, syllable_texts, syllables
from tests.analyzers.texts import ANY_TEXT, DECISION, LETTER, MANY_TEXTS, ODD_TEXTS, TEXTS, decomposed

TOKEN = re.compile(r"\w+")


@pytest.fixture(scope="module")
def pyvi_tokenizer() -> Any:
    return importlib.import_module("pyvi.ViTokenizer").ViTokenizer


@pytest.fixture(scope="module")
def pyvi(pyvi_tokenizer: Any) -> Callable[[str], str]:
    tokenize: Callable[[str], str] = pyvi_tokenizer.tokenize
    return tokenize


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return load_segmenter()


@pytest.fixture(scope="module")
def analyzer(segmenter: Segmenter) -> Analyzer:
    return Analyzer(segmenter)


@pytest.mark.parametrize("text", TEXTS)
def test_official_texts_are_segmented_as_pyvi_does(text: str, segmenter: Segmenter, pyvi: Callable[[str], str]) -> None:
    assert segmenter.segment(text) == pyvi(text)
    assert segmenter.segment(decomposed(text)) == pyvi(decomposed(text))


@settings(max_examples=1000, deadline=None)
@given(text=st.one_of(ODD_TEXTS, ANY_TEXT))
@example(text="")
@example(text=" \t")
@example(text="\n")
@example(text="12.34://x a://b")
@example(text="12.ab@c.vn -a@b.c @d.e")
def test_odd_texts_are_segmented_as_pyvi_does(text: str, segmenter: Segmenter, pyvi: Callable[[str], str]) -> None:
    assert segmenter.segment(text) == pyvi(text)


_SYLLABLES = st.sampled_from(
    [word for entry in sorted(load_model().triples | load_model().pairs)[::50] for word in entry]
).flatmap(lambda word: st.sampled_from([word, word.title(), word.upper()]))


@settings(max_examples=300, deadline=None)
@given(text=st.lists(_SYLLABLES, max_size=60).map(" ".join))
def test_the_word_lists_syllables_in_any_order_are_segmented_as_pyvi_does(
    text: str, segmenter: Segmenter, pyvi: Callable[[str], str]
) -> None:
    assert segmenter.segment(text) == pyvi(text)


@settings(deadline=None)
@given(text=st.text("aĐB1_.:/@+-vn> ½\u0301\n", max_size=60))
def test_units_are_those_of_pyvis_pattern(text: str, pyvi_tokenizer: Any) -> None:
    ours = [unit for chunk in chunks(unicodedata.normalize("NFC", text)) for unit in units(chunk)]
    assert ours == pyvi_tokenizer.sylabelize(text)[1]


def test_neither_blocks_nor_forgetting_change_the_answer(
    monkeypatch: pytest.MonkeyPatch, segmenter: Segmenter, analyzer: Analyzer
) -> None:
    text = "\n".join(TEXTS * 3)
    whole = segmenter.segment(text), analyzer.channels(text)
    monkeypatch.setattr(lexicon, "_BLOCK", 100)
    monkeypatch.setattr(lexicon, "_PIECES", 7)
    monkeypatch.setattr(lexicon, "_LONG", 5)
    monkeypatch.setattr(lexicon, "_MAX_CHUNKS", 50)
    monkeypatch.setattr(tagging, "_BLOCK", 16)
    assert (segmenter.segment(text), analyzer.channels(text)) == whole


@settings(max_examples=500, deadline=None)
@given(text=MANY_TEXTS)
@example(text="1.2abc")
@example(text="q\u0323\u0323q/TT&TT")
@example(text="05/03/2024/QĐ-UBND")
def test_parts_of_a_chunk_are_read_as_the_whole(text: str, segmenter: Segmenter) -> None:
    for chunk in glue(normalize(text)).split():
        parts = list(segmenter.word_parts(chunk))
        assert "".join(parts) == chunk
        of_parts = [(unit.observation, unit.text) for part in parts for unit in segmenter.word_units(part)]
        assert of_parts == [(unit.observation, unit.text) for unit in segmenter.word_units(chunk)]
        assert [syllable for part in parts for syllable in syllable_texts(part)] == syllable_texts(chunk)


def test_codes_are_whole_and_words_canonical(segmenter: Segmenter) -> None:
    words = [word.text for word in segmenter.words(DECISION)]
    assert {"15_2021_qđ_ubnd", "2021_03_05", "61_2018_nđ_cp", "tt_tt", "chính_quyền", "thủ_tục", "2021_12_31"} <= {
        *words
    }
    assert [word.text for word in segmenter.words("hồ sơ UỶ BAN; 1.250.000,50 đồng")] == [
        "hồ_sơ",
        "ủy_ban",
        "1_250_000_50",
        "đồng",
    ]


def test_words_point_into_the_text_that_was_given(segmenter: Segmenter) -> None:
    text = decomposed("Uỷ ban nhân dân ký số 84 /QĐ-TTg ngày 05 tháng 3 năm 2024.")
    spelled = {word.text: text[word.start : word.end] for word in segmenter.words(text)}
    assert spelled["84_qđ_ttg"] == decomposed("84 /QĐ-TTg")
    assert spelled["2024_03_05"] == decomposed("05 tháng 3 năm 2024")
    assert spelled["ủy_ban"] == decomposed("Uỷ ban")


@settings(max_examples=300, deadline=None)
@given(text=MANY_TEXTS)
@example(text="a.b@c.vnủy bana")
def test_each_word_is_the_syllables_at_its_place(text: str, segmenter: Segmenter) -> None:
    end = 0
    for word in segmenter.words(text):
        assert end <= word.start < word.end <= len(text)
        assert TOKEN.fullmatch(word.text)
        assert len(word.text) <= MAX_TOKEN
        inside = [token.text for token in syllables(text[word.start : word.end])]
        assert word.text == "_".join(inside)[:MAX_TOKEN].rstrip("_") or is_date_of(word.text, inside)
        end = word.end


def is_date_of(token: str, inside: list[str]) -> bool:
    figures = [int(part) for part in inside if part.isdecimal()]
    return sorted(map(int, token.split("_"))) == sorted(figures)


@settings(max_examples=300, deadline=None)
@given(text=MANY_TEXTS)
def test_same_words_composed_or_not(text: str, segmenter: Segmenter) -> None:
    words = [word.text for word in segmenter.words(text)]
    assert words == [word.text for word in segmenter.words(decomposed(text))]


@settings(max_examples=500, deadline=None)
@given(text=MANY_TEXTS)
@example(text=DECISION)
@example(text=LETTER)
@example(text="x" * 1000 + " " + "a." * 300 + "05/03/2024/QĐ " + "15/2021/QĐ-UBND;" * 40)
def test_channels_are_the_tokens_joined(text: str, analyzer: Analyzer, segmenter: Segmenter) -> None:
    channels = analyzer.channels(text)
    marked = [token.text for token in syllables(text)]
    assert channels.syllables.split(" ") == (marked or [""])
    assert list(analyzer.syllable_tokens(text)) == marked
    assert channels.folded.split(" ") == (list(analyzer.folded_tokens(text)) or [""])
    assert channels.words.split(" ") == ([word.text for word in segmenter.words(text)] or [""])


def test_channels_fold_what_is_spelled_in_several_ways_alike(analyzer: Analyzer) -> None:
    assert analyzer.folded_tokens("Quản lí kĩ thuật") == analyzer.folded_tokens("quản lý kỹ thuật")
    assert analyzer.channels("Quản lí").folded == "quan ly"


def test_a_long_word_is_cut_between_syllables(segmenter: Segmenter) -> None:
    parts = ["Kh" + "a" * 40, "Kh" + "b" * 40]
    joined = segmenter.segment(" ".join(parts))
    words = [word.text for word in segmenter.words(" ".join(parts))]
    assert joined == "_".join(parts), "the model joins them, or this test shows nothing"
    assert words == [part.lower() for part in parts]


@pytest.mark.parametrize(
    "junk",
    [
        (DECISION + "\n") * 2500,
        "A1b2+/" * 60_000,
        "a." * 100_000,
        "1_1a://" * 30_000,
        "a@" * 50_000,
        "x" * 2_000_000,
        "\n " * 500_000,
        "1" + " /" * 200_000,
        "1\ntháng 1\n" * 50_000,
        "TT&" * 200_000,
    ],
    ids=lambda junk: ascii(junk[:10]),
)
def test_long_documents_return(junk: str, analyzer: Analyzer, segmenter: Segmenter) -> None:
    channels = analyzer.channels(junk)
    assert len(channels.syllables.split()) == len(channels.folded.split())
    assert len(segmenter.segment(junk).replace(" ", "")) >= len("".join(normalize(junk).split(" "))) - 1


def test_the_lexicon_forgets(monkeypatch: pytest.MonkeyPatch, segmenter: Segmenter) -> None:
    monkeypatch.setattr(lexicon, "_MAX_CHUNKS", 100)
    analyzer = Analyzer(segmenter)
    for number in range(1000):
        analyzer.channels(f"văn bản số {number}")
    assert len(analyzer._lexicon._table) <= 105


def test_threads_share_an_analyzer(monkeypatch: pytest.MonkeyPatch, segmenter: Segmenter) -> None:
    monkeypatch.setattr(lexicon, "_MAX_CHUNKS", 50)
    analyzer = Analyzer(segmenter)
    alone = [Analyzer(segmenter).channels(text) for text in TEXTS]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(analyzer.channels, TEXTS * 20)) == alone * 20


def test_loading_imports_no_learning_library() -> None:
    code = (
        "import sys; from analyzers.segmentation import load_segmenter; load_segmenter();"
        "print([name for name in ('pyvi', 'sklearn', 'sklearn_crfsuite', 'pycrfsuite') if name in sys.modules])"
    )
    root = Path(__file__).parents[2]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_pickle_that_names_anything_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words.txt").write_text("xã hội\n", encoding="utf-8")
    (tmp_path / "pyvi3.pkl").write_bytes(pickle.dumps(Path))
    monkeypatch.setattr(model, "_model_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match=r"pathlib\.Path"):
        load_model()


def test_a_missing_pyvi_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModelError, match="pyvi"):
        load_model()
