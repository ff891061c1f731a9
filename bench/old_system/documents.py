"""Documents of the invented province: the samples again, with other numbers, days, subjects, signers and paragraphs."""

from __future__ import annotations

import dataclasses
import datetime
import random
import re
from collections.abc import Callable
from functools import partial

from analyzers.numbers import whole_key
from samples.source import Source, read_sources

YEARS = range(2018, 2024)

_FIGURE = re.compile(r"^\d+")
_YEAR_IN_NUMBER = re.compile(r"(?<=/)20\d\d(?=/)")
_LARGEST_FIGURE = 4_000
_AMBIGUOUS = ("Thư công",)  # whose numbers say TC, which is thông cáo in Nghị định 30/2020/NĐ-CP, Phụ lục III
_KEPT = ("#", "|", "Điều ")
_SHARE_OF_OTHERS = 0.7
_PLACES = (
    *("xã Thượng Lâm", "xã Đông Khê", "xã Nậm Khê", "phường Vân Bình", "huyện Đông Khê", "thành phố Vân Bình"),
    *("cụm công nghiệp Vân Bình", "khu tái định cư Co Mạ", "các xã vùng cao", "thị trấn Đông Khê"),
)
_OCCASIONS = ("đợt 1", "đợt 2", "đợt 3", "quý I", "quý II", "quý III", "quý IV", "6 tháng đầu năm", "giai đoạn 2")
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ", "Vũ", "Lò", "Quàng", "Nông", "Hà", "Lý")
_MIDDLES = ("Văn", "Thị", "Đức", "Quốc", "Xuân", "Thị Thanh", "Minh", "Hữu", "Khánh", "Thị Hồng", "Công")
_GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hạnh", "Hòa", "Khôi", "Liên", "Mạnh", "Nga", "Oanh", "Phúc", "Quý")


def invent(count: int, chance: random.Random) -> list[Source]:
    """So many documents; no two have one number or one subject, whatever their issuer and year.

    Offices do share numbers. Here a number has to name one document, so that a search by it has one right answer.
    """
    samples = [sample for sample in read_sources().values() if sample.type not in _AMBIGUOUS]
    numbers, subjects = set[str](), set[str]()
    found = []
    for at in range(count):
        sample = samples[at % len(samples)]
        issued = _day(chance)
        number = _another(partial(_number, sample.number, issued.year, chance), numbers)
        subject = _another(partial(_subject, sample.subject, issued.year, chance), subjects)
        found.append(
            dataclasses.replace(
                sample,
                number=number,
                issued=issued,
                subject=subject,
                body=_body(sample.body, chance),
                signature=(*sample.signature[:-1], _name(chance)),
            )
        )
    return found


def _another(make: Callable[[], str], given: set[str]) -> str:
    while (made := make()) in given or whole_key(made) in given:
        pass
    given |= {made, whole_key(made) or made}
    return made


def _number(number: str, year: int, chance: random.Random) -> str:
    return _YEAR_IN_NUMBER.sub(str(year), _FIGURE.sub(f"{chance.randint(1, _LARGEST_FIGURE):02}", number))


def _subject(subject: str, year: int, chance: random.Random) -> str:
    return f"{subject} tại {chance.choice(_PLACES)}, {chance.choice(_OCCASIONS)} năm {year}"


def _body(body: str, chance: random.Random) -> str:
    blocks = re.split(r"\n\s*\n", body.strip())
    kept = [block for block in blocks[1:] if block.startswith(_KEPT) or chance.random() < _SHARE_OF_OTHERS]
    contact = f"Đầu mối liên hệ: đồng chí {_name(chance)}, điện thoại 09{chance.randrange(10**8):08}."
    return "\n\n".join([blocks[0], *kept, contact])


def _day(chance: random.Random) -> datetime.date:
    first, last = datetime.date(YEARS[0], 1, 2), datetime.date(YEARS[-1], 12, 30)
    return first + datetime.timedelta(days=chance.randrange((last - first).days))


def _name(chance: random.Random) -> str:
    return f"{chance.choice(_FAMILIES)} {chance.choice(_MIDDLES)} {chance.choice(_GIVEN)}"
