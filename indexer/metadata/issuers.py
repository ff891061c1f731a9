"""Names of issuing bodies (cơ quan ban hành), from the capitals of a heading to one spelling that facets can count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.normalize import canonical
from indexer.metadata.casing import VOWEL
from indexer.metadata.misreadings import differ_by_one, is_syllable, key, nearest, parted

# How a body's name begins; longer ones first. What follows begins with a capital (Bộ Tài chính), except after those
# of `_COMMON`, where only a place's name does (Ủy ban nhân dân tỉnh Bắc Ninh).
_KINDS = (
    "đoàn đại biểu quốc hội",
    "bộ chỉ huy quân sự",
    "liên đoàn lao động",
    "tổng công ty",
    "ủy ban thường vụ quốc hội",
    "ủy ban mặt trận tổ quốc",
    "viện kiểm sát nhân dân",
    "hội đồng nhân dân",
    "hội đồng thẩm phán",
    "ủy ban nhân dân",
    "tòa án nhân dân",
    "chủ tịch nước",
    "bảo hiểm xã hội",
    "kho bạc nhà nước",
    "kiểm toán nhà nước",
    "ngân hàng nhà nước",
    "thủ tướng chính phủ",
    "thanh tra chính phủ",
    "văn phòng chính phủ",
    "văn phòng quốc hội",
    "hội liên hiệp phụ nữ",
    "hội nông dân",
    "hội cựu chiến binh",
    "hội chữ thập đỏ",
    "hội đồng",
    "bộ chính trị",
    "nhà xuất bản",
    "hợp tác xã",
    "bệnh viện",
    "học viện",
    "đại học",
    "tập đoàn",
    "công an",
    "tỉnh ủy",
    "thành ủy",
    "huyện ủy",
    "quận ủy",
    "thị ủy",
    "tỉnh đoàn",
    "thành đoàn",
    "huyện đoàn",
    "ngân hàng",
    "hiệp hội",
    "đảng ủy",
    "đảng bộ",
    "ủy ban",
    "trung tâm",
    "tổng cục",
    "chi cục",
    "chi nhánh",
    "chính phủ",
    "quốc hội",
    "thanh tra",
    "văn phòng",
    "ban chỉ đạo",
    "ban quản lý",
    "công ty",
    "trường",
    "thuế",
    "đoàn",
    "hội",
    "cục",
    "viện",
    "phòng",
    "ban",
    "bộ",
    "sở",
    "vụ",
)
_COMMON = frozenset({"hội đồng nhân dân", "ủy ban nhân dân", "tòa án nhân dân", "viện kiểm sát nhân dân"})
# Named after a place and nothing else: Tỉnh ủy Bắc Ninh.
_OF_PLACES = frozenset(
    {"tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy", "tỉnh đoàn", "thành đoàn", "huyện đoàn"}
)
# Named after persons, places and goods, which only their own texts write as they are.
_OWN_NAMES = frozenset(
    {"trường", "đại học", "học viện", "bệnh viện", "công ty", "tổng công ty", "tập đoàn", "chi nhánh"}
)
_OF_WHAT_KIND = re.compile(
    r"^(?:trường (?:thpt|thcs|tiểu học|mầm non|mẫu giáo|trung học phổ thông|trung học cơ sở|đại học|cao đẳng)"
    r"|bệnh viện (?:đa khoa|hữu nghị|chuyên khoa)"
    r"|(?:tổng )?công ty (?:cổ phần|cp|(?:tnhh|trách nhiệm hữu hạn)(?: mtv| một thành viên)?))(?= )"
)
# Parts of a body that every such body has; what they are of stands above.
_PARTS = frozenset(
    {
        *("văn phòng", "ủy ban kiểm tra", "ban thường trực", "ban thường vụ", "ban tổ chức", "ban tuyên giáo"),
        *("ban tuyên giáo và dân vận", "ban dân vận", "ban nội chính", "ban kinh tế", "ban xây dựng đảng"),
    }
)
_PLACES_MISREAD = ("tỉnh", "thành", "huyện", "phường")
_OPEN_KINDS = _COMMON | {
    *("bộ", "sở", "cục", "ban", "vụ", "viện", "trung tâm", "tổng cục", "chi cục"),
    *("hội đồng", "ủy ban", "công an", "đại học"),
}
# Short kinds only where their letters are right: `SỐ` is no sở.
_KIND_BY_KEY = {key(kind): kind for kind in _KINDS if " " in kind}
_UNMARKED_KINDS = {key(kind): kind for kind in ("bộ", "sở", "cục", "viện", "phòng", "thuế", "trường")}
_LONGEST_KIND = max(len(kind.split()) for kind in _KINDS)
_PLACES = frozenset({"tỉnh", "phố", "huyện", "quận", "xã", "phường", "trấn", "khu"})
# Bodies of the state whose abbreviation stands in a number; names as their own documents have them.
_BY_CODE = {
    "QH": "Quốc hội",
    "UBTVQH": "Ủy ban thường vụ Quốc hội",
    "CTN": "Chủ tịch nước",
    "CP": "Chính phủ",
    "TTG": "Thủ tướng Chính phủ",
    "VPCP": "Văn phòng Chính phủ",
    "TTCP": "Thanh tra Chính phủ",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
    "KTNN": "Kiểm toán nhà nước",
    "TANDTC": "Tòa án nhân dân tối cao",
    "VKSTC": "Viện kiểm sát nhân dân tối cao",
    "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
    "UBDT": "Ủy ban Dân tộc",
    "BCA": "Bộ Công an",
    "BCT": "Bộ Công Thương",
    "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BGTVT": "Bộ Giao thông vận tải",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BNG": "Bộ Ngoại giao",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BNV": "Bộ Nội vụ",
    "BQP": "Bộ Quốc phòng",
    "BTC": "Bộ Tài chính",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BTP": "Bộ Tư pháp",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BXD": "Bộ Xây dựng",
    "BYT": "Bộ Y tế",
}
# Names within names, with the commas and hyphens that a heading's broken lines lose: a Sở has its Bộ's.
_PROPER = tuple(
    (re.compile(r"(?<=\s)" + r"[\s,–-]+".join(re.findall(r"\w+", proper)) + r"(?!\w)", re.IGNORECASE), proper)
    for proper in (
        "Việt Nam",
        "Nhà nước",
        "Chính phủ",
        "Quốc hội",
        "Hồ Chí Minh",
        "Chính trị",
        "Liên hiệp Phụ nữ",
        "Nông dân",
        "Cựu chiến binh",
        *(name.removeprefix("Bộ ") for name in _BY_CODE.values() if name.startswith("Bộ ")),
    )
)
_BODIES_OF_PLACES = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
_IN_NUMBER = re.compile(r"^[\d.]+\w?[/-](?P<year>\d{4}[/-])?(?P<first>[^\W\d_]+)\d*(?:[-/](?P<second>[^\W\d_]+))?")
_JOINT_NUMBER = re.compile(r"/TTLT[-/](?P<codes>.+)$")
_JOINTLY = re.compile(
    r"\s[-–]\s(?=(?:bộ|tòa án|viện kiểm sát|ngân hàng nhà nước|thanh tra chính phủ|tổng liên đoàn)\s)"
)
_OFFICE = re.compile(
    r"^(?:bộ trưởng|thống đốc|tổng thanh tra|chánh án|viện trưởng|chủ tịch)"
    r" (?=bộ|ngân hàng|thanh tra|tòa|viện|ủy|ubnd|hội đồng|hđnd|quốc hội)"
)
# How a subject begins: no body's name holds such a verb.
_SUBJECT = re.compile(
    r"\s+(?:quy định|ban hành|hướng dẫn|phê duyệt|sửa đổi|bãi bỏ|thay thế|công bố|thông báo|điều chỉnh|kiện toàn"
    r"|ủy quyền|căn cứ|về việc|v/v|số \d+\s?[/-])(?!\w).*$"
)
_LOST_WORD = re.compile(r"^ban nhân dân (?=tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)")
_ROMAN = re.compile(r"[ivx]+")
_PLACE_OF = re.compile(r"(?:tỉnh|thành phố)\s+\S.*$")
_COMMITTEE_OF = re.compile(r"^(?:ubnd|ủy ban nhân dân)\s+(?P<place>\S.*)$")
_LOOKED_AT = 20_000
_PROVINCIAL = ("sở", "văn phòng", "thanh tra", "ban quản lý", "trung tâm")


def issuer_of_heading(lines: Sequence[str]) -> str:
    """The issuing body in the left column of a heading, or an empty string.

    Args:
        lines: The column's lines, which may be broken anywhere: `ỦY BAN NHÂN`, `DÂN`, `TỈNH BẮC NINH`. With a superior
            body above, the issuer is the last (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II.2).
    """
    bodies = _bodies(lines)
    if not bodies:
        return ""
    issuer, superior = bodies[-1], bodies[-2] if len(bodies) > 1 else ""
    if issuer in _PARTS and superior:
        return f"{display_name(issuer)} {display_name(superior.removeprefix('ban chấp hành '))}"
    if issuer.startswith("phòng ") and superior:
        committee = _COMMITTEE_OF.match(superior)
        if committee is None and superior.startswith("công an"):
            return f"{display_name(issuer)} {display_name(superior)}"
        if committee and committee["place"] not in issuer:
            issuer = f"{issuer} {committee['place']}"
    place = _PLACE_OF.search(superior)
    if place and issuer.startswith(_PROVINCIAL) and not _PLACE_OF.search(issuer):
        # Every province has a Sở Nội vụ.
        issuer = f"{issuer.removesuffix(' tỉnh')} {superior if issuer == 'văn phòng' else place.group()}"
    return ", ".join(map(display_name, _JOINTLY.split(issuer)))


def begins_body(line: str) -> bool:
    """Whether a line in sentence case begins with what bodies are called: `Ủy ban nhân dân`, `Sở Nội vụ`."""
    return line[:1].isupper() and bool(_kind(canonical_name(line)))


def as_written(name: str, text: str) -> str:
    """The name of a school, hospital or company as a text writes it in small letters: which words of it are names.

    Args:
        name: As `issuer_of_heading` gives it. Other bodies have one spelling everywhere and keep it.
        text: The document's text; only its beginning is looked at.
    """
    if _kind(name.lower()) not in _OWN_NAMES:
        return name
    found = re.finditer(re.escape(name), text[:_LOOKED_AT], re.IGNORECASE)
    return next((written for match in found if not (written := match.group()).isupper()), name)


def issuer_of_number(number: str, *, normative: bool = False) -> str:
    """The body of the state whose abbreviation stands in a number: `12/2025/TT-BTC`, `11583/VPCP-CN`; else empty.

    Args:
        number: The number.
        normative: Look only at numbers with a year, which legal normative documents have. Elsewhere an abbreviation
            may stand for some other body.
    """
    if joint := _JOINT_NUMBER.search(number):
        names = [_BY_CODE.get(code.upper(), "") for code in re.split("[-/]", joint["codes"])]
        return ", ".join(names) if all(names) else ""
    symbol = _IN_NUMBER.match(number)
    if symbol is None or (normative and not symbol["year"]):
        return ""
    first, second = symbol["first"].upper(), (symbol["second"] or "").upper()
    return _BY_CODE.get(first, "") or _BY_CODE.get(second, "")


def issuer_of_title(name: str, number: str) -> str:
    """The issuer that a portal's title names; `tỉnh Nghệ An` is its committee or council, as the number says."""
    place = _PLACE_OF.match(canonical_name(name))
    body = next((body for code, body in _BODIES_OF_PLACES.items() if code in number.upper()), "")
    return display_name(f"{body} {name}" if place and body else name)


def canonical_name(name: str) -> str:
    """A name in lower case, each syllable in its one spelling."""
    return " ".join(_canonical_words(name))


def display_name(name: str) -> str:
    """A body's name as sentences write it: `ỦY BAN NHÂN DÂN TỈNH BẮC NINH` → `Ủy ban nhân dân tỉnh Bắc Ninh`."""
    name = _OFFICE.sub("", _SUBJECT.sub("", _respelled(canonical_name(name))))
    name = re.sub(r"^ubnd\b", "ủy ban nhân dân", re.sub(r"^hđnd\b", "hội đồng nhân dân", name))
    kind = _kind(name)
    words = kind.split()
    capital = kind not in _COMMON
    in_place = kind in _OF_PLACES
    if of_kind := _OF_WHAT_KIND.match(name):
        first, *others = of_kind.group().removeprefix(kind).split()
        words += [_spelled(first, capital=True), *(_spelled(word, capital=False) for word in others)]
    # Of a name that nobody wrote in small letters, each word may be one of a place or person.
    in_place = in_place or kind in _OWN_NAMES
    for word in name.split()[len(words) :]:
        words.append(_spelled(word, capital or in_place))
        in_place = (in_place or word in _PLACES) and not word.endswith(",")
        capital = word in {"và", "-", "–"} or word.endswith(",")
    joined = " ".join(words)
    for pattern, proper in _PROPER:
        joined = pattern.sub(proper, joined)
    return joined[:1].upper() + joined[1:]


def _bodies(lines: Sequence[str]) -> list[str]:
    """The bodies that a column names, one above the other, in lower case."""
    bodies: list[str] = []
    for line in lines:
        words = _OFFICE.sub("", _respelled(parted(_kind_apart(canonical_name(line)))))
        if not words:
            continue
        starts = bool(_kind(words)) or words.startswith(("ubnd", "hđnd", "liên "))
        if bodies and (not starts or _is_incomplete(bodies[-1])):
            bodies[-1] = f"{bodies[-1]} {words}"
        elif starts or not bodies:
            bodies.append(words)
    bodies = [_OFFICE.sub("", _respelled(body)) for body in bodies]
    return [body for body in bodies if _kind(body) or body.startswith(("ubnd", "hđnd"))]


def _kind_apart(name: str) -> str:
    """`cụchải quan` → `cục hải quan`: a kind's only syllable apart from the one that a scan joined to it."""
    first, _, rest = name.partition(" ")
    kinds = (kind for kind in _KINDS if " " not in kind and first.startswith(kind) and is_syllable(first[len(kind) :]))
    kind = "" if is_syllable(first) else next(kinds, "")
    return f"{kind} {first[len(kind) :]} {rest}".rstrip() if kind else name


def _respelled(name: str) -> str:
    """A name whose first words, that say what kind of body it is, lost a mark, a letter or a word in a scan."""
    name = _LOST_WORD.sub("ủy ban nhân dân ", name)
    words = name.split()
    if len(words) > 1 and words[0] in _UNMARKED_KINDS:
        return " ".join((_UNMARKED_KINDS[words[0]], *words[1:]))
    tried = range(min(len(words), _LONGEST_KIND), 1, -1)
    kind = next((kind for count in tried if (kind := nearest(" ".join(words[:count]), _KIND_BY_KEY))), "")
    if not kind:
        return name
    rest = " ".join(words[len(kind.split()) :])
    return f"{kind} {_place_respelled(rest) if kind in _COMMON else rest}".rstrip()


def _place_respelled(name: str) -> str:
    """`tỉmh vân sơn` → `tỉnh vân sơn`: what a people's committee is of, which is a place and named so."""
    if name.startswith(tuple(_PLACES)):
        return name
    first, _, rest = name.partition(" ")
    near = [place for place in _PLACES_MISREAD if differ_by_one(key(first), key(place))] if rest else []
    return f"{near[0]} {rest}" if len(near) == 1 else name


def _is_incomplete(body: str) -> bool:
    """Whether a body's name goes on in the next line whatever stands there: `ỦY BAN`, `BỘ`, `… TỈNH`, `… VÀ`."""
    if body.startswith("chủ tịch "):
        body = body.removeprefix("chủ tịch ")
    if body in _OPEN_KINDS:
        return True
    if body in _KINDS:
        return False
    partial = any(kind.startswith(f"{body} ") and " " in kind for kind in _KINDS)
    return partial or body.split()[-1] in {*_PLACES, "và", "-", "thành"}


def _kind(name: str) -> str:
    return next((kind for kind in _KINDS if name == kind or name.startswith(f"{kind} ")), "")


def _canonical_words(name: str) -> list[str]:
    return [canonical(word) or word for word in name.strip(" *_-.:").split()]


def _spelled(word: str, capital: bool) -> str:
    if _ROMAN.fullmatch(word) or (not VOWEL.search(word) and word.isalpha()):
        return word.upper()
    return word.capitalize() if capital and word not in {"và", "thành", *_PLACES} else word
