"""Word documents: the order of what is read, tracked changes, text boxes, notes, limits."""

import io
import zipfile

import docx
import pytest

from indexer.readers import Unreadable, read
from indexer.readers.package import MAX_RATIO
from tests.indexer.word_files import doc_file

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="urn:wps" xmlns:v="urn:v"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def package(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as written:
        written.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            written.writestr(name, content)
    return file.getvalue()


def document(body: str) -> str:
    return f'<?xml version="1.0"?><w:document {WORD} {OTHERS}><w:body>{body}</w:body></w:document>'


def text_of(body: str, **parts: str) -> str:
    others = {f"word/{name}.xml": document(content) for name, content in parts.items()}
    return read(package({"word/document.xml": document(body)} | others), "a.docx").text


def paragraph(*runs: str) -> str:
    return f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{''.join(runs)}</w:p>"


def run(text: str) -> str:
    return f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_document_written_by_a_word_processor() -> None:
    made = docx.Document()
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    table.cell(1, 0).text = "Số: 15/QĐ-UBND"
    table.cell(1, 1).text = "Vân Sơn, ngày 05 tháng 3 năm 2024"
    made.add_paragraph("QUYẾT ĐỊNH")
    made.sections[0].header.paragraphs[0].text = "Dự thảo lần 2"
    made.sections[0].footer.paragraphs[0].text = "12"
    file = io.BytesIO()
    made.save(file)

    extracted = read(file.getvalue(), "a.doc")

    assert extracted.text == (
        "ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số: 15/QĐ-UBND\tVân Sơn, ngày 05 tháng 3 năm 2024\nQUYẾT ĐỊNH\nDự thảo lần 2"
    )
    assert extracted.media_type.endswith("wordprocessingml.document")


def test_tracked_changes_are_read_as_accepted() -> None:
    body = paragraph(
        run("Giữ "),
        f"<w:ins>{run('thêm ')}</w:ins>",
        "<w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('chỗ cũ')}</w:moveFrom>",
        f"<w:moveTo>{run('chỗ mới')}</w:moveTo>",
    )

    assert text_of(body) == "Giữ thêm chỗ mới"


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph(run('Trong hộp'))}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><v:textbox>{box}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert text_of(paragraph(run("Trước "), drawing, run("sau")) + paragraph(run("Hết"))) == "Trước sau\nTrong hộp\nHết"


def test_signs_content_controls_and_field_codes() -> None:
    body = paragraph(
        run("QĐ"),
        "<w:r><w:noBreakHyphen/></w:r>",
        run("UBND"),
        "<w:r><w:tab/></w:r><w:r><w:br/></w:r>",
        f"<w:sdt><w:sdtContent>{run('điều khiển')}</w:sdtContent></w:sdt>",
        "<w:r><w:instrText>PAGE</w:instrText></w:r>",
        "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>",
    )

    assert text_of(body) == "QĐ-UBND\t\nđiều khiểnx=1"


def test_nested_tables_and_empty_cells() -> None:
    def cell(content: str) -> str:
        return f"<w:tc>{content}</w:tc>"

    inner = f"<w:tbl><w:tr>{cell(paragraph(run('c')))}{cell(paragraph(run('d')))}</w:tr></w:tbl>"
    row = f"<w:tr>{cell(paragraph(run('a')))}{cell(paragraph())}{cell(inner + paragraph(run('b')))}</w:tr>"

    assert text_of(f"<w:tbl>{row}{row}</w:tbl>") == "a\t\tc\td\nb\na\t\tc\td\nb"


def test_notes_come_after_the_body_and_equal_headers_once() -> None:
    text = text_of(
        paragraph(run("Thân")),
        footnotes=paragraph(run("Chú thích")),
        header1=paragraph(run("Mật")),
        header2=paragraph(run("Mật")),
        footer1=paragraph(run("- 2 -")),
    )

    assert text == "Thân\nChú thích\nMật"


def test_the_document_part_may_have_any_name() -> None:
    relationships = (
        '<Relationships><Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    parts = {"_rels/.rels": relationships, "word/document2.xml": document(paragraph(run("Nội dung")))}

    assert read(package(parts), "a.docx").text == "Nội dung"


def test_a_bomb_is_refused_before_it_fills_the_memory() -> None:
    bomb = document(paragraph(run("a" * (4 * 2**20 * MAX_RATIO // 100))))

    with pytest.raises(Unreadable, match="bom nén"):
        read(package({"word/document.xml": bomb}), "a.docx")


def test_entities_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    evil = document(paragraph(run("a&e8;b&file;"))).replace(
        "<w:document",
        f'<!DOCTYPE a [<!ENTITY e0 "ha">{laughs}<!ENTITY file SYSTEM "file:///etc/passwd">]><w:document',
        1,
    )

    try:
        text = read(package({"word/document.xml": evil}), "a.docx").text
    except Unreadable:
        return
    assert text == "ab"


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"word/styles.xml": "<a/>"}, "không có phần văn bản"),
        ({"word/document.xml": "<a><b></a>"}, "không phải XML"),
        ({"word/document.xml": ""}, "không phải XML"),
        ({"word/document.xml": document("")}, "Không có chữ"),
    ],
)
def test_a_broken_package_says_what_is_wrong(parts: dict[str, str | bytes], named: str) -> None:
    with pytest.raises(Unreadable, match=named):
        read(package(parts), "a.docx")


def test_an_encrypted_part_asks_for_a_password() -> None:
    content = bytearray(package({"word/document.xml": document(paragraph(run("a")))}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(signature, at + 1)

    with pytest.raises(Unreadable, match="mật khẩu"):
        read(bytes(content), "a.docx")


def test_an_old_document() -> None:
    extracted = read(doc_file("ỦY BAN NHÂN DÂN\nSố: 15/QĐ-UBND\x07Vân Sơn\nĐiều 1."), "a.docx")

    assert extracted.text.split() == ["ỦY", "BAN", "NHÂN", "DÂN", "Số:", "15/QĐ-UBND", "Vân", "Sơn", "Điều", "1."]
    assert extracted.media_type == "application/msword"


def test_an_old_document_with_a_password() -> None:
    with pytest.raises(Unreadable, match="mật khẩu"):
        read(doc_file("abc", encrypted=True), "a.doc")
