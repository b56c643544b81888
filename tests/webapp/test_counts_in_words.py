"""What is counted in a sentence is written as numbers are in the language of the sentence."""

from flask import render_template_string
from flask_babel import force_locale, ngettext

TEMPLATE = "{{ ngettext('%(num)s entry', '%(num)s entries', 100000) }}"


def test_thousands_are_grouped(app):
    with app.test_request_context():
        assert ngettext("%(num)s entry", "%(num)s entries", 100_000) == "100.000 mục"
        assert render_template_string(TEMPLATE) == "100.000 mục"
        with force_locale("en"):
            assert ngettext("%(num)s entry", "%(num)s entries", 100_000) == "100,000 entries"
            assert render_template_string(TEMPLATE) == "100,000 entries"


def test_a_name_beside_the_number_is_escaped_once(app):
    with app.test_request_context():
        shown = render_template_string(
            "{{ ngettext('%(who)s: %(num)s', '%(who)s: %(num)s', 1234, who=who) }}", who="A & <b>"
        )
    assert shown == "A &amp; &lt;b&gt;: 1.234"
