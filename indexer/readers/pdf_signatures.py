"""What the signatures in a PDF file say, through pyHanko: ISO 32000-2, 12.8, and PAdES (ETSI EN 319 142-1).

A file signed as Nghị định 30/2020/NĐ-CP asks has two: the leader's, and after it that of the issuing body. The first
then covers the file as it was before the second, which is no fault of it.
"""

from __future__ import annotations

import datetime
import io
import logging
from collections.abc import Iterator, Sequence

from asn1crypto import x509  # type: ignore[import-untyped]
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.misc import PdfReadError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import DisallowWeakAlgorithmsPolicy

from engines.signatures import LaterChanges, Signature, SignatureStatus, SignatureTrust
from indexer.readers.extracted import clean

MAX_SIGNATURES = 100
"""No more of one file are read."""

_MAX_NODES = 20_000  # of the tree of pages that is looked through for fields
# What was signed years ago is judged by the rules of its time: SHA-1 and 1,024 bits were in use until 2017.
_ALGORITHMS = DisallowWeakAlgorithmsPolicy(  # type: ignore[no-untyped-call]
    frozenset({"md2", "md5"}), rsa_key_size_threshold=1_024
)
_KEY_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_UNITS = ("organizational_unit_name", "organization_name")
_LONGEST_NAME = 300
_ONE_ACT = datetime.timedelta(minutes=1)

_log = logging.getLogger(__name__)


def signatures_in(content: bytes, roots: Sequence[bytes] = ()) -> list[Signature]:
    """The signatures in a PDF file, in the order of their fields; what cannot be read is one that is unreadable.

    Args:
        content: The file.
        roots: Certificates of trusted authorities, in DER.
    """
    try:
        reader = PdfFileReader(io.BytesIO(content), strict=False)
        if reader.encrypted:
            reader.decrypt("")  # what a reader is asked no password for has this one
        fields = list(_fields(reader))
    except Exception:  # noqa: BLE001 - whatever a broken file provokes
        _log.debug("Chữ ký số", exc_info=True)
        return [Signature(status=SignatureStatus.UNREADABLE)]
    return [_signature(reader, name, field, len(content), roots) for name, field in fields[:MAX_SIGNATURES]]


def _fields(reader: PdfFileReader) -> Iterator[tuple[str, generic.DictionaryObject]]:
    """The fields that hold a signature, those of the form first, and then those that only a page still has.

    A program that takes pages out of a signed file leaves the form behind, and the signature, broken, on its page.
    """
    seen: set[generic.Reference] = set()
    of_form = ((name, field.get_object()) for name, _, field in enumerate_sig_fields(reader, filled_status=True))
    for name, field in (*of_form, *_fields_on_pages(reader)):
        value = field.raw_get("/V")
        reference = getattr(value, "reference", None)
        if reference in seen or _is_document_timestamp(value.get_object()):
            continue
        if reference:
            seen.add(reference)
        yield name, field


def _is_document_timestamp(signature: generic.PdfObject) -> bool:
    """A token that says only when the file was there; nobody signed with it."""
    return isinstance(signature, generic.DictionaryObject) and signature.get("/Type") == "/DocTimeStamp"


def _fields_on_pages(reader: PdfFileReader) -> Iterator[tuple[str, generic.DictionaryObject]]:
    nodes = [reader.root["/Pages"]]
    for _ in range(_MAX_NODES):
        if not nodes:
            return
        node = nodes.pop()
        nodes += reversed(_members(node, "/Kids"))
        for annotation in _members(node, "/Annots"):
            if annotation.get("/FT") == "/Sig" and "/V" in annotation:
                yield str(annotation.get("/T", "")), annotation


def _members(node: generic.DictionaryObject, name: str) -> list[generic.DictionaryObject]:
    """The dictionaries in an array of a dictionary, which may lack it."""
    members = [member.get_object() for member in node[name]] if name in node else []
    return [member for member in members if isinstance(member, generic.DictionaryObject)]


def _signature(
    reader: PdfFileReader, name: str, field: generic.DictionaryObject, size: int, roots: Sequence[bytes]
) -> Signature:
    try:
        embedded = EmbeddedPdfSignature(reader, field, name)
        signer, body = _holder(embedded.signer_cert)
        said_at = _said_by_signer(embedded)
        is_of_this_file = _lies_within([int(number) for number in embedded.byte_range], size)
    except Exception:  # noqa: BLE001 - whatever a broken signature provokes
        _log.debug("Chữ ký số %s", name, exc_info=True)
        return Signature(status=SignatureStatus.UNREADABLE)
    if not is_of_this_file:
        return Signature(signer=signer, body=body, signed_at=said_at, status=SignatureStatus.BROKEN)
    try:
        checked = validate_pdf_signature(embedded, _context(roots, said_at), key_usage_settings=_KEY_USAGE)
    except Exception:  # noqa: BLE001 - the same; who signed is known
        _log.debug("Chữ ký số %s", name, exc_info=True)
        return Signature(signer=signer, body=body, signed_at=said_at, status=SignatureStatus.UNREADABLE)
    status, changes = _standing(checked)
    token = checked.timestamp_validity
    is_timestamped = bool(token and token.intact and token.valid)
    return Signature(
        signer=signer,
        body=body,
        signed_at=token.timestamp if token and is_timestamped else said_at,
        timestamped=is_timestamped,
        status=status,
        changes=changes,
        trust=_trust(checked, roots),
    )


def _holder(certificate: x509.Certificate) -> tuple[str, str]:
    """Whom a certificate was issued to, and the units that it names above: the nearest first."""
    parts = [(part["type"].native, part["value"].native) for name in certificate.subject.chosen for part in name]
    named = [(kind, " ".join(clean(str(value)).split())[:_LONGEST_NAME]) for kind, value in parts]
    signer = next((value for kind, value in reversed(named) if kind == "common_name"), "")
    # A name is written from the country down to the person.
    units = (value for kind in _UNITS for at, value in reversed(named) if at == kind and value != signer)
    return signer, ", ".join(dict.fromkeys(units))


def _said_by_signer(embedded: EmbeddedPdfSignature) -> datetime.datetime | None:
    """When the signer's own clock says that it was signed."""
    attribute, entry = embedded.self_reported_timestamp, _entry(embedded)
    if attribute is None or attribute.utcoffset() is None:
        return entry or attribute
    # Widespread programs put local time into the attribute and call it UTC; the entry beside it, made in the same
    # minute, has the time zone.
    if entry and abs(entry.replace(tzinfo=None) - attribute.replace(tzinfo=None)) < _ONE_ACT:
        return entry
    return attribute


def _entry(embedded: EmbeddedPdfSignature) -> datetime.datetime | None:
    """The `/M` of the signature's dictionary, where it names its time zone."""
    try:
        moment = generic.parse_pdf_date(embedded.sig_object["/M"], strict=False)
    except (KeyError, TypeError, ValueError, PdfReadError):
        return None
    return moment if moment.utcoffset() is not None else None


def _lies_within(byte_range: Sequence[int], size: int) -> bool:
    """Whether a signature is of bytes that the file has; one that was taken out of a longer file is not."""
    pairs = zip(byte_range[::2], byte_range[1::2], strict=False)
    return all(min(start, length) >= 0 and start + length <= size for start, length in pairs)


def _context(roots: Sequence[bytes], moment: datetime.datetime | None) -> ValidationContext:
    """Nothing is fetched, so revocation is not looked up; the certificate has to be valid when it signed."""
    return ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots],
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
        algorithm_usage_policy=_ALGORITHMS,
    )


def _standing(checked: PdfSignatureStatus) -> tuple[SignatureStatus, LaterChanges]:
    if not (checked.intact and checked.valid):
        return SignatureStatus.BROKEN, LaterChanges.NONE
    if checked.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return SignatureStatus.INTACT, LaterChanges.NONE
    harmless = checked.docmdp_ok and checked.modification_level in (
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    )
    return SignatureStatus.INTACT_PARTLY, LaterChanges.PERMITTED if harmless else LaterChanges.OTHER


def _trust(checked: PdfSignatureStatus, roots: Sequence[bytes]) -> SignatureTrust:
    if not roots:
        return SignatureTrust.UNKNOWN
    return SignatureTrust.TRUSTED if checked.trusted else SignatureTrust.UNTRUSTED
