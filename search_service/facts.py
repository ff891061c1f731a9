"""What a document's page says of its digital signatures, its meeting and its tasks, in Vietnamese."""

from __future__ import annotations

import datetime

from engines.clock import VIETNAM
from engines.record import OfficialDocument
from engines.signatures import LaterChanges, Signature, SignatureStatus, SignatureTrust
from search_service.notation import vietnamese_date
from search_service.tongues.said import Said, joined, terms

SIGNED_TERMS = terms(
    {
        SignatureStatus.INTACT: "Còn nguyên vẹn",
        SignatureStatus.INTACT_PARTLY: "Còn nguyên vẹn, tệp có phần thêm sau",
        SignatureStatus.BROKEN: "Không còn nguyên vẹn",
        SignatureStatus.UNREADABLE: "Không đọc được",
    }
)
_STANDING = terms(
    {
        (SignatureStatus.INTACT, LaterChanges.NONE): "còn nguyên vẹn, phủ toàn bộ tệp",
        (
            SignatureStatus.INTACT_PARTLY,
            LaterChanges.PERMITTED,
        ): "còn nguyên vẹn, sau đó chỉ có thêm những gì được phép (như chữ ký sau)",
        (
            SignatureStatus.INTACT_PARTLY,
            LaterChanges.OTHER,
        ): "còn nguyên vẹn, nhưng tệp đã được thêm hoặc sửa sau khi ký",
        (SignatureStatus.BROKEN, LaterChanges.NONE): "không còn nguyên vẹn: tệp không phải là tệp đã ký",
        (SignatureStatus.UNREADABLE, LaterChanges.NONE): "không đọc được",
    }
)
_TRUST = terms(
    {
        SignatureTrust.TRUSTED: "chứng thư do nơi tin cậy cấp",
        SignatureTrust.UNTRUSTED: "chứng thư không do nơi tin cậy cấp",
    }
)


def signature_fact(signature: Signature) -> str:
    """`Nguyễn Văn A, Sở Nội vụ, 08:15 12/03/2024, còn nguyên vẹn, phủ toàn bộ tệp`: in Vietnam's time zone."""
    moment = signature.signed_at and _in_vietnam(signature.signed_at)
    at = f"{moment:%H:%M} {vietnamese_date(moment)}" if moment else ""
    stamped = Said("{at} (dấu thời gian)", at=at) if at and signature.timestamped else at
    standing = _STANDING.get((signature.status, signature.changes), SIGNED_TERMS[signature.status])
    parts = (signature.signer, signature.body, stamped, standing, _TRUST.get(signature.trust, ""))
    return joined(", ", filter(None, parts))


def _in_vietnam(moment: datetime.datetime) -> datetime.datetime:
    try:
        return moment.astimezone(VIETNAM)
    except OverflowError:  # on the calendar's first or last day
        return moment


def meeting_fact(record: OfficialDocument) -> str:
    """`08:00, 15/08/2023 – 17/08/2023`; empty where a document invites to nothing."""
    if record.meeting is None:
        return ""
    days = " – ".join(vietnamese_date(day) for day in (record.meeting, record.meeting_end) if day)
    return ", ".join(filter(None, (record.meeting_time, days)))
