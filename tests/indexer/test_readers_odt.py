"""OpenDocument texts: reading order, what is left out, headers, broken and forbidden files."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.readers import Extracted, Unreadable, read
from tests.indexer.odt_files import NAMESPACES, ODT, odt_file
from tests.indexer.test_readers_broken import outcome


def text_of(body: str, **parts: str) -> str:
    return read(odt_file(body, **parts), "a.odt").text


def reason(content: bytes) -> str:
    with pytest.raises(Unreadable) as unreadable:
        read(content, "a.odt")
    return str(unreadable.value)


@pytest.mark.parametrize("mimetype", [ODT, ODT + "-template"])
def test_documents_and_templates_are_told_by_their_content(mimetype: str) -> None:
    assert read(odt_file("<text:p>Quyết định</text:p>", mimetype=mimetype), "a.doc") == Extracted("Quyết định", (), ODT)


def test_headings_and_paragraphs_are_lines() -> None:
    body = '<text:h>Chương I</text:h>\n <text:p>Điều\n  <text:span text:style-name="T1">1.</text:span></text:p>'

    assert text_of(body) == "Chương I\nĐiều 1."


def test_white_space_that_is_written_as_elements() -> None:
    assert text_of('<text:p>a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d<text:s/>e</text:p>') == "a  b\tc\nd e"


def test_a_table_stands_in_its_place_with_tabs_between_cells() -> None:
    cell = "<table:table-cell><text:p>UBND</text:p></table:table-cell>"
    rows = f"<table:table-row><table:table-cell/>{cell}<table:covered-table-cell/></table:table-row>" * 2

    assert text_of(f"<text:p>a</text:p><table:table>{rows}</table:table><text:p>b</text:p>") == "a\n\tUBND\n\tUBND\nb"


def test_cells_are_kept_apart_and_paragraphs_of_a_cell_are_lines() -> None:
    left = "<table:table-cell><text:p>UBND</text:p><text:p>XÃ</text:p></table:table-cell>"
    right = "<table:table-cell><text:p>CỘNG HÒA</text:p></table:table-cell>"
    row = f"<table:table-row>{left}{right}</table:table-row>"

    assert text_of(f"<table:table>{row}{row}</table:table>") == "UBND\nXÃ\tCỘNG HÒA\nUBND\nXÃ\tCỘNG HÒA"


def test_boxes_stand_after_their_paragraph_and_notes_after_the_body() -> None:
    box = "<draw:frame><draw:text-box><text:p>MẬT</text:p></draw:text-box></draw:frame>"
    shape = "<draw:g><draw:custom-shape><text:p>dấu</text:p></draw:custom-shape></draw:g>"
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>".format(
            "<text:p>chú</text:p>"
        )
    )

    assert text_of(f"<text:p>m{box}ột{note}{shape}</text:p><text:p>hai</text:p>") == "một\nMẬT\ndấu\nhai\nchú"


@pytest.mark.parametrize(
    "unseen",
    [
        "<text:tracked-changes><text:deletion><text:p>an</text:p></text:deletion></text:tracked-changes>",
        "<text:p><office:annotation><text:p>an</text:p></office:annotation></text:p>",
        '<text:section text:display="none"><text:p>an</text:p></text:section>',
        '<text:p><text:span text:style-name="H">an<text:span>an</text:span></text:span></text:p>',
        "<office:forms>an</office:forms>",
    ],
)
def test_what_is_not_seen_is_left_out(unseen: str) -> None:
    hidden = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'

    assert text_of(f"{unseen}<text:p>thấy</text:p>", before=hidden).strip() == "thấy"


def test_each_different_header_is_taken_once_and_page_numbers_are_not() -> None:
    header = "<style:header><text:p>CÔNG BÁO</text:p></style:header>"
    margins = header + header.replace("header", "header-left") + "<style:footer><text:p>- 2 -</text:p></style:footer>"

    assert text_of("<text:p>a</text:p>", margins=margins) == "a\nCÔNG BÁO"


def test_a_document_with_a_password_is_said_to_have_one() -> None:
    assert "mật khẩu" in reason(odt_file("", manifest="<m><manifest:encryption-data/></m>"))


def test_entities_are_not_expanded() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", ODT)
        lol = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        declared = f'<!DOCTYPE x [<!ENTITY a0 "an"><!ENTITY f SYSTEM "file:///etc/hostname">{lol}]>'
        body = "<office:body><text:p>thấy</text:p><text:p>&a9;&f;</text:p></office:body>"
        package.writestr(
            "content.xml", f"{declared}<office:document-content {NAMESPACES}>{body}</office:document-content>"
        )

    assert "bom thực thể" in str(outcome(file.getvalue(), "odt"))


@pytest.mark.parametrize(
    ("body", "named"),
    [("<text:p>", "không phải XML"), ("<text:p/>", "Không có chữ nào"), ("<text:p>" * 300, "không phải XML")],
)
def test_a_broken_or_empty_document_is_named(body: str, named: str) -> None:
    assert named in reason(odt_file(body))


def test_a_package_without_content_is_named() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", ODT)

    assert "không có phần văn bản" in reason(file.getvalue())


PIECES = st.sampled_from(
    [
        "<text:p>",
        "</text:p>",
        "<table:table-row>",
        "</table:table-row>",
        "<table:table-cell/>",
        "<text:note>",
        "</text:note>",
        "<draw:frame>",
        "</draw:frame>",
        "<text:tab/>",
        '<text:s text:c="99999999999"/>',
        "<office:body>",
        "chữ",
        "&x;",
    ]
)


@settings(deadline=None, max_examples=80)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_any_elements_are_text_or_a_reason(body: str) -> None:
    assert outcome(odt_file(f"{body}<text:p>cuối</text:p>"), "odt")


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_garbled_package_is_text_or_a_reason(data: st.DataObject) -> None:
    content = bytearray(odt_file("<text:p>Quyết định</text:p>"))
    places = st.integers(0, len(content) - 1)
    for at, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=20)):
        content[at] = byte
    assert outcome(bytes(content), "odt")
