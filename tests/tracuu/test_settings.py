"""Settings: what is read from where, and what a user reads when one is wrong."""

import os
from pathlib import Path

import pytest

from tests.indexer.signed_pdf import authority
from tracuu.settings import BadSettings, EngineName, load_settings


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("TRACUU_"):
            monkeypatch.delenv(name)


def message() -> str:
    with pytest.raises(BadSettings) as caught:
        load_settings()
    return str(caught.value)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_without_any_setting_the_index_is_embedded_and_lies_where_programs_keep_data(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    settings = load_settings()
    assert settings.engine is EngineName.EMBEDDED
    assert settings.home == tmp_path / "tracuu"


def test_the_environment_stands_above_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = write(tmp_path / "tracuu.toml", 'port = 1\nhost = "a.vn"\n')
    monkeypatch.setenv("TRACUU_PORT", "2")
    settings = load_settings(file)
    assert (settings.port, settings.host) == (2, "a.vn")


def test_the_file_may_be_named_by_a_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRACUU_CONFIG", str(write(tmp_path / "tracuu.toml", "port = 1\n")))
    assert load_settings().port == 1


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACUU_ELASTICSEARCH_API_KEY", "")
    monkeypatch.setenv("TRACUU_PORT", "")
    assert load_settings().elasticsearch_api_key is None


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("ENGINE", "tantivy", "“embedded” hoặc “elasticsearch”"),
        ("ORIGINALS", "copy", "“keep”"),
        ("PORT", "80000", "từ 0 đến 65535"),
        ("PORT", "http", "từ 0 đến 65535"),
        ("WORKERS", "0", "từ 1 đến 256"),
        ("ELASTICSEARCH_URL", "localhost:9200", "http://"),
        ("ELASTICSEARCH_PREFIX", "Tra Cứu", "chữ thường"),
    ],
)
def test_a_bad_value_is_told_by_the_settings_name_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, allowed: str
) -> None:
    monkeypatch.setenv(f"TRACUU_{name}", value)
    assert f"TRACUU_{name} " in message()
    assert allowed in message()


def test_own_abbreviations_are_read_from_the_file_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert load_settings().own_abbreviations() == ()
    file = write(tmp_path / "viet-tat.txt", "KSTT = kiểm soát thủ tục\n")
    monkeypatch.setenv("TRACUU_ABBREVIATIONS", str(file))
    assert [definition.keyword for definition in load_settings().own_abbreviations()] == ["kstt=kiểm soát thủ tục"]


def test_abbreviations_that_cannot_be_read_are_told_with_file_line_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "viet-tat.txt"
    monkeypatch.setenv("TRACUU_ABBREVIATIONS", str(file))
    assert message().startswith(f"TRACUU_ABBREVIATIONS: tệp {file}, không đọc được: ")
    file.write_bytes(b"\xff")
    assert message() == f"TRACUU_ABBREVIATIONS: tệp {file}, không phải văn bản UTF-8."
    write(file, "KSTT = kiểm soát thủ tục\nKSTT\n")
    assert "dòng 2: thiếu dấu “=”. Được phép: “TTHC = thủ tục hành chính”" in message()


def test_trusted_roots_are_read_from_the_file_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert load_settings().trusted_roots() == ()
    file = tmp_path / "goc.pem"
    file.write_bytes(authority().root_pem)
    monkeypatch.setenv("TRACUU_SIGNATURE_ROOTS", str(file))
    assert load_settings().trusted_roots() == (authority().root,)


def test_roots_that_cannot_be_read_are_told_with_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "goc.pem"
    monkeypatch.setenv("TRACUU_SIGNATURE_ROOTS", str(file))
    assert message().startswith(f"TRACUU_SIGNATURE_ROOTS: tệp {file}, không đọc được: ")
    write(file, "không phải chứng thư")
    assert "không có chứng thư nào dạng PEM" in message()


def test_a_bad_value_in_the_file_is_told_with_the_file(tmp_path: Path) -> None:
    file = write(tmp_path / "tracuu.toml", "port = -1\n")
    with pytest.raises(BadSettings, match=r"TRACUU_PORT \(mục “port” trong .*tracuu\.toml\)"):
        load_settings(file)


def test_a_misspelt_variable_is_told_with_the_nearest_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACUU_ELASTICSEARCH_ULR", "http://a:9200")
    assert "TRACUU_ELASTICSEARCH_ULR" in message()
    assert "Có phải TRACUU_ELASTICSEARCH_URL?" in message()


def test_a_misspelt_key_is_told_with_the_nearest_name(tmp_path: Path) -> None:
    file = write(tmp_path / "tracuu.toml", 'hme = "a"\n')
    with pytest.raises(BadSettings, match=r"“hme”.*Có phải home\?"):
        load_settings(file)


@pytest.mark.parametrize("text", ["port = ", "\xff"])
def test_a_file_that_is_not_toml_is_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "tracuu.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(BadSettings, match="TOML"):
        load_settings(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="Không đọc được"):
        load_settings(tmp_path / "nowhere.toml")


def test_elasticsearch_needs_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACUU_ENGINE", "elasticsearch")
    assert "TRACUU_ELASTICSEARCH_URL" in message()


@pytest.mark.parametrize("names", [("USER",), ("PASSWORD",), ("USER", "PASSWORD", "API_KEY")])
def test_credentials_belong_together_and_are_never_shown(
    monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...]
) -> None:
    for name in names:
        monkeypatch.setenv(f"TRACUU_ELASTICSEARCH_{name}", "bi-mat")
    assert f"TRACUU_ELASTICSEARCH_{names[0]}" in message()
    assert "bi-mat" not in message()


def test_secrets_are_not_in_what_is_printed_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACUU_ELASTICSEARCH_API_KEY", "bi-mat")
    assert "bi-mat" not in repr(load_settings())


@pytest.mark.parametrize("token", ["ngan", "có dấu thì không được", "co dau cach thi khong duoc"])
def test_a_token_that_cannot_guard_anything_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("TRACUU_API_TOKEN", token)
    with pytest.raises(BadSettings, match=r"TRACUU_API_TOKEN không dùng được\. Được phép: mã bí mật") as caught:
        load_settings()
    assert token not in str(caught.value)


def test_every_setting_says_what_is_allowed() -> None:
    from tracuu.settings import Settings

    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_each_index_has_a_journal_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACUU_HOME", "/h")
    embedded = load_settings().journal
    monkeypatch.setenv("TRACUU_ENGINE", "elasticsearch")
    monkeypatch.setenv("TRACUU_ELASTICSEARCH_URL", "http://a:9200")
    first = load_settings().journal
    monkeypatch.setenv("TRACUU_ELASTICSEARCH_PREFIX", "khac")
    assert len({embedded, first, load_settings().journal}) == 3
