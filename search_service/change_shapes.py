"""The shape of the API's JSON for the feed of changes."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from search_service.record_shapes import RecordJson

_EXACT = ConfigDict(extra="forbid")


@with_config(_EXACT)
class ChangeJson(TypedDict):
    """Thay đổi cuối cùng của một văn bản."""

    id: Annotated[str, Field(description="Mã văn bản")]
    change: Annotated[
        Literal["indexed", "deleted"],
        Field(description="`indexed`: mới hoặc đã đổi; `deleted`: không còn, hoặc bạn không còn quyền xem"),
    ]
    at: Annotated[str, Field(description="Thời điểm ghi vào sổ", json_schema_extra={"format": "date-time"})]
    document: NotRequired[
        Annotated[
            RecordJson, Field(description="Thông tin hiện có của văn bản, không kèm toàn văn; vắng mặt khi đã xóa")
        ]
    ]


@with_config(_EXACT)
class ChangesJson(TypedDict):
    """Các thay đổi, cũ trước."""

    changes: Annotated[
        list[ChangeJson],
        Field(
            description="Mỗi văn bản một lần, ở thay đổi cuối cùng của nó; có thể ít hơn `size`, kể cả rỗng, khi "
            "`has_more` vẫn là true, vì văn bản không được xem thì không nêu"
        ),
    ]
    next: Annotated[str, Field(description="Giá trị “cursor” của lần hỏi sau, kể cả khi chưa còn thay đổi nào")]
    has_more: Annotated[bool, Field(description="Có còn thay đổi nào sau những thay đổi này không")]
