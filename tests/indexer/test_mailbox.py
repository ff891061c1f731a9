"""A mailbox of official mail, on a real Dovecot: what is read, what stays, what a server that goes away does."""

from __future__ import annotations

import contextlib
import imaplib
import random
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from imapclient.imap_utf7 import encode

from engines.embedded import EmbeddedEngine
from engines.interface import Access
from indexer import files as file_limits
from indexer.entries import State
from indexer.mailbox import mailboxes
from indexer.pipeline import Options, index
from indexer.sources import Root
from indexer.verification import retry
from tests import dovecot
from tests.cut_wire import CutWire
from tests.dovecot import PASSWORD, USER, Dovecot
from tests.indexer.edxml_packages import LETTER, qcvn_package
from tests.indexer.in_process import House, Killed

ARCHIVE = "Đã xử lý"


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot.running() as server:
        yield server


@pytest.fixture
def owner(server: Dovecot) -> Iterator[imaplib.IMAP4]:
    """The owner of an empty mailbox with two folders."""
    with server.signed_in() as client:
        _, listed = client.list()
        for line in listed:
            name = line.decode().rsplit(' "/" ', 1)[1].strip('"') if isinstance(line, bytes) else ""
            if name != "INBOX":
                client.delete(f'"{name}"')
        throw_away(client, "1:*")
        client.create(utf7(ARCHIVE))
        yield client


@pytest.fixture
def described(tmp_path: Path, server: Dovecot) -> Callable[..., Root]:
    def write(**values: str) -> Root:
        (tmp_path / "password").write_text(PASSWORD + "\n", encoding="utf-8")
        table = {
            "host": '"127.0.0.1"',
            "port": str(server.tls_port),
            "ca_file": f'"{server.certificate}"',
            "user": f'"{USER}"',
            "password_file": '"password"',
            **values,
        }
        file = tmp_path / "hom-thu.toml"
        file.write_text("[mailbox]\n" + "".join(f"{name} = {value}\n" for name, value in table.items()), "utf-8")
        return Root.of(file)

    return write


BOTH = f'["INBOX", "{ARCHIVE}"]'


def utf7(folder: str) -> str:
    return f'"{encode(folder).decode()}"'


def letter(subject: str, **files: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, "vt@so.example", USER
    message.set_content(f"Kính gửi: {subject}")
    for name, content in files.items():
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes(policy=SMTP)


def send(owner: imaplib.IMAP4, *subjects: str, folder: str = "INBOX") -> None:
    for subject in subjects:
        owner.append(utf7(folder), "", "", letter(subject))


def move(owner: imaplib.IMAP4, number: int, to: str) -> None:
    owner.select("INBOX")
    owner.copy(str(number), utf7(to))
    throw_away(owner, str(number))


def throw_away(owner: imaplib.IMAP4, numbers: str) -> None:
    _, (count,) = owner.select("INBOX")
    if count != b"0":
        owner.store(numbers, "+FLAGS", r"\Deleted")
        owner.expunge()


def subjects(house: House) -> list[str]:
    return sorted(subject_in(record.text) for record in house.records().values())


def subject_in(text: str) -> str:
    return text.rsplit("Kính gửi: ", 1)[1].strip()


def test_letters_are_documents_a_second_run_fetches_none_and_nothing_in_the_mailbox_changes(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4
) -> None:
    root = described(folders=BOTH)
    send(owner, "mot", "hai")
    send(owner, "ba", folder=ARCHIVE)

    assert house.index(root).indexed == 3
    assert subjects(house) == ["ba", "hai", "mot"]
    send(owner, "bon")
    before = house.read
    report = house.index(root)
    assert (report.indexed, report.unchanged, house.read - before) == (1, 3, 1)
    assert report.adds_up

    owner.select("INBOX", readonly=True)
    assert owner.search(None, "SEEN") == ("OK", [b""])
    assert owner.search(None, "ALL") == ("OK", [b"1 2 3"])


@pytest.mark.parametrize("tls", ["implicit", "starttls", "none"])
def test_connections_are_made_in_three_ways(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4, server: Dovecot, tls: str
) -> None:
    send(owner, "mot")
    port = server.tls_port if tls == "implicit" else server.port
    assert house.index(described(tls=f'"{tls}"', port=str(port))).indexed == 1


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_not_taken(
    house: House, described: Callable[..., Root], server: Dovecot, tls: str
) -> None:
    port = server.tls_port if tls == "implicit" else server.port
    (error,) = house.index(described(tls=f'"{tls}"', port=str(port), ca_file='""')).errors
    assert "CERTIFICATE_VERIFY_FAILED" in error


def test_a_wrong_password_is_an_error_that_does_not_tell_it(
    house: House, described: Callable[..., Root], caplog: pytest.LogCaptureFixture
) -> None:
    account = described(**{"password_file": '""', "password_env": '"HOM_THU_PASSWORD"'})
    with caplog.at_level("DEBUG"):
        (error,) = house.index(account, environment={"HOM_THU_PASSWORD": "sai-mat-khau"}).errors
    assert "không đăng nhập được" in error
    assert "sai-mat-khau" not in error + caplog.text


def test_a_letter_that_is_moved_stays_one_document(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4
) -> None:
    root = described(folders=BOTH)
    send(owner, "mot", "hai")
    house.index(root)
    before = set(house.records())
    move(owner, 1, ARCHIVE)

    report = house.index(root)

    assert (report.moved, report.deleted, report.adds_up) == (1, 0, True)
    assert set(house.records()) == before
    assert subjects(house) == ["hai", "mot"]


def test_a_folder_that_the_server_numbers_anew_brings_no_second_document(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4
) -> None:
    root = described(folders=BOTH)
    send(owner, "mot", "hai", folder=ARCHIVE)
    house.index(root)
    before = set(house.records())
    owner.rename(utf7(ARCHIVE), "cu")
    owner.create(utf7(ARCHIVE))
    send(owner, "hai", "mot", folder=ARCHIVE)

    assert house.index(root).moved == 2
    assert set(house.records()) == before


def test_a_folder_that_is_not_there_is_a_failure_and_its_letters_are_found_where_they_are(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4
) -> None:
    send(owner, "mot", folder=ARCHIVE)
    house.index(described(folders=BOTH))
    before = set(house.records())
    owner.rename(utf7(ARCHIVE), "2024")

    report = house.index(described(folders=BOTH))
    assert (report.failed, set(house.records())) == (1, before)
    assert [problem.path.rsplit("/", 1)[1] for problem in house.problems()] == [ARCHIVE]

    report = house.index(described(folders='["INBOX", "20%"]'))
    assert (report.moved, report.failed, set(house.records())) == (1, 0, before)
    assert house.problems() == []


def test_a_pattern_reads_every_folder_but_what_was_thrown_away(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4
) -> None:
    send(owner, "mot")
    send(owner, "hai", folder=ARCHIVE)
    owner.create("Trash")
    send(owner, "bo di", folder="Trash")
    assert house.index(described(folders='["*"]')).indexed == 2
    assert house.index(described(folders='["*", "Trash"]')).indexed == 1


def test_letters_that_came_before_a_day_are_not_read(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4
) -> None:
    owner.append("INBOX", "", '"05-Mar-2023 10:00:00 +0700"', letter("cu"))
    owner.append("INBOX", "", '"05-Mar-2024 10:00:00 +0700"', letter("moi"))
    house.index(described(since="2024-01-01"))
    assert subjects(house) == ["moi"]


def test_a_letter_that_is_gone_stays_a_document_unless_the_file_says_otherwise(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4
) -> None:
    send(owner, "mot", "hai")
    house.index(described())
    throw_away(owner, "1")

    report = house.index(described())
    assert (report.deleted, report.errors, subjects(house)) == (0, (), ["hai", "mot"])
    assert house.index(described(delete_gone="true")).deleted == 1
    assert subjects(house) == ["hai"]


def test_a_mailbox_that_is_suddenly_empty_deletes_nothing_unasked(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4
) -> None:
    send(owner, "mot")
    house.index(described())
    throw_away(owner, "1:*")
    assert house.index(described()).errors == ()
    assert len(house.index(described(delete_gone="true")).errors) == 1
    assert subjects(house) == ["mot"]
    assert house.index(described(delete_gone="true"), allow_empty=True).deleted == 1


def test_a_server_that_is_away_deletes_nothing(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4, server: Dovecot
) -> None:
    send(owner, "mot")
    house.index(described())
    wire = CutWire(server.port, 0)
    report = house.index(described(tls='"none"', port=str(wire.port), delete_gone="true"))
    wire.close()
    assert (report.found, report.deleted, len(report.errors)) == (0, 0, 1)
    assert subjects(house) == ["mot"]


def test_what_was_read_before_a_connection_was_lost_stays_and_the_rest_comes_next_time(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4, server: Dovecot
) -> None:
    names = [f"thu {number:02}" for number in range(20)]
    send(owner, *names)
    wire = CutWire(server.port, 5_000)
    report = house.index(described(tls='"none"', port=str(wire.port)))
    wire.close()

    assert 0 < report.indexed < 20
    assert (report.failed, report.adds_up) == (0, True)
    (error,) = report.errors
    assert "mất kết nối" in error
    assert house.problems() == []
    assert house.index(described()).indexed == 20 - report.indexed
    assert subjects(house) == names


def test_a_wire_that_is_cut_anywhere_loses_and_doubles_nothing(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4, server: Dovecot
) -> None:
    names = [f"thu {number:02}" for number in range(8)]
    send(owner, *names)
    chance = random.Random(5)  # noqa: S311 - places to cut, no secret
    for _ in range(12):
        wire = CutWire(server.port, chance.randrange(6_000))
        house.index(described(folders=BOTH, tls='"none"', port=str(wire.port)))
        wire.close()
        move(owner, 1, ARCHIVE) if chance.random() < 0.3 else None
    assert house.index(described(folders=BOTH)).adds_up
    assert subjects(house) == names


def test_a_run_that_is_killed_anywhere_loses_and_doubles_nothing(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4
) -> None:
    root = described(folders=BOTH)
    names = [f"thu {number:02}" for number in range(12)]
    send(owner, *names)
    for lives in (0, 3, 5, 2):
        with contextlib.suppress(Killed):
            house.index(root, lives=lives)
        move(owner, 1, ARCHIVE)
    house.index(root)
    assert subjects(house) == names


def test_a_letter_that_is_too_large_is_not_fetched_and_is_named(
    house: House, described: Callable[..., Root], owner: imaplib.IMAP4, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = 2**20
    monkeypatch.setattr(mailboxes, "FILE_BYTES", limit)
    monkeypatch.setattr(file_limits, "FILE_BYTES", limit)
    owner.append("INBOX", "", "", letter("Bản đồ quy hoạch", ban_do=b"x" * limit))
    send(owner, "mot")

    report = house.index(described())

    assert (report.indexed, report.failed) == (1, 1)
    (problem,) = house.problems()
    assert problem.state is State.FAILED
    assert "“Bản đồ quy hoạch” (thư mục INBOX, UID " in problem.reason
    assert "lớn quá 1 MB" in problem.reason


class TestThroughTheReaders:
    """With the real readers, in worker processes."""

    def test_a_letter_is_the_document_that_it_carries_and_one_that_cannot_be_read_is_named(
        self, tmp_path: Path, described: Callable[..., Root], owner: imaplib.IMAP4
    ) -> None:
        package = qcvn_package({"218.txt": LETTER}).encode()
        locked = b"Subject: Mat\r\nContent-Type: application/pkcs7-mime\r\n\r\nMIIB"
        owner.append("INBOX", "", "", letter("Gửi văn bản", **{"218.edxml": package}))
        owner.append("INBOX", "", "", locked)
        engine, journal = EmbeddedEngine(tmp_path / "home" / "index"), tmp_path / "home" / "journal.sqlite3"

        report = index(engine, journal, [described()], Options(workers=1))

        (record,) = engine.scan(Access.unrestricted())
        assert (record.number, record.subject) == ("218/SKHCN-CĐS", "Phối hợp rà soát hạ tầng & dữ liệu")
        assert record.files[0].media_type == "message/rfc822"
        assert (report.indexed, report.failed) == (1, 1)
        again = retry(engine, journal, Options(workers=1))
        engine.close()
        assert (again.failed, again.errors) == (1, ())
