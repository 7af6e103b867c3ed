import threading

from timeline.app.turns import in_turn


def test_of_two_files_the_second_is_begun_when_the_first_is_done() -> None:
    told: list[str] = []
    begun, both = threading.Event(), threading.Event()

    def first() -> bytes:
        told.append("first begins")
        begun.set()
        both.wait(0.2)  # as long as the second may take to come in between
        told.append("first ends")
        return b"1"

    def second() -> bytes:
        told.append("second")
        both.set()
        return b"2"

    threads = [threading.Thread(target=in_turn(first))]
    threads[0].start()
    begun.wait()
    threads.append(threading.Thread(target=in_turn(second)))
    threads[1].start()
    for thread in threads:
        thread.join()
    assert told == ["first begins", "first ends", "second"]
    assert in_turn(second)() == b"2"
