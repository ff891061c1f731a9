"""How the API says where a document's values come from."""

from __future__ import annotations

from typing import Annotated, NotRequired, cast

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from engines.origins import OriginKind
from engines.record import OfficialDocument

ORIGINS = "Nguồn gốc của từng giá trị: tên trường → nguồn gốc"
RECOGNISED = "Các trang có chữ do máy nhận dạng từ ảnh (OCR), đếm từ 0"


@with_config(ConfigDict(extra="forbid"))
class OriginJson(TypedDict):
    """Một giá trị đến từ đâu, và chắc đến mức nào."""

    kind: Annotated[
        OriginKind,
        Field(
            description="Ai cho biết: bản ghi gửi đến (record), sổ (register), gói edXML (package), chính tệp (file), "
            "văn bản kèm thư (mail), đọc từ toàn văn (text), đọc từ bản quét (ocr)"
        ),
    ]
    certainty: Annotated[
        float,
        Field(ge=0, le=1, description="Phần giá trị đúng trong những giá trị đọc được như vậy; 1 là được cho biết sẵn"),
    ]
    span: NotRequired[
        Annotated[
            list[int],
            Field(
                min_length=2,
                max_length=2,
                description="[đầu, cuối) trong `text`: chỗ có giá trị, hoặc chỗ cho biết giá trị",
            ),
        ]
    ]


def origins_json(record: OfficialDocument) -> dict[str, OriginJson]:
    """The origins of a record's values as the API gives them."""
    return {name: cast(OriginJson, origin.to_mapping()) for name, origin in record.origins.items()}
