"""Abbreviations that everybody in an office types, for questions; the search's own list is not looked at."""

from __future__ import annotations

from analyzers.folding import fold

_LONG_FORMS = {
    "ủy ban nhân dân": "UBND",
    "hội đồng nhân dân": "HĐND",
    "thủ tục hành chính": "TTHC",
    "bảo hiểm xã hội": "BHXH",
    "bảo hiểm y tế": "BHYT",
    "công nghệ thông tin": "CNTT",
    "cơ sở dữ liệu": "CSDL",
    "ngân sách nhà nước": "NSNN",
    "ngân hàng nhà nước": "NHNN",
    "kho bạc nhà nước": "KBNN",
    "giá trị gia tăng": "GTGT",
    "thu nhập cá nhân": "TNCN",
    "thu nhập doanh nghiệp": "TNDN",
    "an toàn thực phẩm": "ATTP",
    "khoa học và công nghệ": "KHCN",
    "giáo dục và đào tạo": "GDĐT",
    "nông nghiệp và môi trường": "NNMT",
    "tài nguyên và môi trường": "TNMT",
    "giao thông vận tải": "GTVT",
    "phòng cháy chữa cháy": "PCCC",
    "quy phạm pháp luật": "QPPL",
    "trung học phổ thông": "THPT",
    "hợp tác xã": "HTX",
    "khu công nghiệp": "KCN",
    "sở hữu trí tuệ": "SHTT",
    "thành phố": "TP",
}

SHORT_FORMS = {tuple(long.split()): short for long, short in _LONG_FORMS.items()}
"""Long form, as canonical syllables, to its abbreviation."""

_FOLDED = {fold(short): fold(long) for long, short in _LONG_FORMS.items()}


def long_forms(syllables: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    """Where long forms stand among canonical syllables: the place of each one's first syllable, and the long form."""
    return [
        (start, long)
        for long in SHORT_FORMS
        for start in range(len(syllables) - len(long) + 1)
        if syllables[start : start + len(long)] == long
    ]


def written_out(folded: str) -> str:
    """A folded syllable, or the long form that it abbreviates: `ubnd` gives `uy ban nhan dan`."""
    return _FOLDED.get(folded, folded)
