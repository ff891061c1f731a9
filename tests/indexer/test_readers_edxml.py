"""Exchange packages: what header and files say, in every spelling in use; what is broken has a name."""

import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engines.record import from_mapping
from indexer.metadata import complete
from indexer.readers import Extracted, Unreadable, read
from indexer.readers.edxml_attachments import MAX_DEPTH
from indexer.readers.formats import Format, format_of
from tests.indexer.edxml_packages import (
    ANNEX,
    EDOC,
    LETTER,
    QCVN,
    SCHEMA,
    encoded,
    older_package,
    qcvn_package,
    zipped,
)
from tests.indexer.test_readers_broken import outcome
from tests.indexer.test_readers_pdf import pdf

COMMON = {
    "number": "218/SKHCN-CĐS",
    "type": "Công văn",
    "subject": "Phối hợp rà soát hạ tầng & dữ liệu",
    "issuer": "Sở Khoa học và Công nghệ tỉnh Đông Bắc",
    "place": "Đông Bắc",
    "issued": "2024-03-14",
    "signer": "Nguyễn Thị Thử",
    "signer_title": "Phó Giám đốc",
}


def read_package(package: str | bytes) -> Extracted:
    return read(package.encode() if isinstance(package, str) else package, "goi.edxml")


def test_the_header_of_the_standard_becomes_fields() -> None:
    assert read_package(qcvn_package()).fields == {
        **COMMON,
        "recipients": ["Sở Tài chính", "Sở Y tế", "Như trên", "Lưu: VT, CĐS"],
        "urgency": "Hỏa tốc",
        "due": "2024-03-29",
        "arrived": "2024-03-15",
    }


@pytest.mark.parametrize("namespace", [EDOC, SCHEMA])
def test_the_older_namespaces_say_the_same(namespace: str) -> None:
    extracted = read_package(older_package(namespace))

    assert extracted.fields == {**COMMON, "recipients": ["Sở Tài chính"]}
    assert extracted.text == read_package(qcvn_package()).text
    assert extracted.note == ""


def test_files_follow_each_other_in_the_order_of_the_manifest_with_their_names() -> None:
    assert read_package(qcvn_package()).text == f"{LETTER}\n\nphu-luc.txt\n{ANNEX}"


def test_files_are_read_without_a_manifest_too() -> None:
    extracted = read_package(qcvn_package(manifest=False))

    assert LETTER in extracted.text
    assert ANNEX in extracted.text
    assert extracted.note == ""


def test_pages_of_every_file_are_counted_on() -> None:
    extracted = read_package(qcvn_package({"a.pdf": pdf(("Trang mot",), ("Trang hai",)), "b.txt": "Trang ba"}))

    first, second, third = extracted.pages
    assert first == 0
    assert extracted.text[second:].startswith("Trang hai")
    assert extracted.text[third:] == "Trang ba"


def test_what_the_header_says_is_believed_before_the_text() -> None:
    extracted = read_package(qcvn_package({"a.txt": LETTER.replace("218/", "281/")}))

    record = complete(from_mapping({**extracted.fields, "id": "x", "text": extracted.text}))
    assert record.number == "218/SKHCN-CĐS"
    assert "15/2021/QĐ-UBND" in record.cites


@pytest.mark.parametrize(
    ("number", "notation", "read_as"),
    [
        ("218", "/SKHCN-CĐS", "218/SKHCN-CĐS"),
        ("218/", "SKHCN-CĐS", "218/SKHCN-CĐS"),
        ("218/SKHCN-CĐS", "SKHCN-CĐS", "218/SKHCN-CĐS"),
        ("", "218/SKHCN-CĐS", "218/SKHCN-CĐS"),
        ("15", "2021/QĐ-UBND", "15/2021/QĐ-UBND"),
        ("218", "", None),
        ("", "SKHCN-CĐS", None),
        ("", "", None),
    ],
)
def test_the_halves_of_a_number_are_joined_however_they_were_divided(
    number: str, notation: str, read_as: str | None
) -> None:
    assert read_package(qcvn_package(number=number, notation=notation)).fields.get("number") == read_as


@pytest.mark.parametrize(
    "written",
    [
        "2024/03/14",
        "2024-03-14",
        "14/03/2024",
        "14-3-2024",
        "14.03.2024",
        "20240314",
        "2024-03-14T09:30:00",
        "2024/03/14 09:30:00",
        "14/03/2024 09:30",
        "2024-03-14T00:00:00+07:00",
        "2024-03-13T17:00:00Z",
        "2024-03-13T17:00:00.000Z",
    ],
)
def test_dates_are_read_in_every_form_in_use(written: str) -> None:
    assert read_package(qcvn_package(issued=written)).fields["issued"] == "2024-03-14"


@pytest.mark.parametrize("written", ["31/02/2024", "2024-13-01", "hôm qua", "1900-01-01T00:00:00", "9"])
def test_a_date_that_is_none_is_left_to_the_text_and_noted(written: str) -> None:
    extracted = read_package(qcvn_package(issued=written))

    assert "issued" not in extracted.fields
    assert f"ngày ban hành là “{written}”" in extracted.note


@pytest.mark.parametrize(
    ("priority", "urgency"), [("0", None), ("1", "Khẩn"), ("2", "Thượng khẩn"), ("3", "Hỏa tốc"), ("?", None)]
)
def test_priorities_are_the_degrees_of_urgency(priority: str, urgency: str | None) -> None:
    assert read_package(qcvn_package(priority=priority)).fields.get("urgency") == urgency


def test_the_document_that_it_answers_stands_with_those_that_its_text_names() -> None:
    response = (
        "<edXML:OrganId>H99.07</edXML:OrganId><edXML:Code>77/STC-NS</edXML:Code>"
        "<edXML:PromulgationDate>2024/03/01</edXML:PromulgationDate>"
    )
    fields = read_package(qcvn_package(response=response)).fields

    record = complete(from_mapping({**fields, "id": "x", "text": LETTER}))
    assert [(relation.kind.value, relation.number, str(relation.issued)) for relation in record.relations] == [
        ("answers", "77/STC-NS", "2024-03-01"),
        ("legal_basis", "15/2021/QĐ-UBND", "2021-03-05"),
    ]
    assert record.cites == ("77/STC-NS", "15/2021/QĐ-UBND")


@pytest.mark.parametrize("spelling", ["promulgationdate", "PromulgatonDate", "PromullgationDate", "Promulgation_Date"])
def test_misspelt_tags_are_understood(spelling: str) -> None:
    package = qcvn_package().replace("edXML:PromulgationDate>", f"edXML:{spelling}>")

    assert read_package(package).fields["issued"] == "2024-03-14"


@pytest.mark.parametrize("spelling", ["Business", "Bussiness"])
def test_a_package_that_withdraws_a_document_says_so(spelling: str) -> None:
    package = older_package(EDOC).replace(
        "<Business><BusinessDocType>0</BusinessDocType></Business>",
        f"<{spelling}><{spelling}DocType>1</{spelling}DocType>"
        f"<{spelling}DocReason>Nhầm nơi nhận</{spelling}DocReason></{spelling}>",
    )

    assert read_package(package).note == "Gói này thu hồi một văn bản đã gửi trước: Nhầm nơi nhận."


@pytest.mark.parametrize("before", ["\ufeff", "\ufeff\ufeff", "?\x7f\n", "\n\n  ", "HTTP/1.1 200 OK\r\n\r\n"])
def test_bytes_before_the_declaration_are_passed_over(before: str) -> None:
    assert read_package(older_package(EDOC, bytes_before=before)).fields["number"] == COMMON["number"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_the_encoding_is_seen(encoding: str) -> None:
    package = older_package(EDOC).replace("utf-8", encoding.split("-sig")[0]).encode(encoding)

    assert read_package(package).fields["subject"] == COMMON["subject"]


@pytest.mark.parametrize("declared", ["utf-16", "x-unheard-of"])
def test_utf_8_that_is_declared_as_something_else_is_read(declared: str) -> None:
    assert read_package(older_package(EDOC).replace('"utf-8"', f'"{declared}"')).fields["subject"] == COMMON["subject"]


def test_an_ampersand_that_was_not_escaped_costs_nothing() -> None:
    package = qcvn_package().replace("hợp nhất trung tâm", "nâng cấp R&D").replace("Sở Y tế", "Sở Y tế &amp; Dân số")

    assert read_package(package).fields["recipients"][1] == "Sở Y tế & Dân số"
    assert read_package(package).note == ""


def test_a_tag_that_is_not_closed_is_noted_and_the_rest_is_read() -> None:
    extracted = read_package(qcvn_package().replace("</edXML:Content>", ""))

    assert extracted.fields["number"] == COMMON["number"]
    assert "Gói edXML có chỗ hỏng, chỉ đọc được phần còn lại: lỗi XML ở dòng" in extracted.note


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00", "0001/01/01", "01/01/0001"])
def test_the_date_that_systems_write_for_none_is_none(written: str) -> None:
    extracted = read_package(qcvn_package(issued=written))

    assert "issued" not in extracted.fields
    assert extracted.note == ""


def test_a_file_that_cannot_be_read_is_named_with_the_reason() -> None:
    extracted = read_package(qcvn_package({"218.txt": LETTER, "anh.rar": b"Rar!\x1a\x07\x00nothing"}))

    assert extracted.text == LETTER
    assert extracted.note == "Không đọc được tệp kèm “anh.rar”: Chưa đọc được định dạng này: tệp nén RAR."


def test_without_a_readable_file_header_and_summary_are_the_document() -> None:
    extracted = read_package(qcvn_package({}))

    assert extracted.text == f"{COMMON['subject']}\nRà soát trước khi hợp nhất trung tâm dữ liệu"
    assert extracted.fields["number"] == COMMON["number"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("@@@@", "không phải base64"),
        ("QUJD=QUJD", "không phải base64"),
        ("A", "không phải base64"),
        ("", "không kèm nội dung"),
    ],
)
def test_broken_base64_is_a_note(body: str, reason: str) -> None:
    extracted = read_package(older_package(EDOC).replace(encoded(LETTER), body))

    assert f"“218.txt”: {'gói ' if not body else 'nội dung '}{reason}" in extracted.note
    assert extracted.text == ANNEX


def test_base64_without_padding_is_read() -> None:
    padded = encoded("Một dòng chữ.!")
    assert padded.rstrip().endswith("=")

    extracted = read_package(older_package(EDOC).replace(encoded(LETTER), padded.replace("=", "")))
    assert extracted.text.startswith("Một dòng chữ.!")


def test_a_file_that_the_manifest_names_and_nobody_sent_is_noted() -> None:
    forgotten = (
        "<edXML:Reference><edXML:ContentId>cid:9</edXML:ContentId>"
        "<edXML:AttachmentName>quên.pdf</edXML:AttachmentName></edXML:Reference></edXML:edXMLManifest>"
    )
    package = qcvn_package().replace("</edXML:edXMLManifest>", forgotten)

    assert "“quên.pdf”: gói nêu tên nhưng không kèm tệp." in read_package(package).note


def test_several_files_in_a_zip_are_named_within_it() -> None:
    inner = zipped({"b.txt": "Hai", "a.txt": "Một", "__MACOSX/a.txt": "x", "c/": "", "c/.DS_Store": "x"})
    extracted = read_package(qcvn_package({"tat-ca.zip": zipped({"trong.zip": inner, "z.txt": "Ba"})}))

    assert extracted.text == "Một\n\ntat-ca.zip!trong.zip!b.txt\nHai\n\ntat-ca.zip!z.txt\nBa"


def test_zips_are_opened_to_a_depth() -> None:
    content = zipped({"a.txt": "Sâu"})
    for _ in range(MAX_DEPTH):
        content = zipped({"b.zip": content})

    assert f"quá {MAX_DEPTH} lớp" in read_package(qcvn_package({"sau.zip": content})).note


def test_a_bomb_in_a_package_is_a_note() -> None:
    bomb = zipped({"a.txt": b"0" * (40 * 2**20)})

    extracted = read_package(qcvn_package({"bom.zip": bomb, "218.txt": LETTER}))
    assert "nghi là bom nén" in extracted.note
    assert extracted.text == LETTER


def test_files_together_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.readers.edxml_attachments.MAX_BYTES", 2**20)
    content = bytes(65 + at * at % 23 for at in range(600_000))  # hardly packs

    extracted = read_package(qcvn_package({"a.txt": b"A " + content, "b.txt": b"B " + content}))
    assert extracted.text.startswith("A ")
    assert "Không đọc được tệp kèm “b.txt”: các tệp trong gói cộng lại quá 1 MB." in extracted.note


def test_a_file_of_many_megabytes_is_read() -> None:
    content = b"Dau tep\n" + b"x " * 8_000_000  # a text node of libxml2's tree ends at ten million characters

    assert read_package(older_package(EDOC).replace(encoded(LETTER), encoded(content))).text.startswith("Dau tep\n")


def test_a_package_that_was_forwarded_in_a_package_is_opened_to_a_depth() -> None:
    package = qcvn_package()
    assert read_package(qcvn_package({"a.edxml": package})).text == read_package(package).text

    for _ in range(10):
        package = qcvn_package({"a.edxml": package})
    assert "Tệp lồng trong tệp quá" in read_package(package).note


def test_a_package_that_was_cut_off_in_its_files_keeps_header_and_whole_files() -> None:
    package = qcvn_package()
    content = package[: package.rindex("</edXML:ContentTransferEncoded") - 50]

    extracted = read_package(content)
    assert extracted.fields["number"] == COMMON["number"]
    assert extracted.text == ANNEX  # attachments stand in the other order than the manifest
    assert "“218.txt”: nội dung bị cắt cụt." in extracted.note
    assert "Gói edXML có chỗ hỏng" in extracted.note


def test_a_report_of_status_is_no_document() -> None:
    package = (
        f'<?xml version="1.0"?><edXML xmlns="{QCVN}"><edXMLEnvelope><edXMLHeader><MessageHeader>'
        "<From><OrganName>Sở Tài chính</OrganName></From><ResponseFor><Code>218/SKHCN-CĐS</Code></ResponseFor>"
        "<StatusCode>03</StatusCode></MessageHeader></edXMLHeader></edXMLEnvelope></edXML>"
    )

    with pytest.raises(Unreadable, match="chỉ báo trạng thái 03 của văn bản 218/SKHCN-CĐS"):
        read_package(package)


@pytest.mark.parametrize(
    "package",
    [
        f'<?xml version="1.0"?><edXML xmlns="{QCVN}"></edXML>',
        f'<?xml version="1.0"?><edXML xmlns="{QCVN}"><MessageHeader/></edXML>',
        '<?xml version="1.0" encoding="x-y"?><edXML>\xff\xfe</edXML>',
        "<edXML",
    ],
)
def test_a_package_with_nothing_in_it_is_a_named_failure(package: str) -> None:
    with pytest.raises(Unreadable, match="Gói edXML"):
        read_package(package.encode("latin-1"))


def test_entities_are_refused() -> None:
    bomb = "".join(f'<!ENTITY e{at + 1} "{f"&e{at};" * 10}">' for at in range(9))
    doctype = f'<!DOCTYPE x [<!ENTITY e0 "ha">{bomb}<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    package = older_package(EDOC).replace("Đông Bắc", "&e9;&f;").replace("<EdXML", f"{doctype}<EdXML", 1)

    with pytest.raises(Unreadable, match="khai báo DTD"):
        read_package(package)


@pytest.mark.parametrize(
    "content",
    [
        '<?xml version="1.0"?><eb:MessageHeader xmlns:eb="http://example.org/x"><eb:From/></eb:MessageHeader>',
        '<?xml version="1.0"?><rss><channel/></rss>',
        "Hướng dẫn.\n" * 100 + "<edXML>",
    ],
)
def test_other_xml_and_text_about_packages_are_none(content: str) -> None:
    assert format_of(content.encode(), "a.txt") is not Format.EDXML


@functools.cache
def sound(number: int) -> bytes:
    makers = (qcvn_package, functools.partial(older_package, EDOC), functools.partial(older_package, SCHEMA))
    return makers[number]().encode()


@given(st.integers(0, 2), st.data())
@settings(max_examples=150, deadline=None)
def test_a_mutated_package_is_a_document_or_a_named_failure(number: int, data: st.DataObject) -> None:
    content = bytearray(sound(number))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        kind = data.draw(st.sampled_from(("flip", "cut", "drop", "repeat")))
        if kind == "flip":
            content[at] ^= 1 << data.draw(st.integers(0, 7))
        elif kind == "cut":
            del content[max(at, 200) :]
        elif kind == "drop":
            del content[at : at + data.draw(st.integers(1, 400))]
        else:
            content[at:at] = content[at : at + data.draw(st.integers(1, 400))]
        if not content:
            return
    extracted = outcome(bytes(content), "edxml")
    if isinstance(extracted, str):
        assert extracted
    else:
        from_mapping({**extracted.fields, "id": "x"})
        assert extracted.text or extracted.fields
        assert all(0 <= start <= len(extracted.text) for start in extracted.pages)
