"""Every page is reached from a link by somebody of the demo, or it is said here why not."""

from tests.walked import pages

NOT_REACHED = {
    "inbox.show_draft": "a file",
    "inbox.show_paper": "a file",
    "inbox.show_thumbnail": "a picture",
    "public.show_picture": "a picture",
    "inbox.show_import": "there once a list has been sent",
    "tracking.show_export": "there once a long list has been exported",
    "erasures.show_erasure": "on the list of those that are done, and the walk sees those that are due",
    "bulk.show_bulk": "there once many tasks have been done at once",
    "blanks.edit_blank": "there once a blank has been measured",
    "decisions.new_final_text": "while a decision is drafted or checked, and nobody of the walk drafts one",
    "decisions.show_final_text": "there once a text has come back from Word",
    "amendments.record_copies": "for the clerk, who is nobody of the walk",
    "amendments.undo_repayment": "for who notes money, who is nobody of the walk",
    "audit.show_sample": "there once a sample has been drawn",
    "audit.replay_campaign": "on the replay of a campaign's procedure, and the walk sees that of another case",
    "inspections.raise_finding": "on the steps of a case that an inspection covers, and the walk sees another one",
    "inspections.write_note": "on the steps of a case that an inspection covers, and the walk sees another one",
    "inspections.withdraw_finding": "on a finding that is open, and the walk sees one that is concluded",
    "campaigns.compare_rules": "there once a rule set has a second version",
    "voting.show_opinion": "in a session by correspondence whose members write on paper, and the demo has none open",
}
"""Endpoint → why nobody of the demo comes there by a link."""


def test_every_page_is_reached_or_has_a_reason(demo_walk):
    reached = {kind.endpoint for kind in demo_walk.reached}
    missing = {rule.endpoint for rule in pages(demo_walk.app)} - reached
    assert missing == set(NOT_REACHED)
