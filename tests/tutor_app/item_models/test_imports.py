"""The queue of imports as data."""

from engine.types import Progress
from tutor_app.item_models.imports import ImportQueue, ImportState


def test_a_file_that_waits_is_not_queued_twice() -> None:
    queue = ImportQueue()
    queue.add(["/a.pdf", "/b.pdf", "/a.pdf"])
    assert [item.name for item in queue.items] == ["a.pdf", "b.pdf"]
    assert queue.add(["/b.pdf"]) == []


def test_a_file_that_is_added_again_takes_its_old_place_off_the_list() -> None:
    queue = ImportQueue()
    (first,) = queue.add(["/a.pdf"])
    first.state = ImportState.FAILED
    (second,) = queue.add(["/a.pdf"])
    assert queue.items == [second]
    assert second.state is ImportState.WAITING


def test_how_far_all_of_it_is() -> None:
    queue = ImportQueue()
    assert queue.share() == 0.0
    one, two, _ = queue.add(["/a", "/b", "/c"])
    one.state = ImportState.FAILED
    two.state, two.progress = ImportState.RUNNING, Progress("Reading", 5, 10, "pages")
    assert queue.share() == 0.5
    assert queue.unfinished() == ["/b", "/c"]


def test_numbers_are_never_used_twice() -> None:
    queue = ImportQueue()
    (first,) = queue.add(["/a"])
    queue.items.clear()
    (second,) = queue.add(["/a"])
    assert first.number != second.number
    assert queue.find(first.number) is None
