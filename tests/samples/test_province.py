"""The province is one world: numbers, citations, offices and terms of office agree from document to document."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict

import pytest

from samples.source import Source, read_sources

SOURCES = read_sources()
CODES = {
    "HỘI ĐỒNG NHÂN DÂN": "HĐND",
    "ỦY BAN NHÂN DÂN": "UBND",
    "VĂN PHÒNG": "VP",
    "THANH TRA TỈNH": "TTT",
    "SỞ NỘI VỤ": "SNV",
    "SỞ TÀI CHÍNH": "STC",
    "SỞ XÂY DỰNG": "SXD",
    "SỞ Y TẾ": "SYT",
    "SỞ KHOA HỌC VÀ CÔNG NGHỆ": "SKHCN",
    "SỞ THÔNG TIN VÀ TRUYỀN THÔNG": "STTTT",
    "SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG": "STNMT",
    "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG": "SNNMT",
    "SỞ GIÁO DỤC VÀ ĐÀO TẠO": "SGDĐT",
    "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH": "SVHTTDL",
}
MERGED_OFFICES = datetime.date(2025, 3, 1)
TWO_LEVELS = datetime.date(2025, 7, 1)
CITATION = re.compile(r"số (\d+/[\w/&-]*\w) ngày (\d+) tháng (\d+) năm (\d{4})")
ANY_CITATION = re.compile(r"(?<=số )\d+/[\w/&-]*\w")
NATIONAL = re.compile(r"NĐ-CP|TT-B|/QH")

each_source = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)


def series(source: Source) -> str:
    """The register that a number comes from: each type has its own, and so have letters and normative documents."""
    if source.is_letter:
        return "letters"
    return re.sub(r"^\d+/", "", source.number.replace(f"/{source.issued.year}/", "/normative "))


def words(source: Source) -> str:
    return " ".join([source.subject, *source.grounds, source.body])


@each_source
def test_the_number_carries_its_issuers_code(source: Source) -> None:
    code = next(code for name, code in CODES.items() if source.issuer.startswith(name))
    place = 0 if source.is_letter else -1

    assert source.number.split("/")[-1].split("-")[place] == code


def test_numbers_grow_within_a_year() -> None:
    registers = defaultdict(list)
    for source in SOURCES.values():
        registers[source.issuer, source.issued.year, series(source)].append(source)

    assert max(map(len, registers.values())) >= 6
    for register in registers.values():
        register.sort(key=lambda source: source.issued)
        figures = [int(source.number.split("/")[0]) for source in register]
        assert figures == sorted(set(figures))


@each_source
def test_a_citation_gives_the_date_that_its_document_bears(source: Source) -> None:
    dates = defaultdict(set)
    for other in SOURCES.values():
        dates[other.number].add(other.issued)

    for number, day, month, year in CITATION.findall(words(source)):
        if not NATIONAL.search(number):
            date = datetime.date(int(year), int(month), int(day))
            assert date in dates[number]
            assert date < source.issued


@each_source
def test_whatever_is_cited_is_cited_with_its_date(source: Source) -> None:
    text = words(source)

    assert {number for number, *_ in CITATION.findall(text)} == set(ANY_CITATION.findall(text))


def test_many_documents_cite_and_some_are_cited_more_than_once() -> None:
    own = {source.number for source in SOURCES.values()}
    cited = Counter(number for source in SOURCES.values() for number in set(ANY_CITATION.findall(words(source))) & own)

    assert len(cited) >= 25
    assert cited.most_common(1)[0][1] >= 3


@each_source
def test_only_an_office_that_existed_signs(source: Source) -> None:
    if re.search("HUYỆN|THÀNH PHỐ", source.issuer):
        assert source.issued < TWO_LEVELS
    if re.match("ỦY BAN NHÂN DÂN (XÃ|PHƯỜNG)", source.issuer):
        assert source.issued >= TWO_LEVELS
    if "NÔNG NGHIỆP VÀ MÔI TRƯỜNG" in source.issuer:
        assert source.issued >= MERGED_OFFICES
    if re.search("TÀI NGUYÊN|TRUYỀN THÔNG", source.issuer):
        assert source.issued < MERGED_OFFICES


def test_the_provinces_chairmen_follow_one_another() -> None:
    terms = defaultdict(list)
    for source in SOURCES.values():
        if source.issuer == "ỦY BAN NHÂN DÂN TỈNH VÂN SƠN" and source.signature[-2] == "CHỦ TỊCH":
            terms[source.signature[-1]].append(source.issued)

    assert max(terms["Nguyễn Hữu Thắng"]) < TWO_LEVELS <= min(terms["Trần Quốc Bảo"])
    assert len(terms) == 2


@each_source
def test_a_chairmans_decision_is_not_signed_for_the_committee(source: Source) -> None:
    if source.authority.startswith("CHỦ TỊCH"):
        assert not source.signature[0].startswith("TM.")
    elif source.authority and "NHÂN DÂN" in source.authority and source.type == "Quyết định":
        assert source.signature[0].startswith("TM.")


@each_source
def test_each_ground_ends_with_a_semicolon_and_the_last_with_a_full_stop(source: Source) -> None:
    ends = [ground[-1] for ground in source.grounds]

    assert ends in ([], [*";" * (len(ends) - 1), "."])


def test_no_paragraph_stands_in_two_documents() -> None:
    paragraphs = Counter(
        paragraph
        for source in SOURCES.values()
        for paragraph in {" ".join(part.split()) for part in re.split(r"\n\s*\n", source.body)}
        if len(paragraph) > 60
    )

    assert [paragraph for paragraph, count in paragraphs.items() if count > 1] == []
