"""Settings: `TRACUU_` variables of the environment, and one TOML file beneath them."""

from __future__ import annotations

import difflib
import os
import re
import sys
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from analyzers.abbreviations import Definition, InvalidList, read_list

PREFIX = "TRACUU_"
CONFIG = f"{PREFIX}CONFIG"
# Names with the prefix that are not the program's: what the tests run against.
_TESTS = f"{PREFIX}TEST_"


class BadSettings(Exception):
    """A setting cannot be used; the message names each and what is allowed, in Vietnamese, and shows no secret."""


class EngineName(StrEnum):
    """Where the index is."""

    EMBEDDED = "embedded"
    ELASTICSEARCH = "elasticsearch"


class OriginalsPolicy(StrEnum):
    """What becomes of the files that documents came in."""

    KEEP = "keep"
    REFER = "refer"


def _default_home() -> Path:
    """Where programs keep their data on this system: XDG Base Directory, Windows' and Apple's own rules."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "tracuu"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "tracuu"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "tracuu"


_Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
_ORIGINS = r"^(\*|https?://[^\s,/]+(\s*,\s*https?://[^\s,/]+)*)$"
_TOKEN = re.compile(r"[!-~]+")


class Settings(BaseSettings):
    """Every setting. The description of each says what is allowed; it is what a user reads when one is wrong."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="forbid", frozen=True, hide_input_in_errors=True
    )

    engine: EngineName = Field(EngineName.EMBEDDED, description="“embedded” hoặc “elasticsearch”")
    home: Path = Field(
        default_factory=_default_home, description="thư mục giữ chỉ mục và sổ, chương trình ghi được vào đó"
    )
    originals: OriginalsPolicy = Field(
        OriginalsPolicy.REFER,
        description="“keep” (giữ một bản của mọi tệp gốc trong TRACUU_HOME) hoặc “refer” (chỉ ghi nhớ chỗ của tệp)",
    )
    cache_mb: int = Field(
        1024, ge=0, le=1_048_576, description="số MB mà ảnh trang đã vẽ được chiếm trong TRACUU_HOME, từ 0 (không giữ)"
    )
    elasticsearch_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s,]+(\s*,\s*https?://[^\s,]+)*$",
        description="địa chỉ http:// hoặc https:// của Elasticsearch, nhiều địa chỉ thì cách nhau bằng dấu phẩy",
    )
    elasticsearch_api_key: SecretStr | None = Field(None, description="khóa API của Elasticsearch")
    elasticsearch_user: str | None = Field(None, description="tên người dùng Elasticsearch")
    elasticsearch_password: SecretStr | None = Field(None, description="mật khẩu của người dùng Elasticsearch")
    elasticsearch_ca_cert: Path | None = Field(
        None, description="tệp chứng thư của nơi cấp chứng thư cho Elasticsearch, phải có thật"
    )
    elasticsearch_prefix: _Name = Field(
        "tracuu", description="chữ thường, chữ số, “-” và “_”: phần đầu tên mọi chỉ mục trong Elasticsearch"
    )
    host: str = Field("127.0.0.1", min_length=1, description="địa chỉ mà dịch vụ nghe, như 127.0.0.1 hoặc 0.0.0.0")
    port: int = Field(8000, ge=0, le=65535, description="số nguyên từ 0 đến 65535 (0: cổng trống bất kỳ)")
    workers: int | None = Field(None, ge=1, le=256, description="số tiến trình đọc văn bản, từ 1 đến 256")
    abbreviations: Path | None = Field(
        None, description="tệp chữ viết tắt của cơ quan, mỗi dòng như “TTHC = thủ tục hành chính”"
    )
    signature_roots: Path | None = Field(
        None, description="tệp PEM có chứng thư gốc của các nơi cấp chứng thư số mà cơ sở tin"
    )
    api_token: SecretStr | None = Field(
        None,
        min_length=16,
        description="mã bí mật, ít nhất 16 ký tự ASCII, không có dấu cách; có mã này thì API mới nhận ghi và xóa",
    )

    cors_origins: str | None = Field(
        None,
        pattern=_ORIGINS,
        description="địa chỉ gốc của những trang được gọi API từ trình duyệt, như https://dichvucong.example.vn, nhiều "
        "địa chỉ thì cách nhau bằng dấu phẩy; “*” là mọi trang",
    )

    embed_origins: str | None = Field(
        None,
        pattern=_ORIGINS,
        description="địa chỉ gốc của những trang được đặt ô tìm kiếm, như https://cong.example.vn, nhiều địa chỉ thì "
        "cách nhau bằng dấu phẩy; “*” là mọi trang",
    )

    @field_validator("api_token")
    @classmethod
    def _can_stand_in_a_header(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("token")
        return token

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment stands above the file, which is given as keyword arguments."""
        return env_settings, init_settings

    @model_validator(mode="after")
    def _belong_together(self) -> Settings:
        if self.engine is EngineName.ELASTICSEARCH and self.elasticsearch_url is None:
            raise ValueError(f"{PREFIX}ELASTICSEARCH_URL phải có khi {PREFIX}ENGINE là “elasticsearch”")
        if (self.elasticsearch_user is None) != (self.elasticsearch_password is None):
            raise ValueError(f"{PREFIX}ELASTICSEARCH_USER và {PREFIX}ELASTICSEARCH_PASSWORD phải đi cùng nhau")
        if self.elasticsearch_user is not None and self.elasticsearch_api_key is not None:
            raise ValueError(
                f"chỉ được đặt một trong hai: {PREFIX}ELASTICSEARCH_API_KEY, hoặc "
                f"{PREFIX}ELASTICSEARCH_USER cùng {PREFIX}ELASTICSEARCH_PASSWORD"
            )
        if self.elasticsearch_ca_cert is not None and not self.elasticsearch_ca_cert.is_file():
            raise ValueError(f"{PREFIX}ELASTICSEARCH_CA_CERT: không có tệp {self.elasticsearch_ca_cert}")
        return self

    @model_validator(mode="after")
    def _abbreviations_can_be_read(self) -> Settings:
        self.own_abbreviations()
        return self

    @model_validator(mode="after")
    def _signature_roots_can_be_read(self) -> Settings:
        self.trusted_roots()
        return self

    def own_abbreviations(self) -> tuple[Definition, ...]:
        """The installation's own abbreviations, read from the file that `abbreviations` names.

        Raises:
            BadSettings: The file is not there, is not UTF-8, or has a line that cannot be read.
        """
        if self.abbreviations is None:
            return ()
        try:
            return read_list(self.abbreviations.read_text(encoding="utf-8"))
        except OSError as error:
            problem = f"không đọc được: {error.strerror}"
        except UnicodeDecodeError:
            problem = "không phải văn bản UTF-8"
        except InvalidList as error:
            problem = str(error)
        raise BadSettings(f"{PREFIX}ABBREVIATIONS: tệp {self.abbreviations}, {problem}.")

    def trusted_roots(self) -> tuple[bytes, ...]:
        """Certificates of the authorities that digital signatures are trusted from, in DER.

        Raises:
            BadSettings: The file that `signature_roots` names is not there, or holds no certificates in PEM.
        """
        if self.signature_roots is None:
            return ()
        # Loaded here: nearly every start has no use for it.
        from cryptography.hazmat.primitives.serialization import Encoding
        from cryptography.x509 import load_pem_x509_certificates

        try:
            certificates = load_pem_x509_certificates(self.signature_roots.read_bytes())
            return tuple(certificate.public_bytes(Encoding.DER) for certificate in certificates)
        except OSError as error:
            problem = f"không đọc được: {error.strerror}"
        except ValueError:
            problem = "không có chứng thư nào dạng PEM (-----BEGIN CERTIFICATE-----), hoặc có chứng thư hỏng"
        raise BadSettings(f"{PREFIX}SIGNATURE_ROOTS: tệp {self.signature_roots}, {problem}.")

    @property
    def index_directory(self) -> Path:
        """Where the embedded engine keeps its index."""
        return self.home / "index"

    @property
    def cache_directory(self) -> Path:
        """Where pictures of pages are kept; it may be removed at any time."""
        return self.home / "cache"

    @property
    def journal(self) -> Path:
        """The journal of this engine's index."""
        name = "" if self.engine is EngineName.EMBEDDED else f"-{self.engine}-{self.elasticsearch_prefix}"
        return self.home / f"journal{name}.sqlite3"


def origins(setting: str | None) -> tuple[str, ...]:
    """The origins that a setting lists."""
    return tuple(origin.strip() for origin in (setting or "").split(",") if origin.strip())


def load_settings(config: Path | None = None) -> Settings:
    """Read all settings.

    Args:
        config: The TOML file; without it, the one that `TRACUU_CONFIG` names, if any. Its keys are the variables'
            names without the prefix, in lower case.

    Raises:
        BadSettings: See there.
    """
    named = os.environ.get(CONFIG)
    file = config or (Path(named) if named else None)
    values = _read_file(file) if file else {}
    problems = [*_unknown_variables(), *_unknown_keys(values, file)]
    if problems:
        raise BadSettings("\n".join(problems))
    try:
        return Settings(**values)
    except ValidationError as error:
        raise BadSettings("\n".join(_explain(error, values, file))) from None


def _read_file(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadSettings(f"Không đọc được tệp cài đặt {file}: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(f"Tệp cài đặt {file} không phải TOML hợp lệ: {error}.") from error


def _unknown_variables() -> Iterable[str]:
    allowed = [CONFIG, *(PREFIX + name.upper() for name in Settings.model_fields)]
    for name in sorted(os.environ):
        if name.upper().startswith(PREFIX) and not name.upper().startswith(_TESTS) and name.upper() not in allowed:
            yield f"Biến môi trường {name} không có nghĩa gì. {_did_you_mean(name.upper(), allowed)}"


def _unknown_keys(values: dict[str, Any], file: Path | None) -> Iterable[str]:
    allowed = list(Settings.model_fields)
    for name in sorted(values.keys() - set(allowed)):
        yield f"Mục “{name}” trong {file} không có nghĩa gì. {_did_you_mean(name, allowed)}"


def _did_you_mean(name: str, allowed: list[str]) -> str:
    near = difflib.get_close_matches(name, allowed, n=1)
    hint = f"Có phải {near[0]}? " if near else ""
    return f"{hint}Được phép: {', '.join(allowed)}."


def _explain(error: ValidationError, values: dict[str, Any], file: Path | None) -> Iterable[str]:
    environment = EnvSettingsSource(Settings)()
    for problem in error.errors(include_input=False, include_url=False):
        if not problem["loc"]:
            yield str(problem["ctx"]["error"]) + "."
            continue
        name = str(problem["loc"][0])
        where = f" (mục “{name}” trong {file})" if name in values and name not in environment else ""
        yield f"{PREFIX}{name.upper()}{where} không dùng được. Được phép: {Settings.model_fields[name].description}."
