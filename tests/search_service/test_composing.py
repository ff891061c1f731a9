"""A form's fields become an expression and come back, and a condition can be taken out of one."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from search_service.language.composing import (
    FORM_FIELDS,
    NAMED,
    PHRASE,
    RANGED,
    WITHOUT,
    WORDS,
    clean,
    compose,
    decompose,
)
from search_service.language.parser import parse
from search_service.language.removal import without
from search_service.language.tree import Every, Leaf, Node, Not, Some

WORD = st.sampled_from(("kế", "hoạch", "chuyển", "đổi", "số", "2021", "đất", "đai"))
TEXT = st.text(max_size=20) | st.sampled_from(("Ủy ban nhân dân", 'có "nháy" “kép”', "a) b(", "AND", "-x", "*", "số:5"))
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        WORDS: st.lists(WORD, max_size=4).map(" ".join),
        **dict.fromkeys((PHRASE, WITHOUT), st.lists(WORD, max_size=3).map(" ".join)),
        **dict.fromkeys(NAMED, TEXT),
        **{
            f"{ranged.name}{end}": (
                st.integers(0, 999).map(str)
                if ranged.name == "arrival"
                else st.dates().map(lambda day: day.isoformat())
            )
            for ranged in RANGED
            for end in ("_from", "_to")
        },
    },
)


def cleaned(values: dict[str, str]) -> dict[str, str]:
    return {name: text for name, value in values.items() if (text := clean(name, value))}


def in_order(values: dict[str, str]) -> bool:
    pairs = [(values.get(f"{name}_from"), values.get(f"{name}_to")) for name in ("issued", "arrived", "due")]
    return all(first is None or last is None or first <= last for first, last in pairs)


@given(FIELDS.filter(in_order))
def test_what_a_form_holds_comes_back_from_its_expression(values: dict[str, str]) -> None:
    assert decompose(compose(values)) == cleaned(values)


@given(st.dictionaries(st.sampled_from(FORM_FIELDS), st.text(max_size=20)))
def test_any_form_gives_an_expression_that_can_be_opened_in_the_form_again(values: dict[str, str]) -> None:
    text = compose(values)
    assert compose(decompose(text)) == text or set(decompose(text)) != {WORDS}


def test_a_form_is_written_in_vietnamese_names() -> None:
    values = {
        "words": "kế hoạch",
        "type": "Quyết định",
        "number": "15/2021/QĐ-UBND",
        "issued_from": "2021-08-01",
        "issued_to": "2021-08-23",
        "arrival_from": "100",
        "without": "dự thảo",
    }
    assert compose(values) == (
        'kế hoạch số:15/2021/QĐ-UBND loại:"Quyết định" ngày:2021-08-01..2021-08-23 sốđến:100.. -"dự thảo"'
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("kế hoạch năm:2021", {"words": "kế hoạch", "year": "2021"}),
        ("type:A ngày:08/2021", {"type": "A", "issued_from": "2021-08-01", "issued_to": "2021-08-31"}),
        ("đất OR rừng", {"words": "đất OR rừng"}),
        ("loại:A loại:B", {"words": "loại:A loại:B"}),
        ("ngày:mai", {"words": "ngày:mai"}),
        ('"a b"~3', {"words": '"a b"~3'}),
        ("kế hoạch", {"words": "kế hoạch"}),
        ("", {}),
    ],
)
def test_what_is_simple_fills_the_form_and_the_rest_its_words(text: str, values: dict[str, str]) -> None:
    assert decompose(text) == values


def test_an_expression_among_other_conditions_keeps_to_itself() -> None:
    assert compose({"words": "đất OR rừng", "year": "2021"}) == "(đất OR rừng) năm:2021"


@pytest.mark.parametrize(
    ("text", "condition", "left"),
    [
        ("kế hoạch loại:A", "loại:A", "kế hoạch"),
        ("đất AND loại:A AND năm:2021", "loại:A", "đất AND năm:2021"),
        ("(đất OR rừng) -loại:A", "rừng", "đất -loại:A"),
        ("x1 AND (y1 OR z1 OR t1)", "z1", "x1 AND (y1 OR t1)"),
        ("loại:A", "loại:A", ""),
        ("đất -(a b) loại:A", "loại:A", "đất -(a b)"),
        ("-loại:A đất", "loại:A", "đất"),
        ("kế hoạch zzzz", "zzzz", "kế hoạch"),
        ('đất "a b" rừng', '"a b"', "đất rừng"),
    ],
)
def test_a_condition_is_taken_out_with_its_operator(text: str, condition: str, left: str) -> None:
    at = text.index(condition)
    assert without(text, at, at + len(condition)) == left


LEAVES = st.sampled_from(("đất", "rừng đai", '"kế hoạch"', "loại:A", "năm:2021", "chuy*"))
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda many: f"({' OR '.join(many)})")
        | st.lists(inner, min_size=2, max_size=3).map(lambda many: f"({' AND '.join(many)})")
        | st.lists(inner, min_size=2, max_size=3).map(" ".join)
        | inner.map(lambda one: f"NOT ({one})")
    ),
    max_leaves=6,
)


def leaves(node: Node, wanted: bool = True) -> list[tuple[Leaf, bool]]:
    match node:
        case Not(inner):
            return leaves(inner, not wanted)
        case Every(members) | Some(members):
            return [leaf for member in members for leaf in leaves(member, wanted)]
        case _:
            return [(node, wanted)]


@given(EXPRESSIONS, st.data())
def test_the_other_conditions_stay_as_they_are(text: str, data: st.DataObject) -> None:
    tree = parse(text)
    if tree is None:
        return
    found = leaves(tree)
    gone = data.draw(st.sampled_from(range(len(found))))
    left = without(text, found[gone][0].start, found[gone][0].end)

    kept = [(text[leaf.start : leaf.end], wanted) for at, (leaf, wanted) in enumerate(found) if at != gone]
    again = parse(left)
    said = [(left[leaf.start : leaf.end], wanted) for leaf, wanted in leaves(again)] if again else [(left, True)]
    for wanted in (True, False):
        assert " ".join(one for one, is_wanted in said if is_wanted is wanted) == " ".join(
            one for one, is_wanted in kept if is_wanted is wanted
        )
