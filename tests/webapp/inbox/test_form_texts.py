"""What was chosen on a form is read by its name wherever the form is read again."""

from webapp.queries.choices import SOURCES
from webapp.queries.form_texts import LOOKUPS


def test_every_source_of_choices_says_what_its_values_are_called():
    assert set(SOURCES) - set(LOOKUPS) == set()
