"""Several people at once: each act in a thread of its own, with its own session, all let go together."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Any

from flask import Flask

from webapp.extensions import db

PATIENCE = 60


def together(app: Flask, acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each act returned, or the exception it raised, in the order of the acts."""
    results: list[Any] = [None] * len(acts)
    gate = Barrier(len(acts), timeout=PATIENCE)

    def run(place: int, act: Callable[[], Any]) -> None:
        with app.app_context():
            gate.wait()
            try:
                results[place] = act()
            except Exception as raised:  # noqa: BLE001 -- handed to the test, which judges it
                results[place] = raised
            finally:
                db.session.remove()

    db.session.remove()
    threads = [Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "somebody still waits for somebody else"
    return results


def raised(results: Sequence[Any]) -> list[type]:
    """The kinds of the exceptions among the results."""
    return [type(result) for result in results if isinstance(result, Exception)]
