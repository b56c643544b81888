"""Events of a vote as plain sentences."""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.queries.history import Line
from webapp.ui.formats import number
from webapp.ui.people_sentences import given_reason, of_person, who

KINDS: dict[str, Callable[[str], str]] = {
    "first": lambda name: _("%(who)s opened the vote.", who=name),
    "second": lambda name: _("%(who)s opened a second ballot on those that are level.", who=name),
    "repeat": lambda name: _("%(who)s opened the vote anew.", who=name),
}
REFUSALS: dict[str, Callable[[], str]] = {
    "ballots_and_voters_differ": lambda: _(
        "there are not as many ballots as people who voted; void the vote and hold it again"
    ),
    "tallies_differ": lambda: _("two ways of counting differ; void the vote, and tell the administrator"),
    "more_votes_than_members": lambda: _(
        "there are more votes than members who may vote; check who is present and the paper ballots"
    ),
    "key_missing": lambda: _(
        "the key of the ballot box cannot be read; have the administrator look, then count again"
    ),
    "broken_ballot": lambda: _("a ballot in the box cannot be read; void the vote and hold it again"),
}


def refusal_reason(code: str) -> str:
    """Why a count was refused, and what to do about it."""
    told = REFUSALS.get(code)
    return told() if told else _("the numbers do not come out; void the vote and hold it again")


def _voting_closed(line: Line) -> str:
    at = line.event.fields
    return _(
        "%(who)s closed the vote; %(voted)s of %(members)s had voted.",
        who=who(line),
        voted=number(at["voted"]),
        members=number(at["members"]),
    )


def _relation_declared(line: Line) -> str:
    if line.event.fields["declared"]:
        return _(
            "%(who)s declared a relation to %(nomination)s and stands aside.",
            who=who(line),
            nomination=line.event.fields["nomination"],
        )
    return _(
        "%(who)s took back the declared relation to %(nomination)s.",
        who=who(line),
        nomination=line.event.fields["nomination"],
    )


COUNCIL: dict[str, Callable[[Line], str]] = {
    "round_opened": lambda line: KINDS.get(line.event.fields["kind"], KINDS["first"])(who(line)),
    "voting_closed": _voting_closed,
    "member_marked_absent": of_person(
        lambda name, member: _("%(who)s noted that %(member)s is absent.", who=name, member=member)
    ),
    "member_came_late": of_person(
        lambda name, member: _("%(who)s noted that %(member)s has come.", who=name, member=member)
    ),
    "member_went_away": of_person(
        lambda name, member: _("%(who)s noted that %(member)s is absent.", who=name, member=member)
    ),
    "member_relieved": of_person(
        lambda _name, member: _("%(member)s has left the council; the vote does not wait.", member=member)
    ),
    "opinion_entered": of_person(
        lambda name, member: _("%(who)s entered the written opinion of %(member)s.", who=name, member=member)
    ),
    "paper_count_entered": of_person(
        lambda _name, member: _("%(member)s entered a count of the paper ballots.", member=member)
    ),
    "count_refused": lambda line: _(
        "The count was refused: %(reason)s.", reason=refusal_reason(line.event.fields["reason"])
    ),
    "count_repeated": lambda line: _("%(who)s had the votes counted again.", who=who(line)),
    "vote_voided": lambda line: _("%(who)s voided the vote.", who=who(line)) + given_reason(line),
    "relation_declared": _relation_declared,
    "ballot_keys_destroyed": lambda line: ngettext(
        "The key of %(num)s secret ballot was destroyed.",
        "The keys of %(num)s secret ballots were destroyed.",
        len(line.event.fields["rounds"]),
    ),
}
