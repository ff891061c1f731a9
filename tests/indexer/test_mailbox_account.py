"""The TOML file of a mailbox: what may stand in it, and what is said of what may not."""

import contextlib
import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.described import BadDescription, Description, Kind, read_description, root_of
from indexer.mailbox.account import Account, Tls, read_account
from indexer.sources import DEFAULT_SOURCE

LEAST = 'host = "mail.example"\nuser = "van-thu"\npassword_env = "HOM_THU_PASSWORD"\n'


def read(directory: Path, values: str) -> Account:
    file = directory / "hom-thu.toml"
    file.write_text("[mailbox]\n" + values, encoding="utf-8")
    return read_account(read_description(str(file)))


def reason(directory: Path, values: str) -> str:
    with pytest.raises(BadDescription) as bad:
        read(directory, values)
    return str(bad.value)


def test_what_is_left_out_is_the_safe_choice(tmp_path: Path) -> None:
    account = read(tmp_path, LEAST)
    assert (account.tls, account.port, account.folders) == (Tls.IMPLICIT, 993, ("INBOX",))
    assert (account.since, account.delete_gone) == (None, False)


def test_everything_that_may_be_said(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("-")
    account = read(
        tmp_path,
        'host = "mail.example"\ntls = "starttls"\nca_file = "ca.pem"\nuser = "van-thu"\npassword_file = "mat-khau"\n'
        'folders = ["INBOX", "Công văn/*"]\nsince = 2024-01-31\nsource = "hom-thu"\ndelete_gone = true\n',
    )
    assert (account.port, account.ca_file) == (143, tmp_path / "ca.pem")
    assert (account.folders, account.since) == (("INBOX", "Công văn/*"), datetime.date(2024, 1, 31))
    assert root_of(tmp_path / "hom-thu.toml", None).source == "hom-thu"
    assert root_of(tmp_path / "hom-thu.toml", "khac").source == "khac"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ('user = "a"\npassword_env = "B"\n', "bảng [mailbox]: khóa “host” còn thiếu"),
        (LEAST + 'password = "x"\n', "khóa không có: “password”. Được phép: host, port"),
        (LEAST + 'password_file = "x"\n', "đúng một trong hai"),
        ('host = "a"\nuser = "a"\n', "đúng một trong hai"),
        (LEAST + 'tls = "ssl"\n', "implicit, starttls, none"),
        (LEAST + 'tls = "none"\n', "chỉ được dùng với máy chủ trên chính máy này"),
        (LEAST + "port = 0\n", "từ 1 đến 65535"),
        (LEAST + "port = true\n", "từ 1 đến 65535"),
        (LEAST + 'since = "2024-01-31"\n', "ngày không có ngoặc kép"),
        (LEAST + "since = 2024-01-31T10:00:00\n", "ngày không có ngoặc kép"),
        (LEAST + "folders = []\n", "danh sách tên thư mục"),
        (LEAST + 'delete_gone = "true"\n', "true hoặc false"),
        (LEAST + 'ca_file = "khong-co.pem"\n', "không có tệp"),
        (LEAST + "source = 3\n", "khóa “source” phải là chuỗi"),
    ],
)
def test_a_wrong_value_is_named_with_what_is_allowed(tmp_path: Path, values: str, said: str) -> None:
    assert said in reason(tmp_path, values)


VALUES = st.text() | st.integers() | st.booleans() | st.dates() | st.lists(st.text()) | st.just({})


@given(table=st.dictionaries(st.sampled_from(["host", "user", "password_env", "tls", "port", "folders"]), VALUES))
def test_any_table_is_an_account_or_a_message(table: dict[str, object]) -> None:
    with contextlib.suppress(BadDescription):
        read_account(Description("hom-thu.toml", Kind.MAILBOX, table))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_a_server_on_this_machine_may_be_plain(tmp_path: Path, host: str) -> None:
    values = f'host = "{host}"\ntls = "none"\nuser = "a"\npassword_env = "B"\n'
    assert read(tmp_path, values).tls is Tls.NONE


@pytest.mark.parametrize("content", ["", "[khac]\n", "[mailbox]\n[khac]\n", "mailbox = 3\n", "[mailbox", b"\xff"])
def test_a_file_without_the_one_table_describes_nothing(tmp_path: Path, content: str | bytes) -> None:
    file = tmp_path / "a.toml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(BadDescription, match=r"a\.toml"):
        read_description(str(file))
    assert root_of(file, None).source == DEFAULT_SOURCE


def test_a_table_says_of_which_kind_a_source_is(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    file.write_text("[mailbox]\n")
    assert read_description(str(file)).kind is Kind.MAILBOX


def test_a_password_is_read_when_it_is_needed(tmp_path: Path) -> None:
    account = read(tmp_path, 'host = "a"\nuser = "a"\npassword_file = "mat-khau"\n')
    with pytest.raises(BadDescription, match="mat-khau"):
        account.password({})
    (tmp_path / "mat-khau").write_text("mật khẩu\n", encoding="utf-8")
    assert account.password({}) == "mật khẩu"

    account = read(tmp_path, LEAST)
    with pytest.raises(BadDescription, match="HOM_THU_PASSWORD"):
        account.password({})
    assert account.password({"HOM_THU_PASSWORD": "bí mật"}) == "bí mật"
    assert "bí mật" not in repr(account)
