"""The pictures that people of the demo hand in."""

import io

import pytest

from webapp.demo import paintings
from webapp.demo.paintings import SCENES, Painting
from webapp.demo.side_scripts import exemplars
from webapp.pictures import is_picture


@pytest.mark.parametrize("scene", SCENES)
def test_a_painting_is_a_picture_and_the_same_each_time(scene):
    first = Painting(scene, "tranh.jpg").content()
    paintings._painted.cache_clear()
    assert is_picture(io.BytesIO(first))
    assert Painting(scene, "tranh.jpg").content() == first


def test_every_scene_of_the_script_can_be_painted():
    named = {one.scene for script in exemplars() for one in script.exemplars if one.scene}
    assert named <= set(SCENES)
