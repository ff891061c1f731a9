"""What a run did, in numbers that add up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """The sums of one run: `found == indexed + unchanged + failed`, unless it was interrupted.

    Attributes:
        found: Items seen: files, and records in JSON Lines.
        indexed: Items whose documents were brought into the index, or found there already equal after a run that was
            cut off.
        unchanged: Items that the index held as they are.
        failed: Items that are not in the index, or not as they are now; `tracuu failures` names each.
        moved: Among `indexed`: files found in another place, which kept their document's id.
        noted: Among `indexed`: documents that the operator should know something of, as that they hold no text.
        deleted: Documents taken out of the index because their file or line is gone.
        skipped: Suffix to the number of files that cannot hold a document.
        waiting: Files left for another run because somebody is still writing to them; they are not among `found`.
        errors: What kept a whole path from being looked at.
        interrupted: Whether the run was asked to stop before its end.
        seconds: How long it took.
    """

    found: int = 0
    indexed: int = 0
    unchanged: int = 0
    failed: int = 0
    moved: int = 0
    noted: int = 0
    deleted: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    waiting: int = 0
    errors: tuple[str, ...] = ()
    interrupted: bool = False
    seconds: float = 0.0

    @property
    def adds_up(self) -> bool:
        """Whether every item that was found ended as one of the three."""
        return self.found == self.indexed + self.unchanged + self.failed

    @property
    def changed(self) -> bool:
        """Whether the run did anything."""
        return bool(self.indexed or self.deleted or self.errors)

    def sentence(self) -> str:
        """The sums in one Vietnamese sentence."""
        parts = [
            f"{_number(self.indexed)} lập chỉ mục" + (f" ({_number(self.moved)} đổi chỗ)" if self.moved else ""),
            f"{_number(self.unchanged)} không đổi",
            f"{_number(self.failed)} lỗi",
        ]
        text = f"Tìm thấy {_number(self.found)} văn bản: {', '.join(parts)}. Xóa {_number(self.deleted)}."
        if self.noted:
            text += f" {_number(self.noted)} văn bản có lưu ý."
        if self.waiting:
            text += f" {_number(self.waiting)} tệp còn đang được ghi, để lần sau."
        if self.skipped:
            kinds = ", ".join(f"{suffix or 'không đuôi'} {_number(n)}" for suffix, n in sorted(self.skipped.items()))
            text += f" Bỏ qua {_number(sum(self.skipped.values()))} tệp không phải văn bản ({kinds})."
        return text


def _number(value: int) -> str:
    """With dots between thousands, as Vietnamese writes them."""
    return f"{value:,}".replace(",", ".")
