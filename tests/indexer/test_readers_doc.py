"""What stands beside the main text of an old Word document."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.readers import read
from indexer.readers.doc_stories import read_stories
from tests.indexer.word_files import doc_file


def test_notes_and_text_boxes_follow_the_text_and_headers_come_last() -> None:
    content = doc_file("Quyết định", notes="Chú thích", header="CÔNG BÁO\n12\nCÔNG BÁO", boxes="Số: 15\x07Ngày 5")

    assert read(content, "a.doc").text == "Quyết định\nChú thích\nSố: 15\tNgày 5\nCÔNG BÁO"


def test_of_a_field_only_its_result_is_text() -> None:
    content = doc_file("a", boxes='Trang \x13 PAGE \x14 7\x15, \x13 HYPERLINK "\x13 IF \x15" \x14trang mạng\x15')

    assert read_stories(content) == "Trang  7, trang mạng"


def test_a_document_of_its_text_alone_has_nothing_beside_it() -> None:
    assert read_stories(doc_file("Quyết định\nĐiều 1")) == ""


@given(st.data())
def test_any_damage_gives_text(data: st.DataObject) -> None:
    content = bytearray(doc_file("Quyết định", notes="Chú thích", boxes="Số: 15"))
    for at, byte in data.draw(st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), max_size=30)):
        content[at] = byte

    assert isinstance(read_stories(bytes(content)), str)
