"""Digital signatures in PDF files: who signed, for whom, when, and whether it still holds."""

import datetime
import io
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from engines.record import OfficialDocument
from engines.signatures import LaterChanges, Signature, SignatureStatus, SignatureTrust
from indexer.originals.gathering import DocumentOriginals
from indexer.readers import read
from indexer.readers.pdf_signatures import signatures_in
from indexer.readers.signatures import read_signatures
from indexer.registers.attachments import join
from tests.indexer.signed_pdf import OFFICE, SIGNED_AT, Authority, authority, pdf, sign

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SIGNED = sign(pdf())
TWICE = sign(SIGNED, OFFICE, "Signature2")


def signatures(content: bytes, *roots: bytes) -> tuple[Signature, ...]:
    return read_signatures(content, roots)[0]


def only(content: bytes, *roots: bytes) -> Signature:
    [signature] = signatures(content, *roots)
    return signature


def changed(content: bytes, old: bytes, new: bytes) -> bytes:
    assert content.count(old) == 1
    assert len(old) == len(new)
    return content.replace(old, new)


def test_who_signed_and_for_which_body() -> None:
    signature = only(SIGNED)
    assert (signature.signer, signature.body) == ("Nguyễn Văn An", "Văn phòng, UBND tỉnh Vân Sơn")


def test_a_signature_that_covers_the_whole_file_and_holds_is_intact() -> None:
    signature = only(SIGNED)
    assert (signature.status, signature.changes) == (SignatureStatus.INTACT, LaterChanges.NONE)


def test_the_signers_own_clock_is_believed_where_there_is_no_timestamp() -> None:
    before = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
    signature = only(sign(pdf()))
    assert signature.signed_at is not None
    assert not signature.timestamped
    assert before <= signature.signed_at <= datetime.datetime.now(datetime.UTC)


def test_a_timestamp_is_believed_before_the_signers_own_clock() -> None:
    signature = only(sign(pdf(), timestamper=authority().timestamper(SIGNED_AT)))
    assert (signature.signed_at, signature.timestamped) == (SIGNED_AT, True)


def test_local_time_that_calls_itself_utc_takes_the_time_zone_of_the_entry_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tzlocal.get_localzone", lambda: VIETNAM)
    signed = sign(pdf())
    moment = only(signed).signed_at
    assert moment is not None
    in_utc, in_vietnam = (f"{moment.astimezone(zone):%Y%m%d%H%M%S}".encode() for zone in (datetime.UTC, VIETNAM))
    entry = rb"/M (D\072"
    shown = only(changed(signed, entry + in_vietnam, entry + in_utc)).signed_at
    assert shown is not None
    assert shown == moment - datetime.timedelta(hours=7)


def test_a_leaders_signature_stays_good_under_the_bodys_that_follows_it() -> None:
    leader, office = signatures(TWICE)
    assert (leader.status, leader.changes) == (SignatureStatus.INTACT_PARTLY, LaterChanges.PERMITTED)
    assert (office.status, office.changes) == (SignatureStatus.INTACT, LaterChanges.NONE)
    assert (office.signer, office.body) == ("Ủy ban nhân dân tỉnh Vân Sơn", "Tỉnh Vân Sơn")


def test_a_page_changed_after_signing_is_more_than_a_signature_permits() -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(SIGNED))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(90)
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    signature = only(out.getvalue())
    assert (signature.status, signature.changes) == (SignatureStatus.INTACT_PARTLY, LaterChanges.OTHER)


def test_bytes_added_after_the_end_are_not_covered() -> None:
    signature = only(SIGNED + b"% added\n")
    assert (signature.status, signature.changes) != (SignatureStatus.INTACT, LaterChanges.NONE)


def test_one_changed_byte_breaks_a_signature() -> None:
    assert only(changed(SIGNED, b"ReportLab Generated", b"ReportLap Generated")).status is SignatureStatus.BROKEN


def test_a_signature_taken_out_of_a_longer_file_is_broken_and_still_names_its_signer() -> None:
    # As programs leave it that take pages out of a signed file: the field on its page, in no form.
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(SIGNED)))
    del writer.root["/AcroForm"]
    out = io.BytesIO()
    writer.write(out)
    signature = only(out.getvalue())
    assert signature.status is SignatureStatus.BROKEN
    assert signature.signer == "Nguyễn Văn An"


def test_a_signature_that_is_no_cms_is_unreadable_and_said() -> None:
    start = SIGNED.index(b"/Contents <") + len(b"/Contents <")
    found, note = read_signatures(SIGNED[:start] + b"00" * 200 + SIGNED[start + 400 :])
    assert [signature.status for signature in found] == [SignatureStatus.UNREADABLE]
    assert note == "Không đọc được 1 chữ ký số trong tệp."


def test_a_broken_signature_costs_no_document() -> None:
    start = SIGNED.index(b"/Contents <") + len(b"/Contents <")
    extracted = read(SIGNED[:start] + b"00" * 200 + SIGNED[start + 400 :], "a.pdf")
    assert extracted.text == "Van ban thu"
    assert extracted.note == "Không đọc được 1 chữ ký số trong tệp."


def test_without_roots_nobody_is_called_trusted() -> None:
    assert only(SIGNED).trust is SignatureTrust.UNKNOWN


def test_a_chain_to_a_given_root_is_trusted() -> None:
    assert only(SIGNED, authority().root).trust is SignatureTrust.TRUSTED


def test_a_chain_to_another_root_is_not() -> None:
    assert only(SIGNED, Authority().root).trust is SignatureTrust.UNTRUSTED


def test_an_encrypted_file_that_asks_for_no_password_is_read() -> None:
    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf())))
    writer.encrypt("owner", "")
    out = io.BytesIO()
    writer.write(out)
    signature = only(sign(out.getvalue(), owner="owner"))
    assert (signature.signer, signature.status) == ("Nguyễn Văn An", SignatureStatus.INTACT)


def test_a_file_of_whoever_signs_for_nobody_has_no_body() -> None:
    signature = only(sign(pdf(), (("cn", "Trần Thị Bình"),)))
    assert (signature.signer, signature.body) == ("Trần Thị Bình", "")


def test_an_unsigned_file_has_none() -> None:
    assert read_signatures(pdf()) == ((), "")


def test_a_file_that_only_speaks_of_signatures_has_none() -> None:
    assert read_signatures(pdf() + b"% /ByteRange\n") == ((), "")


def test_signatures_come_with_the_text() -> None:
    extracted = read(TWICE, "a.pdf", (authority().root,))
    assert extracted.text == "Van ban thu"
    assert [signature.trust for signature in extracted.signatures] == [SignatureTrust.TRUSTED] * 2


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SIGNED) - 1), st.integers(1, 255))
def test_no_changed_byte_leaves_a_signature_intact_that_covers_it(at: int, difference: int) -> None:
    start = SIGNED.index(b"/Contents <")
    end = SIGNED.index(b">", start)
    content = bytearray(SIGNED)
    content[at] ^= difference
    found = signatures_in(bytes(content))
    if not start + len(b"/Contents ") <= at <= end:
        assert SignatureStatus.INTACT not in [signature.status for signature in found]


def test_a_letter_brings_the_signatures_of_what_it_carries() -> None:
    letter = EmailMessage()
    letter["Subject"] = "Gửi văn bản"
    letter.set_content("Kính gửi")
    letter.add_attachment(TWICE, maintype="application", subtype="pdf", filename="a.pdf")
    found = read(letter.as_bytes(), "a.eml").signatures
    assert [signature.signer for signature in found] == ["Nguyễn Văn An", "Ủy ban nhân dân tỉnh Vân Sơn"]


def test_a_registers_row_has_the_signatures_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(SIGNED)
    record, note, _ = join(
        OfficialDocument(id="1", number="1/CV"), [str(tmp_path / "a.pdf")], read, DocumentOriginals(None)
    )
    assert ([signature.signer for signature in record.signatures], note) == (["Nguyễn Văn An"], "")
