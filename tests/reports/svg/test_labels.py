import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.page.svg.labels import Label, box_of, room_for, width_of, written
from tests.reports.svg.reading import ET, few, labels_of, words_stand_apart

LABELS = st.builds(
    Label,
    st.floats(-50, 400),
    st.sampled_from([20.0, 40.0, 47.0]),
    st.text("0123$ bn−+W<&", max_size=30),
    st.sampled_from(["start", "middle", "end"]),
)


@few
@given(st.lists(LABELS, max_size=12), st.sampled_from([12.0, 15.0]))
def test_labels_that_find_room_stand_apart_and_inside(labels: list[Label], size: float) -> None:
    kept = room_for(labels, 358, size)
    root = ET.fromstring(f"<svg>{written(kept)}</svg>")
    words_stand_apart(root, 358, 100, size)
    texts = [label.text for label in labels]
    assert all(one.text in texts for one in kept)


def test_the_first_label_is_kept() -> None:
    kept = room_for([Label(100, 20, "first"), Label(102, 20, "second"), Label(300, 20, "c")], 358)
    assert [one.text for one in kept] == ["first", "c"]


def test_a_label_over_the_edge_is_moved_inside() -> None:
    left, right = room_for([Label(2, 20, "$1 bn", "middle"), Label(357, 20, "$99 bn")], 358)
    assert (left.x, left.anchor) == (0.0, "start")
    assert (right.x, right.anchor) == (358.0, "end")


def test_no_label_where_something_else_is() -> None:
    assert not room_for([Label(100, 20, "here")], 358, taken=[(90.0, 0.0, 120.0, 30.0)])


def test_a_label_wider_than_the_drawing_is_left_out() -> None:
    assert not room_for([Label(0, 20, "W" * 40)], 358)


def test_words_are_escaped_and_places_in_percent() -> None:
    text = written([Label(50, 9, "<b>&", "end")], percent_of=200)
    assert text == '<text class="axt" x="25%" y="9" text-anchor="end">&lt;b&gt;&amp;</text>'
    assert labels_of(ET.fromstring(f"<svg>{text}</svg>"), 200)[0].x == 50


def test_width_grows_with_words_and_size() -> None:
    assert width_of("10") == pytest.approx(2 * width_of("1"))
    assert width_of("$17 bn", 24) == pytest.approx(2 * width_of("$17 bn", 12))
    assert width_of("W") > width_of("0") > width_of("i")
    left, top, right, bottom = box_of(Label(100, 50, "00", "middle"))
    assert left + right == pytest.approx(200)
    assert top < 50 < bottom
