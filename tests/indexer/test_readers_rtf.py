"""RTF to text: code pages, what is seen and what is not, tables, notes, broken files."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.readers import Extracted, Unreadable, read
from indexer.readers.extracted import clean
from tests.indexer.test_readers_broken import outcome

FONTS = rb"{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fswiss\fcharset163 Arial;}{\f2\fnil\fcharset204 Arial;}}"


def text_of(body: bytes) -> str:
    return read(rb"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + body + b"}", "a.rtf").text


def test_rtf_is_told_by_its_content() -> None:
    assert read(rb"{\rtf1\ansi Quy\u7871?t}", "cong van.doc") == Extracted("Quyết", (), "application/rtf")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (rb"Quy\u7871?t \u273\'f0\u7883\'3fnh", "Quyết định"),
        (rb"{\uc0 Quy\u7871 t}", "Quyết"),
        (rb"{\uc2 Quy\u7871\'e1\'bat}", "Quyết"),
        (rb"\u-10179?\u-8704?", "\N{GRINNING FACE}"),
        (rb"\u8211\endash 5", "–5"),
        (rb"{\f1 Nghi\'f2 \'f0i\'f2nh}", "Nghị định"),
        (rb"\f1 Th\'f4ng t\'fd\f0  \'e0\'fd", "Thông tư àý"),
        (rb"{\f2\'cf\'f0}a\'e0", "\u041f\u0440a\xe0"),
        (b"Ngh\\'ea\r\n \\'e0", "Nghê à"),
        (rb"\ldblquote a\rdblquote\~\emdash\_\{b\}\\", "“a” —-{b}\\"),
    ],
)
def test_characters_are_read_by_escape_font_and_code_page(body: bytes, text: str) -> None:
    assert text_of(body) == text


def test_the_code_page_of_the_file_counts_where_fonts_say_none() -> None:
    assert read(rb"{\rtf1\ansi\ansicpg1258 Nghi\'f2}", "a").text == "Nghị"


def test_lines_and_tabs() -> None:
    assert text_of(rb"a\par b\line c\tab d\page e\par") == "a\nb\nc\td\ne"


def test_cells_of_a_row_are_separated_by_tabs() -> None:
    table = rb"\trowd\intbl UBND\par X\'c3\cell C\u7896?NG\par\cell\row\trowd\intbl a\cell b\cell\row\pard sau\par"

    assert text_of(table) == "UBND\nXÃ\tCỘNG\na\tb\nsau"


def test_a_row_that_begins_with_an_empty_cell_stays_a_row() -> None:
    row = rb"\trowd\intbl\cell b\cell\row"

    assert text_of(rb"a\par" + row + row + rb"\pard c\par") == "a\n\tb\n\tb\nc"


def test_a_table_within_a_table_keeps_its_cells_apart() -> None:
    inner = rb"\itap2 a\nestcell{\nonesttables\par}b\nestcell{\*\nesttableprops\trowd\nestrow}"

    assert text_of(inner + rb"\itap1\cell c\cell\row") == "a\tb\tc"


@pytest.mark.parametrize(
    "unseen",
    [
        rb"{\v an}",
        rb"\v an\v0 ",
        rb"\v an\plain ",
        rb"{\deleted an}",
        rb"{\pict\pngblip 89504e47}",
        b"{\\pict\\bin5 }}{{\\}",
        rb"{\*\shppict{\pict 00ff}}",
        rb"{\info{\title an}{\author an}}",
        rb"{\stylesheet{\s0 an;}}",
        rb"{\colortbl;\red0;}",
        rb"{\*\annotation an}",
        rb"{\*\unheard an {an} \} an}",
        rb"{\field{\*\fldinst PAGE}}",
        rb"{\object\objemb{\*\objdata 0105}}",
    ],
)
def test_what_is_not_seen_is_left_out(unseen: bytes) -> None:
    assert text_of(rb"tr\u432?\u7899?c " + unseen + b"sau") == "trước sau"


def test_what_a_field_shows_is_taken() -> None:
    assert text_of(rb'{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt 15/Q\u272?}}') == "15/QĐ"


def test_a_number_of_a_list_is_taken() -> None:
    assert text_of(rb"{\listtext 1.\tab}a\par") == "1.\ta"


def test_a_text_box_stands_after_its_paragraph_and_notes_after_the_body() -> None:
    box = rb"{\shp{\*\shpinst{\sp{\sn an}{\sv an}}{\shptxt M\u7852?T\par}}{\shprslt an}}"
    body = rb"m\u7897?t" + box + rb" hai{\footnote ch\'fa}\par ba\par"

    assert text_of(body) == "một hai\nMẬT\nba\nchú"


def test_each_different_header_is_taken_once_and_page_numbers_are_not() -> None:
    assert text_of(rb"{\headerl C\'f4ng b\'e1o}{\headerr C\'f4ng b\'e1o}{\footer - 2 -}a\par") == "a\nCông báo"


@pytest.mark.parametrize("cut", [rb"{\rtf1 Quy\u7871?t", rb"{\rtf1 {\pict 00", rb"{\rtf1 a{\*\x {\'", b"{\\rtf1\\"])
def test_a_cut_off_file_is_said_to_be_cut_off(cut: bytes) -> None:
    with pytest.raises(Unreadable, match="RTF bị cắt cụt"):
        read(cut, "a.rtf")


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(Unreadable, match="lồng nhau sâu"):
        read(rb"{\rtf1" + b"{" * 20_000, "a.rtf")


def test_a_file_without_text_is_said_to_have_none() -> None:
    with pytest.raises(Unreadable, match="Không có chữ nào"):
        read(rb"{\rtf1{\pict 00}}", "a.rtf")


WORDS = st.sampled_from(
    [
        b"\\par ",
        b"{",
        b"}",
        b"\\v",
        b"\\u-70000 ",
        b"\\'e0",
        b"\\f1",
        b"\\fcharset163",
        b"\\uc-5 ",
        b"\\bin9999999999 ",
        b"\\cell",
        b"\\row",
        b"{\\*",
        b"\\shptxt",
        b"\\footnote",
        b"\\header",
        b"\\ansicpg65001 ",
        b"\\ansicpg-1 ",
        b"\\",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(WORDS | st.binary(max_size=8), max_size=30))
def test_any_words_are_text_or_a_reason(pieces: list[bytes]) -> None:
    for content in (b"{\\rtf1" + b"".join(pieces), b"{\\rtf1" + b"".join(pieces) + b"}" * 30):
        assert outcome(content, "rtf")


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(min_codepoint=0xA0, max_codepoint=0x10FFFF, exclude_categories=["C", "Z"]), min_size=1))
def test_any_letters_written_as_unicode_come_back(letters: str) -> None:
    units = letters.encode("utf-16-le")
    escapes = "".join(
        f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?" for at in range(0, len(units), 2)
    )

    assert text_of(escapes.encode()) == clean(letters)
