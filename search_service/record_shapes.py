"""The shapes of a record in the API's JSON, as it is given and as it is sent, and of its parts."""

from __future__ import annotations

from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from engines.copies import CopyKind
from engines.relations import RelationKind
from engines.signatures import LaterChanges, SignatureStatus, SignatureTrust
from search_service.origin_shapes import ORIGINS, RECOGNISED, OriginJson

_EXACT = ConfigDict(extra="forbid")


@with_config(_EXACT)
class SourceFileJson(TypedDict):
    """Một tệp của văn bản."""

    path: Annotated[str, Field(description="Nơi tệp nằm trong nguồn của nó")]
    media_type: Annotated[str, Field(description="Kiểu nội dung")]
    sha256: Annotated[str, Field(description="Dấu SHA-256 của nội dung, hệ 16")]


@with_config(_EXACT)
class CopyJson(TypedDict):
    """Một bản khác của văn bản: chính nó cũng là một văn bản, đọc được ở mã của nó."""

    id: Annotated[str, Field(description="Mã của bản này")]
    source: Annotated[str, Field(description="Nguồn; rỗng là không rõ")]
    files: Annotated[list[SourceFileJson], Field(description="Các tệp của bản này")]
    kind: Annotated[CopyKind, Field(description="`copy`: bản khác của cùng văn bản; `draft`: dự thảo của nó")]
    subject: NotRequired[Annotated[str, Field(description="Trích yếu theo bản này, khi nó ghi khác bản đại diện")]]


@with_config(_EXACT)
class SignatureJson(TypedDict):
    """Một chữ ký số. Trường vắng mặt là không rõ."""

    signer: NotRequired[Annotated[str, Field(description="Người hoặc cơ quan ký, theo chứng thư số")]]
    body: NotRequired[Annotated[str, Field(description="Cơ quan của người ký, đơn vị gần nhất trước")]]
    signed_at: NotRequired[
        Annotated[str, Field(description="Thời điểm ký, kèm múi giờ", json_schema_extra={"format": "date-time"})]
    ]
    timestamped: NotRequired[
        Annotated[bool, Field(description="Thời điểm ấy do dấu thời gian xác nhận, không phải đồng hồ của máy ký")]
    ]
    status: Annotated[
        SignatureStatus,
        Field(
            description="Còn nguyên vẹn và phủ toàn bộ tệp (intact); còn nguyên vẹn, nhưng tệp được thêm sau khi ký "
            "(intact_partly); tệp không còn như lúc ký (broken); không đọc được (unreadable)"
        ),
    ]
    changes: NotRequired[
        Annotated[
            LaterChanges,
            Field(description="Phần thêm sau khi ký: không có, chỉ những gì chữ ký cho phép như chữ ký sau, hay khác"),
        ]
    ]
    trust: NotRequired[
        Annotated[
            SignatureTrust,
            Field(
                description="Chứng thư có dẫn đến chứng thư gốc mà cơ sở tin không; unknown nếu cơ sở không chỉ ra. "
                "Không kiểm tra thu hồi"
            ),
        ]
    ]


@with_config(_EXACT)
class TaskJson(TypedDict):
    """Một việc được giao."""

    who: Annotated[list[str], Field(description="Những cơ quan được giao")]
    what: Annotated[str, Field(description="Việc, cắt bớt nếu dài")]
    due: NotRequired[Annotated[str, Field(description="Hạn", json_schema_extra={"format": "date"})]]
    start: Annotated[int, Field(description="Vị trí bắt đầu của đoạn giao việc trong `text`", ge=0)]
    end: Annotated[int, Field(description="Vị trí kết thúc", ge=0)]


@with_config(_EXACT)
class RecordJson(TypedDict):
    """Thông tin của một văn bản. Trường vắng mặt là không rõ."""

    id: Annotated[str, Field(description="Mã, ổn định qua các lần lập chỉ mục")]
    number: NotRequired[Annotated[str, Field(description="Số, ký hiệu", examples=["15/2021/QĐ-UBND"])]]
    type: NotRequired[Annotated[str, Field(description="Tên loại", examples=["Quyết định"])]]
    subject: NotRequired[Annotated[str, Field(description="Trích yếu")]]
    issuer: NotRequired[Annotated[str, Field(description="Cơ quan ban hành")]]
    place: NotRequired[Annotated[str, Field(description="Địa danh")]]
    issued: NotRequired[Annotated[str, Field(description="Ngày ban hành", json_schema_extra={"format": "date"})]]
    signer: NotRequired[Annotated[str, Field(description="Người ký")]]
    signer_title: NotRequired[Annotated[str, Field(description="Chức vụ của người ký")]]
    signing: NotRequired[Annotated[str, Field(description="Quyền hạn ký", examples=["KT. Chủ tịch"])]]
    urgency: NotRequired[Annotated[str, Field(description="Độ khẩn")]]
    secrecy: NotRequired[Annotated[str, Field(description="Độ mật")]]
    recipients: NotRequired[Annotated[list[str], Field(description="Nơi nhận")]]
    direction: NotRequired[Annotated[str, Field(description="Đến, đi, nội bộ")]]
    arrival_number: NotRequired[Annotated[str, Field(description="Số đến")]]
    arrived: NotRequired[Annotated[str, Field(description="Ngày đến", json_schema_extra={"format": "date"})]]
    register: NotRequired[Annotated[str, Field(description="Sổ đăng ký")]]
    due: NotRequired[Annotated[str, Field(description="Hạn xử lý", json_schema_extra={"format": "date"})]]
    meeting: NotRequired[
        Annotated[str, Field(description="Ngày họp, ngày đầu nếu nhiều ngày", json_schema_extra={"format": "date"})]
    ]
    meeting_end: NotRequired[
        Annotated[str, Field(description="Ngày họp cuối, nếu nhiều ngày", json_schema_extra={"format": "date"})]
    ]
    meeting_time: NotRequired[Annotated[str, Field(description="Giờ họp", examples=["08:00"])]]
    meeting_place: NotRequired[Annotated[str, Field(description="Địa điểm họp")]]
    subject_field: NotRequired[Annotated[str, Field(description="Lĩnh vực")]]
    cites: NotRequired[Annotated[list[str], Field(description="Số, ký hiệu các văn bản được dẫn")]]
    source: NotRequired[Annotated[str, Field(description="Nguồn")]]
    files: NotRequired[Annotated[list[SourceFileJson], Field(description="Các tệp của văn bản")]]
    signatures: NotRequired[Annotated[list[SignatureJson], Field(description="Chữ ký số trong các tệp ấy")]]
    copy_of: NotRequired[Annotated[str, Field(description="Mã của bản đại diện, khi văn bản này là một bản khác")]]
    draft_of: NotRequired[Annotated[str, Field(description="Mã của văn bản mà văn bản này là dự thảo")]]


@with_config(_EXACT)
class RelationJson(TypedDict):
    """Một văn bản được dẫn, và quan hệ với nó. Trường vắng mặt là không rõ."""

    kind: Annotated[
        RelationKind,
        Field(
            description="Văn bản dẫn làm gì với văn bản được dẫn: thay thế, bãi bỏ, sửa đổi hoặc bãi bỏ một phần, "
            "trả lời, thực hiện, hướng dẫn thi hành, lấy làm căn cứ, hay chỉ dẫn chiếu"
        ),
    ]
    number: Annotated[str, Field(description="Số, ký hiệu của văn bản được dẫn")]
    type: NotRequired[Annotated[str, Field(description="Tên loại của văn bản được dẫn")]]
    issuer: NotRequired[Annotated[str, Field(description="Cơ quan ban hành văn bản được dẫn")]]
    issued: NotRequired[
        Annotated[str, Field(description="Ngày ban hành của văn bản được dẫn", json_schema_extra={"format": "date"})]
    ]


@with_config(_EXACT)
class SentRecordJson(TypedDict, total=False):
    """Một bản ghi gửi lên. Trường vắng mặt thì được đọc từ `text`."""

    id: Annotated[str, Field(description="Nếu có thì phải là mã trong địa chỉ")]
    number: Annotated[str, Field(description="Số, ký hiệu", examples=["15/2021/QĐ-UBND"])]
    type: Annotated[str, Field(description="Tên loại", examples=["Quyết định"])]
    subject: Annotated[str, Field(description="Trích yếu")]
    issuer: Annotated[str, Field(description="Cơ quan ban hành")]
    place: Annotated[str, Field(description="Địa danh")]
    issued: Annotated[str, Field(description="Ngày ban hành", json_schema_extra={"format": "date"})]
    signer: Annotated[str, Field(description="Người ký")]
    signer_title: Annotated[str, Field(description="Chức vụ của người ký")]
    signing: Annotated[str, Field(description="Quyền hạn ký", examples=["KT. Chủ tịch"])]
    urgency: Annotated[str, Field(description="Độ khẩn")]
    secrecy: Annotated[str, Field(description="Độ mật")]
    recipients: Annotated[list[str], Field(description="Nơi nhận")]
    direction: Annotated[str, Field(description="Đến, đi, nội bộ")]
    arrival_number: Annotated[str, Field(description="Số đến")]
    arrived: Annotated[str, Field(description="Ngày đến", json_schema_extra={"format": "date"})]
    register: Annotated[str, Field(description="Sổ đăng ký")]
    due: Annotated[str, Field(description="Hạn xử lý", json_schema_extra={"format": "date"})]
    meeting: Annotated[str, Field(description="Ngày họp", json_schema_extra={"format": "date"})]
    meeting_end: Annotated[str, Field(description="Ngày họp cuối", json_schema_extra={"format": "date"})]
    meeting_time: Annotated[str, Field(description="Giờ họp", examples=["08:00"])]
    meeting_place: Annotated[str, Field(description="Địa điểm họp")]
    tasks: Annotated[list[TaskJson], Field(description="Việc được giao")]
    subject_field: Annotated[str, Field(description="Lĩnh vực")]
    cites: Annotated[list[str], Field(description="Số, ký hiệu các văn bản được dẫn")]
    relations: Annotated[list[RelationJson], Field(description="Các văn bản được dẫn và quan hệ")]
    text: Annotated[str, Field(description="Toàn văn")]
    pages: Annotated[list[int], Field(description="Vị trí bắt đầu của từng trang trong `text`")]
    recognised: Annotated[list[int], Field(description=RECOGNISED)]
    origins: Annotated[dict[str, OriginJson], Field(description=f"{ORIGINS}; vắng mặt thì là `record`")]
    source: Annotated[str, Field(description="Nguồn; vắng mặt thì là “api”")]
    files: Annotated[list[SourceFileJson], Field(description="Các tệp của văn bản")]
    signatures: Annotated[list[SignatureJson], Field(description="Chữ ký số trong các tệp ấy")]
    access: Annotated[list[str], Field(description="Ai được xem; vắng mặt là mọi người", examples=[["unit:stttt"]])]


@with_config(_EXACT)
class BulkResultJson(TypedDict):
    """Kết quả của một dòng gửi lên."""

    line: Annotated[int, Field(description="Dòng thứ mấy của nội dung gửi lên, từ 1", ge=1)]
    id: Annotated[str | None, Field(description="Mã văn bản; null nếu dòng không cho biết")]
    outcome: Annotated[
        Literal["created", "replaced", "unchanged", "deleted", "failed"],
        Field(description="Mới, thay bản trước, vẫn như trước, đã xóa, hay không nhận được"),
    ]
    problem: NotRequired[Annotated[str, Field(description="Vì sao không nhận được")]]
