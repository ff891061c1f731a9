"""Plain text and HTML: encodings, lines, what is left out."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.readers import Unreadable, read

SENTENCE = "Ủy ban nhân dân tỉnh: Quyết định về việc phê duyệt Kế hoạch, Đề án, nghỉ lễ, chữ ký."


def text_of(content: bytes, name: str = "a.txt") -> str:
    return read(content, name).text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings(encoding: str) -> None:
    assert text_of(SENTENCE.encode(encoding)) == SENTENCE


def test_utf_16_in_the_other_byte_order() -> None:
    assert text_of(b"\xfe\xff" + SENTENCE.encode("utf-16-be")) == SENTENCE


def test_windows_1258() -> None:
    # The encoding has ê, ô, ư … and tone marks of its own, but no letter with both.
    parts = (unicodedata.normalize("NFD", letter) for letter in SENTENCE)
    spelled = "".join(
        unicodedata.normalize("NFC", base[0] + "".join(mark for mark in base[1:] if mark in "\u0302\u0306\u031b"))
        + "".join(mark for mark in base[1:] if mark not in "\u0302\u0306\u031b")
        for base in parts
    )

    assert text_of(spelled.encode("cp1258")) == SENTENCE


@pytest.mark.parametrize(
    ("legacy", "text"),
    [
        ("51 75 79 D5 74 20 AE DE 6E 68 20 76 D2 20 76 69 D6 63", "Quyết định về việc"),  # TCVN3
        ("51 75 79 65 E1 74 20 F1 F2 6E 68 20 76 65 E0 20 76 69 65 E4 63", "Quyết định về việc"),  # VNI
        ("F1 61 E0 75 20 74 F6", "đầu tư"),  # VNI: ñaàu tö, all of whose bytes are letters in Windows-1258
    ],
)
def test_bytes_in_a_legacy_encoding(legacy: str, text: str) -> None:
    assert text_of(bytes.fromhex(legacy)) == text


def test_legacy_text_in_a_page_of_utf_8() -> None:
    tcvn3 = "Quy\u00d5t \u00ae\u00denh v\u00d2 vi\u00d6c thu h\u00e5i \u00ae&Ecirc;t ph&shy;\u00acng <b>N\u00bd</b>"

    assert text_of(f"<html><body><p>{tcvn3}</p></body></html>".encode()).startswith("Quyết định về việc thu hồi đất")
    assert "phương" in text_of(f"<html><body><p>{tcvn3}</p></body></html>".encode())


def test_capitals_of_a_page_in_tcvn3_are_restored_by_the_words_around_and_not_by_the_tags() -> None:
    page = "<html><body><p><font face=.VnTime>S\u00eb N\u00e9I V\u00f4</font></p><p>B\u00b8o c\u00b8o</body></html>"

    assert text_of(page.encode("cp1252")) == "SỞ NỘI VỤ\nBáo cáo"


def test_an_encoding_that_is_not_known_is_not_guessed() -> None:
    viscii = bytes.fromhex("51 75 79 AA 74 20 F0 B8 6E 68 20 76 EB 20 76 69 AE 63")

    with pytest.raises(Unreadable, match="bảng mã"):
        read(viscii, "a.txt")


def test_a_character_cut_off_at_the_end_does_not_spoil_the_rest() -> None:
    assert text_of("Nghị quyết của Hội đồng".encode() + "ế".encode()[:2]).startswith("Nghị quyết của Hội đồng")


def test_one_broken_byte_in_a_long_text_does_not_spoil_the_rest() -> None:
    text = text_of(SENTENCE.encode() * 20 + b"\xff" + SENTENCE.encode() * 20)

    assert text.count("Quyết định") == 40


def test_line_ends_controls_and_composition() -> None:
    raw = "a\r\nb\rc\x0bd\x0ce\u2028f\x00\x07g" + unicodedata.normalize("NFD", "Đề án") + "soft\u00adhyphen"

    assert text_of(b"\xef\xbb\xbf" + raw.replace("\x00", "").encode()) == "a\nb\nc\nd\ne\nf gĐề ánsofthyphen"


@given(st.text(min_size=1))
def test_any_text_comes_back_in_nfc_without_controls(text: str) -> None:
    try:
        extracted = read(b"\xef\xbb\xbfx" + text.encode("utf-8", "ignore"), "a.txt")
    except Unreadable:
        assert "\x00" in text  # which no text has
        return

    assert unicodedata.is_normalized("NFC", extracted.text)
    assert not [c for c in extracted.text if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert extracted.pages == ()


HEADING = """<html><head><title>Tên</title><style>p {}</style></head><body><!-- ghi chú --><table>
<tr><td><p>ỦY BAN
NHÂN DÂN</p><p>-----</p></td> <td><p>CỘNG HÒA</p></td></tr>
<tr><td>Số: 15/<b>QĐ</b>-UBND</td><td></td><td>ngày 5<br>tháng 3</td></tr></table>
<script>var a = "<p>";</script>Nội <i>dung</i> ngoài<div>một<div>hai</div></div><pre>x  y
z</pre><ul><li>1<li>2</ul></body></html>"""


def test_html_as_a_browser_shows_it() -> None:
    assert text_of(HEADING.encode(), "a.html") == (
        "ỦY BAN NHÂN DÂN\n-----\tCỘNG HÒA\nSố: 15/QĐ-UBND\t\tngày 5\ntháng 3\nNội dung ngoài\nmột\nhai\nx y\nz\n1\n2"
    )


def test_html_entities_and_the_declared_encoding() -> None:
    meta = b'<meta http-equiv=Content-Type content="text/html; charset=windows-1252">'
    page = b"<html>" + meta + b"<p>Qu\xe0n l\xfd &#273;&#7845;t"

    assert text_of(page, "a.doc") == "Quàn lý đất"
    assert text_of(page.replace(meta, b""), "a.doc") == "Quàn lư đất"


@given(
    st.lists(
        st.sampled_from(["e", "&#769;", "<b>", "</b>", "&#30;", "&#31;", "&#2;", "&#0;", "<td>", "<tr>", "<br>", " "])
    )
)
def test_any_html_comes_back_in_nfc_without_controls(pieces: list[str]) -> None:
    text = text_of(f"<html><table><tr><td>x{''.join(pieces)}".encode(), "a.html")

    assert unicodedata.is_normalized("NFC", text)
    assert not [c for c in text if unicodedata.category(c) == "Cc" and c not in "\n\t"]


def test_html_without_words_is_unreadable() -> None:
    with pytest.raises(Unreadable, match="Không có chữ"):
        read(b"<html><head><title>a</title></head><body><script>b</script></body>", "a.html")


@pytest.mark.parametrize("element", ["div", "span", "x"])
def test_html_nested_without_end_is_refused(element: str) -> None:
    with pytest.raises(Unreadable, match="lồng"):
        read(f"<html>{f'<{element}>' * 30_000}a".encode(), "a.html")


def test_paragraphs_that_nobody_closes_are_not_nested() -> None:
    assert text_of(b"<html>" + b"<p>a<li>b" * 15_000, "a.html").count("\n") == 29_999
