"""The letters of certificates are measured by several threads of the worker at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec, module_from_spec
from threading import Barrier
from types import ModuleType

import pytest

from webapp.documents.certificates import faces

THREADS, ROUNDS = 8, 12


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns a thousand times as often."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1_000)
    yield
    sys.setswitchinterval(usual)


def unread() -> ModuleType:
    """The module as a process begins with it: no face read yet."""
    spec = find_spec(faces.__name__)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_those_who_read_a_face_at_the_same_time_get_the_same(hurried: None) -> None:
    widths, drawn = faces.face("Regular").widths, faces.outline("Regular", "ễ")
    for _round in range(ROUNDS):
        module, gate = unread(), Barrier(THREADS)

        def read(module: ModuleType = module, gate: Barrier = gate) -> tuple[object, str]:
            gate.wait()
            return module.face("Regular").widths, module.outline("Regular", "ễ")

        with ThreadPoolExecutor(THREADS) as threads:
            told = [threads.submit(read) for _thread in range(THREADS)]
        assert all(each.result() == (widths, drawn) for each in told)
