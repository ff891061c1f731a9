"""Signed PDF files, with authorities and certificates made for the test."""

import datetime
import functools
import io
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, timestamps
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.pdfgen.canvas import Canvas

SIGNED_AT = datetime.datetime(2024, 3, 12, 8, 15, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))
_FROM, _UNTIL = datetime.datetime(2020, 1, 1), datetime.datetime(2040, 1, 1)
_NAMES = {"cn": NameOID.COMMON_NAME, "ou": NameOID.ORGANIZATIONAL_UNIT_NAME, "o": NameOID.ORGANIZATION_NAME}
LEADER = (("o", "UBND tỉnh Vân Sơn"), ("ou", "Văn phòng"), ("cn", "Nguyễn Văn An"))
OFFICE = (("o", "Tỉnh Vân Sơn"), ("cn", "Ủy ban nhân dân tỉnh Vân Sơn"))


def pdf(text: str = "Van ban thu") -> bytes:
    """An unsigned file of one page."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 720, text)
    canvas.save()
    return out.getvalue()


class Authority:
    """A certificate authority (CA) and the certificates that it issues."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name((("o", "CA thử"), ("cn", "CA thử")))
        self._root = self._issue(self._name, self._key.public_key(), is_authority=True)

    @property
    def root(self) -> bytes:
        """Its own certificate, in DER."""
        return self._root.public_bytes(serialization.Encoding.DER)

    @property
    def root_pem(self) -> bytes:
        """Its own certificate, in PEM."""
        return self._root.public_bytes(serialization.Encoding.PEM)

    def signer(self, subject: tuple[tuple[str, str], ...]) -> signers.SimpleSigner:
        """Somebody who can sign: `subject` is the certificate's name, from the top down."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        certificate = self._issue(_name(subject), key.public_key())
        return signers.SimpleSigner(
            signing_cert=_parsed(certificate), signing_key=_private(key), cert_registry=self._store()
        )

    def timestamper(self, moment: datetime.datetime) -> timestamps.DummyTimeStamper:
        """A timestamping service whose clock stands still."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        certificate = self._issue(_name((("cn", "TSA thử"),)), key.public_key(), is_timestamper=True)
        return timestamps.DummyTimeStamper(
            tsa_cert=_parsed(certificate), tsa_key=_private(key), certs_to_embed=self._store(), fixed_dt=moment
        )

    def _store(self) -> SimpleCertificateStore:
        store = SimpleCertificateStore()
        store.register(_parsed(self._root))
        return store

    def _issue(self, name: certificates.Name, key: Any, *, is_authority: bool = False, is_timestamper: bool = False):  # type: ignore[no-untyped-def]
        usage = dict.fromkeys(
            ["key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"], False
        )
        builder = (
            certificates.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(key)
            .serial_number(certificates.random_serial_number())
            .not_valid_before(_FROM)
            .not_valid_after(_UNTIL)
            .add_extension(certificates.BasicConstraints(ca=is_authority, path_length=None), critical=True)
            .add_extension(
                certificates.KeyUsage(
                    digital_signature=True,
                    content_commitment=not is_authority,
                    key_cert_sign=is_authority,
                    crl_sign=is_authority,
                    **usage,
                ),
                critical=True,
            )
        )
        if is_timestamper:
            builder = builder.add_extension(
                certificates.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
            )
        return builder.sign(self._key, hashes.SHA256())


@functools.cache
def authority() -> Authority:
    """One for all tests: keys take time."""
    return Authority()


def sign(
    content: bytes,
    subject: tuple[tuple[str, str], ...] = LEADER,
    field: str = "Signature1",
    *,
    timestamper: timestamps.TimeStamper | None = None,
    metadata: Mapping[str, Any] | None = None,
    owner: str | None = None,
) -> bytes:
    """The file with one more signature.

    Args:
        content: The file.
        subject: The name in the signer's certificate.
        field: The form field that holds it.
        timestamper: Where the signature has a timestamp.
        metadata: More of pyHanko's `PdfSignatureMetadata`.
        owner: The password of the owner of an encrypted file.
    """
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    if owner is not None:
        writer.encrypt(owner)
    details = signers.PdfSignatureMetadata(field_name=field, **(metadata or {}))
    signer = signers.PdfSigner(details, authority().signer(subject), timestamper=timestamper)
    # Signing runs an event loop of its own, and a browser of other tests may have left one running in this thread.
    with ThreadPoolExecutor(1) as thread:
        out = thread.submit(signer.sign_pdf, writer).result()
    return bytes(out.getvalue())


def _name(subject: tuple[tuple[str, str], ...]) -> certificates.Name:
    country = certificates.NameAttribute(NameOID.COUNTRY_NAME, "VN")
    return certificates.Name([country, *(certificates.NameAttribute(_NAMES[kind], value) for kind, value in subject)])


def _parsed(certificate: certificates.Certificate) -> x509.Certificate:
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _private(key: Any) -> keys.PrivateKeyInfo:
    encoding, form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8
    return keys.PrivateKeyInfo.load(key.private_bytes(encoding, form, serialization.NoEncryption()))
