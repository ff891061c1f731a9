"""The page of the worst questions."""

from selectolax.lexbor import LexborHTMLParser

from bench.titles import Title
from bench.worst import imperfect, named_ids, page, placed
from tests.bench.answers import question, run_of

PERFECT = question("perfect")
SECOND = question("second", text="đất <b>& nhà</b>", relevant=["right", "also", "third"])
NOTHING = question("nothing", kind="body")
BEHIND = question("behind", relevant=["right", "also"])
RUN = run_of(
    {
        PERFECT: ["right"],
        SECOND: ["wrong", "also", "right"],
        NOTHING: [],
        BEHIND: ["right", "wrong", "also"],
    }
)
TITLES = {
    "right": Title("36/2025/QĐ-UBND", "Quy định <script>alert(1)</script>"),
    "wrong": Title("2/CT", 'Chỉ thị "khẩn" & gấp'),
}


def test_the_worst_come_first_and_perfect_ones_not_at_all() -> None:
    assert [one.question.id for one in imperfect(RUN)] == ["nothing", "second", "behind"]
    assert [one.question.id for one in imperfect(RUN, ["body"])] == ["nothing"]


def test_right_documents_have_their_ranks_and_what_stands_above_the_best() -> None:
    second = placed(RUN.answers[1], TITLES)
    assert [(one.id, one.rank) for one in second.right] == [("also", 2), ("right", 3), ("third", None)]
    assert [(one.id, one.rank) for one in second.instead] == [("wrong", 1)]


def test_where_no_right_document_is_found_the_first_three_stand_above() -> None:
    lost = placed(run_of({question("lost"): ["a", "b", "c", "d"]}).answers[0], {})
    assert [one.id for one in lost.instead] == ["a", "b", "c"]
    assert [one.rank for one in lost.right] == [None]


def test_titles_are_looked_up_for_all_that_is_shown() -> None:
    assert named_ids(imperfect(RUN)) == {"right", "also", "third", "wrong"}


def test_the_page_shows_text_as_it_was_typed_and_runs_none_of_it() -> None:
    html = page(RUN, imperfect(RUN), TITLES)
    shown = LexborHTMLParser(html)
    assert [one.text() for one in shown.css("h2")] == ["câu hỏi nothing", "đất <b>& nhà</b>", "câu hỏi behind"]
    assert shown.body is not None
    assert not shown.css("script")
    assert "Quy định <script>alert(1)</script>" in shown.body.text()
    assert 'Chỉ thị "khẩn" & gấp' in shown.body.text()


def test_the_page_says_ranks_numbers_and_what_came_first_instead() -> None:
    nothing, second, behind = LexborHTMLParser(page(RUN, imperfect(RUN), TITLES)).css("article")
    lines = [" ".join(one.text().split()) for one in second.css("dt, dd")]
    assert lines[:2] == ["right, rank 2", "also"]
    assert lines[2:4] == ["right, rank 3", "36/2025/QĐ-UBND Quy định <script>alert(1)</script> right"]
    assert lines[4:6] == ["right, not in the first 10", "third"]
    assert lines[6:] == ["came first instead", '2/CT Chỉ thị "khẩn" & gấp wrong']
    assert "nothing was found" in nothing.text()
    assert "a right one is first" in behind.text()


def test_the_page_is_one_file() -> None:
    html = page(RUN, imperfect(RUN), TITLES)
    assert not LexborHTMLParser(html).css("link, script, img, iframe, [src], [href]")
    assert "url(" not in html


def test_no_more_are_shown_than_asked_for() -> None:
    html = page(RUN, imperfect(RUN), TITLES, most=1)
    assert len(LexborHTMLParser(html).css("article")) == 1
    assert "3 of 4 questions" in html
