"""TCVN3, VNI and VIQR become Unicode wherever they occur; Unicode stays as it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.legacy import decode_legacy, to_unicode
from analyzers.legacy.tables import TABLES, Legacy
from analyzers.normalize import normalize
from bench.legacy_writing import written_in
from tests.analyzers.texts import MANY_TEXTS, TEXTS

EVERY = pytest.mark.parametrize("legacy", list(Legacy), ids=lambda legacy: legacy.name)

SENTENCES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Theo đề nghị của Giám đốc Sở Giao thông vận tải và Chủ tịch các huyện miền núi,",
    "Điều 1. Phê duyệt kế hoạch sửa chữa những cây cầu đã hỏng nặng ở huyện Đắk Mil (có phụ lục kèm theo);",
    "Nguồn vốn: ngân sách tỉnh 70 %, phần còn lại do các xã tự huy động, không được thu thêm của người nghèo;",
    "Kính gửi: Ông Nguyễn Văn Tất, phó trưởng phòng Nội vụ, quỹ khuyến học, ủy viên thường trực",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 27/2004/QĐ-UB về việc bổ nhiệm kế toán trưởng kỳ họp thứ bảy",
    "Mỗi hộ được mượn một chiếc xuồng, trả lại trước rằm tháng bảy, hư thì sửa, mất thì đền",
)
SYLLABLES = [
    "đi" if letter == "đ" else f"m{letter}" if letter in "ýỳỷỹỵ" else f"m{letter}n"
    for letter in TABLES[Legacy.TCVN3].values()
    if letter.islower()
]
OTHER_LANGUAGES = (
    "Le préfet a décidé à Orléans que les élèves français, déjà inscrits à l'école, où qu'ils soient, ont un prêt.",
    "Für die Straßenbäume müssen die größeren Städte überall höhere Gebühren zahlen; das ändert sich nächstes Jahr.",
    "På måndag får vi så många bär; på lördag går båten från Malmö till Åbo, och så är allt över.",
    "Não é só isso: as eleições são às três, até amanhã de manhã, e o coração da nação está lá.",
    "El señor Núñez vivió años aquí; mañana el niño irá a España según el boletín.",
    "We're sure that it's fine, aren't you? He said: 'no.' I'll go. Is it a. or b.? So... (e.g. p. 5, i.e. there)",
)
NOT_LEGACY = (
    "uy ban nhan dan tinh quang tri. de nghi cac so, nganh cho y kien? gui ve so noi vu. xin cam on!",
    "Liên hệ: van.a+b@sotttt.gov.vn hoặc https://example.vn/a'b?c=o.k&u+v, ĐT (0233) 3.852.123",
    "a. b? e. o? (xem Phụ lục^1) ghi chú a^2 + b^2 = c^2; hàm mũ e^x, a^n, 2^10; chọn a, b hay c?",
    "if (a^b) { o+=u+1; e.a = i.o ? u : y; } // C++, g++ -o a.out && ./a.out",
    "§ 12 · mục 3 · 25°C · 1½ m² · © 2020 Bộ Tài chính® · «Đề án» · 5 µm · ¼ · n° 7 · chú thích¹ ² ³",
    "Nguyễn Thị Müller-Gärtner, São Tomé, Côte d’Ivoire, Château Mouton, Đà Nẵng, Zürich, Malmö, Curaçao",
)


@EVERY
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_line_by_itself(sentence: str, legacy: Legacy) -> None:
    assert to_unicode(written_in(sentence, legacy)) == sentence


@EVERY
@settings(deadline=None)
@given(lines=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=8))
def test_what_was_written_is_read_back(lines: list[str], legacy: Legacy) -> None:
    text = "\n".join(lines)

    assert to_unicode(written_in(text, legacy)) == text


@EVERY
@settings(deadline=None)
@given(
    lines=st.lists(st.tuples(st.sampled_from(SENTENCES), st.booleans()), min_size=1, max_size=8),
    mark=st.sampled_from("\n\t"),
)
def test_a_part_of_a_document(lines: list[tuple[str, bool]], mark: str, legacy: Legacy) -> None:
    given_text = mark.join(written_in(line, legacy) if is_legacy else line for line, is_legacy in lines)

    assert to_unicode(given_text) == mark.join(line for line, _ in lines)


@settings(deadline=None)
@given(lines=st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from([None, *Legacy])), max_size=6))
def test_several_encodings_in_one_document(lines: list[tuple[str, Legacy | None]]) -> None:
    given_text = "\n".join(written_in(line, legacy) if legacy else line for line, legacy in lines)

    assert to_unicode(given_text) == "\n".join(line for line, _ in lines)


@EVERY
@pytest.mark.parametrize("syllable", SYLLABLES)
def test_every_small_letter(syllable: str, legacy: Legacy) -> None:
    before, after = SENTENCES[0], SENTENCES[1]
    line = f"{before} ({syllable}, 3 {syllable}) {after}"

    assert to_unicode(written_in(line, legacy)) == line


@EVERY
def test_a_short_line_goes_with_its_neighbours(legacy: Legacy) -> None:
    lines = [SENTENCES[0], "Số 5", "Tờ trình", "x", SENTENCES[1]]

    assert to_unicode(written_in("\n".join(lines), legacy)) == "\n".join(lines)


@pytest.mark.parametrize("short", ["Sè 5", "Soá 5", "So^' 5", "Tê tr×nh", "®", "Quaän 3"])
def test_a_short_line_in_a_document_of_unicode_stays(short: str) -> None:
    text = "\n".join([SENTENCES[0], short, SENTENCES[1]])

    assert to_unicode(text) is text


@pytest.mark.parametrize("text", [*SENTENCES, *TEXTS, *OTHER_LANGUAGES, *NOT_LEGACY])
def test_what_is_not_legacy_comes_back_itself(text: str) -> None:
    assert to_unicode(text) is text


@settings(deadline=None)
@given(st.lists(st.sampled_from([*SENTENCES, *OTHER_LANGUAGES, *NOT_LEGACY]), max_size=6).map("\n".join))
def test_nor_do_such_texts_together_become_legacy(text: str) -> None:
    assert to_unicode(text) is text


@settings(deadline=None)
@given(st.one_of(MANY_TEXTS, st.text("aeouydĐ^(+'`?~.\\\u00ad\u00ae\u00a9\u00f9\u00ef\u00e4 \n\t", max_size=60)))
def test_any_text_is_read_and_keeps_its_lines_and_words(text: str) -> None:
    read = to_unicode(text)

    assert read.count("\n") == text.count("\n")
    assert len(read.split()) == len(text.split())


@EVERY
def test_legacy_text_comes_out_in_nfc(legacy: Legacy) -> None:
    read = to_unicode(written_in("\n".join(SENTENCES), legacy))

    assert normalize(read) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("CéNG HßA X· HéI CHñ NGHÜA VIÖT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("ñY BAN NH¢N D¢N TØNH", "ỦY BAN NHÂN DÂN TỈNH"),
        ("QU¶N Lý §£ §IÒU Vµ C¸C B·I BåI", "QUẢN LÝ ĐÊ ĐIỀU VÀ CÁC BÃI BỒI"),
        ("UBND x· Hµ Yªn vµ x· ¸i Th­îng, Q§-UBND ®· ký", "UBND xã Hà Yên và xã ái Thượng, QĐ-UBND đã ký"),
        ("QUYÕT §ÞNH\nSè: 12/§A-SVHTTDL", "QUYẾT ĐỊNH\nSố: 12/ĐA-SVHTTDL"),
        ("KÕ HO¹CH Sè 12/2020/Q§-UBND", "KẾ HOẠCH SỐ 12/2020/QĐ-UBND"),
        ("Sè: 12/Q§-UBND vÒ viÖc thu håi ®Êt", "Số: 12/QĐ-UBND về việc thu hồi đất"),
    ],
)
def test_capitals_of_tcvn3_come_from_the_word_and_its_neighbours(written: str, read: str) -> None:
    assert to_unicode(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Vie^.t Nam, ngu+o+`i da^n dda~ ddi.nh cu+", "Việt Nam, người dân đã định cư"),
        ("So+? No^.i vu. tri`nh Bo^. Ta`i chi'nh.", "Sở Nội vụ trình Bộ Tài chính."),
        ("Cu+? ngu+o+`i ddi kie^?m tra ta.i cho^~ cho.", "Cử người đi kiểm tra tại chỗ cho."),
        ("Tru+o+`ng ho+.p na`y ddu+o+.c nuo^i. Mo^~i xa~ mo^.t to^?.", "Trường hợp này được nuôi. Mỗi xã một tổ."),
        ("theo dde^` nghi.\ncu?a So+? Y te^'", "theo đề nghị\ncủa Sở Y tế"),
        ("Vie^.t Nam nu+o+'c to^i cho\\. Nhu+ the^' a\\?", "Việt Nam nước tôi cho. Như thế a?"),
        ("a. Quye^'t ddi.nh dde^? sau. b. Thu+. c hie^.n", "a. Quyết định để sau. b. Thự c hiện"),
    ],
)
def test_viqr_marks_and_full_stops(written: str, read: str) -> None:
    assert to_unicode(written) == read


@pytest.mark.parametrize("legacy", [Legacy.TCVN3, Legacy.VNI], ids=lambda legacy: legacy.name)
def test_bytes_of_a_legacy_file(legacy: Legacy) -> None:
    text = "\n".join(SENTENCES)

    assert decode_legacy(written_in(text, legacy).encode("cp1252")) == text


@pytest.mark.parametrize(
    "content",
    [b"", b"plain ASCII", "\n".join(OTHER_LANGUAGES).encode("latin-1"), bytes(range(256)), SENTENCES[0].encode()],
)
def test_bytes_that_are_not_legacy(content: bytes) -> None:
    assert decode_legacy(content) is None


def test_a_long_word_does_not_stop_a_run() -> None:
    text = "®iÒu " * 5 + "µ\u00ad" * 200_000 + "\n" + "o^'" * 200_000

    assert to_unicode(text).startswith("điều điều")
