"""Letters and saved pages to text: headers, bodies, attached files, letters in letters, broken ones."""

import base64
import datetime
import struct
from collections.abc import Mapping
from email.message import EmailMessage
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.readers import Extracted, Unreadable, read
from indexer.readers.letter import Enclosure, Letter, Passage, from_json, to_json
from indexer.readers.mail import MAX_ENCLOSURES
from indexer.readers.nesting import MAX_DEPTH
from tests.indexer.edxml_packages import LETTER, qcvn_package
from tests.indexer.ole_files import Storage, ole_file
from tests.indexer.test_readers_broken import outcome

DECISION = "\n".join(
    (
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "XÃ VĂN SƠN\tĐộc lập - Tự do - Hạnh phúc",
        "Số: 15/QĐ-UBND\tVăn Sơn, ngày 05 tháng 3 năm 2024",
        "QUYẾT ĐỊNH",
        "Về việc phê duyệt dự toán",
        "Điều 1. Phê duyệt dự toán.",
    )
)
HEADER = (
    "Chủ đề: Gửi văn bản\nNgười gửi: Văn thư <vt@so.vn>\nNgười nhận: Xã <xa@xa.vn>\nĐồng gửi: An <an@xa.vn>\n"
    "Ngày gửi: 06/03/2024 03:30"
)


def letter(body: str = "Kính gửi các đơn vị", files: Mapping[str, bytes] = MappingProxyType({})) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Gửi văn bản", "Văn thư <vt@so.vn>", "Xã <xa@xa.vn>"
    message["Cc"], message["Date"] = "An <an@xa.vn>", "Tue, 05 Mar 2024 20:30:00 +0000"
    message.set_content(body)
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def raw(*header: str, body: str | bytes = "") -> bytes:
    encoded = body if isinstance(body, bytes) else body.encode()
    return "\r\n".join((*header, "", "")).encode() + encoded


def reason(content: bytes) -> str:
    with pytest.raises(Unreadable) as unreadable:
        read(content, "thu.eml")
    return str(unreadable.value)


def test_header_body_and_attached_files_in_this_order() -> None:
    extracted = read(letter(files={"Quyết định.txt": DECISION.encode()}).as_bytes(), "a.doc")

    assert extracted.text == f"{HEADER}\nKính gửi các đơn vị\nQuyết định.txt\n{DECISION}"
    assert (extracted.media_type, extracted.note) == ("message/rfc822", "")


def test_the_document_in_a_letter_says_number_and_date() -> None:
    fields = read(letter(files={"ghi chu.txt": b"ghi", "a.txt": DECISION.encode()}).as_bytes(), "a.eml").fields

    assert (fields["number"], fields["issued"]) == ("15/QĐ-UBND", "2024-03-05")
    assert fields["subject"] == "Phê duyệt dự toán"


def test_a_package_in_a_letter_is_believed_before_a_file_beside_it() -> None:
    package = qcvn_package({"218.txt": LETTER}).encode()
    fields = read(letter(files={"a.txt": DECISION.encode(), "218.edxml": package}).as_bytes(), "a.eml").fields

    assert (fields["number"], fields["issued"]) == ("218/SKHCN-CĐS", "2024-03-14")
    assert fields["subject"] == "Phối hợp rà soát hạ tầng & dữ liệu"


def test_a_letter_by_itself_fills_no_field() -> None:
    assert read(letter("Quyết định số 15/QĐ-UBND ngày 05/3/2024").as_bytes(), "a.eml").fields == {}


def test_a_file_that_cannot_be_read_is_noted_by_name_with_its_reason() -> None:
    extracted = read(letter(files={"quét.rar": b"Rar!\x1a\x07\x00", "b.txt": b"sau"}).as_bytes(), "a.eml")

    assert extracted.text.endswith("quét.rar\nb.txt\nsau")
    assert extracted.note == "Tệp đính kèm “quét.rar”: Chưa đọc được định dạng này: tệp nén RAR."


def test_plain_text_is_taken_before_html_and_html_where_it_is_alone() -> None:
    both = letter("chữ")
    both.add_alternative("<p>trang</p>", subtype="html")
    alone = raw("MIME-Version: 1.0", "Content-Type: text/html; charset=utf-8", body="<p>một<p>hai &eacute;")

    assert read(both.as_bytes(), "a").text == f"{HEADER}\nchữ"
    assert read(alone, "a").text == "một\nhai é"


@pytest.mark.parametrize(
    ("charset", "body"),
    [("utf-8", "Nghị định"), ("windows-1258", "Nghi\u0323 đi\u0323nh"), ("utf-16", "Nghị định"), ("lạ", "Nghị định")],
)
def test_bodies_in_the_encoding_that_they_have(charset: str, body: str) -> None:
    encoded = base64.b64encode(body.encode("utf-8" if charset == "lạ" else charset))
    header = (f'Content-Type: text/plain; charset="{charset}"', "Content-Transfer-Encoding: base64")

    assert read(raw("MIME-Version: 1.0", *header, body=encoded), "a").text == "Nghị định"


@pytest.mark.parametrize(
    ("subject", "text"),
    [
        ("=?UTF-8?B?R+G7rWkgdsSDbiBi4bqjbg==?=", "Gửi văn bản"),
        ("=?utf-8?Q?G=E1=BB?= =?utf-8?Q?=ADi?=", "Gửi"),  # a letter in two words
        ("Gửi văn bản", "Gửi văn bản"),
        ("=?nobody?Q?a?=", "a"),
        ("một\r\n hai", "một hai"),
        ("=?utf-8?B?A?=", "=?utf-8?B?A?="),
    ],
)
def test_subjects_however_they_are_encoded(subject: str, text: str) -> None:
    assert read(raw(f"Subject: {subject}", "From: a@b.vn", body="x"), "a").text.split("\n")[0] == f"Chủ đề: {text}"


@pytest.mark.parametrize(("date", "text"), [("hôm qua", "hôm qua"), ("Tue, 05 Mar 2024 20:30:00", "05/03/2024 20:30")])
def test_dates_that_are_none_or_without_zone(date: str, text: str) -> None:
    assert f"Ngày gửi: {text}\n" in read(raw(f"Date: {date}", "From: a@b.vn", body="x"), "a").text


def test_pictures_that_the_body_shows_and_signatures_are_no_attached_files() -> None:
    message = letter()
    message.add_attachment(b"x", maintype="image", subtype="png", filename="logo.png", cid="<a>", disposition="inline")
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")

    assert read(message.as_bytes(), "a") == Extracted(f"{HEADER}\nKính gửi các đơn vị", (), "message/rfc822")


def test_a_saved_page_is_its_text_alone() -> None:
    page = raw(
        "From: <Saved by Blink>",
        "Subject: Trang",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related; type="text/html"; boundary=b',
        body=(
            "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            "<table><tr><td>S=E1=BB=91: 15<td>H=C3=A0 N=E1=BB=99i</table>\r\n"
            "--b\r\nContent-Type: text/css\r\n\r\nan\r\n--b\r\nContent-Type: image/png\r\n\r\nan\r\n--b--\r\n"
        ),
    )

    assert read(page, "van ban.doc").text == "Số: 15\tHà Nội"


def test_a_forwarded_letter_follows_the_one_it_is_in() -> None:
    inner, outer = letter("trong", {"a.txt": b"kem"}), letter("ngoài")
    outer.add_attachment(inner)

    assert read(outer.as_bytes(), "a").text == f"{HEADER}\nngoài\n{HEADER}\ntrong\na.txt\nkem"


def test_letters_forwarded_without_end_are_read_to_a_depth() -> None:
    message = letter("0")
    for level in range(1, 9):
        outer = letter(str(level))
        outer.add_attachment(message)
        message = outer

    extracted = read(message.as_bytes(), "a")

    assert [line for line in extracted.text.split("\n") if line.isdecimal()] == list("876543")
    assert "lồng nhau quá 5 lớp" in extracted.note


def test_files_within_files_are_read_to_a_depth() -> None:
    content = letter("0").as_bytes()
    for level in range(1, MAX_DEPTH + 3):
        content = letter(str(level), {"thu.eml": content}).as_bytes()

    extracted = read(content, "a")

    assert [line for line in extracted.text.split("\n") if line.isdecimal()] == list("765432")
    assert extracted.note.endswith(f"Tệp lồng trong tệp quá {MAX_DEPTH} lớp.")


def test_of_very_many_attached_files_the_rest_is_noted() -> None:
    files = {f"{number}.txt": b"dong" for number in range(MAX_ENCLOSURES + 3)}
    extracted = read(letter(files=files).as_bytes(), "a")

    assert extracted.text.count("dong") == MAX_ENCLOSURES
    assert extracted.note == f"Thư có hơn {MAX_ENCLOSURES} tệp đính kèm: từ tệp “{MAX_ENCLOSURES}.txt” không được đọc."


@pytest.mark.parametrize(
    "kind", ["application/pkcs7-mime; smime-type=enveloped-data", "multipart/encrypted; boundary=b"]
)
def test_an_encrypted_letter_is_said_to_be_encrypted(kind: str) -> None:
    assert "mã hóa" in reason(raw("From: a@b.vn", f"Content-Type: {kind}", body="--b\r\n\r\n--b--"))


def test_a_letter_cut_off_is_noted() -> None:
    content = letter(files={"a.txt": DECISION.encode()}).as_bytes()

    assert "Thư bị cắt cụt" in read(content[:-60], "a.eml").note


@pytest.mark.parametrize("text", [b"From: xa\n\nKinh gui", b"Ghi chu: a\nDate: b\nnoi dung", b"From here\nto there"])
def test_text_with_a_colon_is_no_letter(text: bytes) -> None:
    assert read(text, "a.txt").media_type == "text/plain"


@pytest.mark.parametrize("before", [b"From a@b.vn Tue Mar  5 20:30:00 2024\n", b"\xef\xbb\xbf", b"\r\n"])
def test_what_mailboxes_and_editors_put_before_a_letter(before: bytes) -> None:
    assert "Kính gửi" in read(before + letter().as_bytes(), "a.txt").text


SUBMITTED = int((datetime.datetime(2024, 3, 5, 20, 30) - datetime.datetime(1601, 1, 1)).total_seconds() * 10**7)


def outlook(header: int = 32, *, html: bool = False, code_page: int = 0, **attached: Storage) -> Storage:
    """A .msg of the same letter; `code_page` other than 0 makes its texts 8-bit."""
    kind, encoding = ("001E", f"cp{code_page}") if code_page else ("001F", "utf-16-le")
    texts = {"0037": "Gửi văn bản", "0C1A": "Văn thư", "0C1F": "vt@so.vn", "0E04": "Xã <xa@xa.vn>"}
    texts |= {"0E03": "An <an@xa.vn>"} | ({} if html else {"1000": "Kính gửi các đơn vị\r\n"})
    properties = struct.pack("<HHIQ", 0x0040, 0x0039, 6, SUBMITTED) + struct.pack("<HHIQ", 3, 0x3FFD, 6, code_page)
    streams: dict[str, bytes | Storage] = {"__properties_version1.0": bytes(header) + properties}
    streams |= {f"__substg1.0_{name}{kind}": text.encode(encoding) for name, text in texts.items()}
    if html:
        streams["__substg1.0_10130102"] = "<p>Kính gửi các đơn vị".encode()
    return streams | {f"__attach_version1.0_#0000000{at}": file for at, file in enumerate(attached.values())}


def attached(name: str, content: bytes) -> Storage:
    return {
        "__properties_version1.0": bytes(8),
        "__substg1.0_3707001F": name.encode("utf-16-le"),
        "__substg1.0_37010102": content,
    }


@pytest.mark.parametrize("html", [False, True])
def test_a_letter_of_outlook_reads_as_the_same_letter_in_mime(html: bool) -> None:
    content = ole_file(outlook(html=html, a=attached("Quyết định.txt", DECISION.encode()), b=attached("b.txt", b"sau")))
    extracted = read(content, "thu.doc")

    assert extracted.text == f"{HEADER}\nKính gửi các đơn vị\nQuyết định.txt\n{DECISION}\nb.txt\nsau"
    assert (extracted.media_type, extracted.fields["number"]) == ("application/vnd.ms-outlook", "15/QĐ-UBND")


def test_an_attached_word_file_does_not_make_a_letter_a_word_file() -> None:
    word = ole_file({"WordDocument": b"x" * 5_000, "1Table": b""})

    assert read(ole_file(outlook(a=attached("a.doc", word))), "a.msg").media_type == "application/vnd.ms-outlook"


def test_a_letter_of_outlook_within_another() -> None:
    inner: Storage = {"__properties_version1.0": bytes(8), "__substg1.0_3701000D": outlook(24)}

    whole = f"{HEADER}\nKính gửi các đơn vị"

    assert read(ole_file(outlook(a=inner)), "a.msg").text == f"{whole}\n{whole}"


def test_a_letter_of_old_outlook_in_its_code_page() -> None:
    assert read(ole_file(outlook(code_page=65001)), "a.msg").text == f"{HEADER}\nKính gửi các đơn vị"


def test_a_letter_of_outlook_without_header_and_body_has_no_text() -> None:
    assert "Không có chữ nào" in reason(ole_file({"__properties_version1.0": bytes(32)}))


LETTERS = st.recursive(
    st.builds(
        Letter,
        subject=st.text(),
        body=st.lists(st.builds(Passage, st.text(), st.booleans())).map(tuple),
        enclosures=st.lists(st.builds(Enclosure, st.text(), st.binary())).map(tuple),
        notes=st.lists(st.text()).map(tuple),
    ),
    lambda inner: st.builds(Letter, letters=st.lists(inner, max_size=2).map(tuple)),
    max_leaves=3,
)


@given(LETTERS)
def test_a_letter_comes_back_equal_from_another_process(value: Letter) -> None:
    assert from_json(to_json(value)) == value


LINES = st.sampled_from(
    [
        "Content-Type: multipart/mixed; boundary=b",
        "Content-Type: multipart/alternative; boundary=b",
        "--b",
        "--b--",
        "",
        "Content-Type: message/rfc822",
        "Content-Type: text/html; charset=base64",
        "Content-Type: text/plain; charset=x",
        "Content-Disposition: attachment; filename*=x'y'%ff",
        "Content-Transfer-Encoding: base64",
        "Subject: =?x?Q?=ff?=",
        "Content-Transfer-Encoding: quoted-printable",
        "=FF=",
        "Date: Tue, 99 Mar 99999 99:99:99 +9999",
        "<p>a",
    ]
) | st.text(max_size=10)


@settings(deadline=None, max_examples=50)
@given(st.lists(LINES, max_size=15))
def test_any_lines_after_a_header_are_text_or_a_reason(lines: list[str]) -> None:
    content = raw("MIME-Version: 1.0", "From: a@b.vn", body="")[:-2] + "\r\n".join(lines).encode("utf-8", "replace")
    assert outcome(content, "eml")


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_a_garbled_letter_of_outlook_is_text_or_a_reason(data: st.DataObject) -> None:
    content = bytearray(ole_file(outlook(a=attached("a.txt", b"a"))))
    places = st.integers(0, len(content) - 1)
    for at, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=30)):
        content[at] = byte
    assert outcome(bytes(content), "msg")


def test_values_of_an_attached_document_are_those_of_a_letter() -> None:
    fields = read(letter(files={"quyet-dinh.txt": DECISION.encode()}).as_bytes(), "a.eml").fields
    assert fields["number"] == "15/QĐ-UBND"
    assert {origin["kind"] for origin in fields["origins"].values()} == {"mail"}
    assert set(fields["origins"]) == set(fields) - {"origins"}
