"""What the system did on its own for a case, as sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

Result = Mapping[str, Any]


def effect_sentence(kind: str, result: Result) -> str:
    """What carrying out an effect did."""
    return EFFECTS[kind](result)


def failure_sentence(kind: str, attempts: int) -> str:
    """That an effect could not be carried out."""
    return ngettext(
        "The system failed %(num)s time at “%(kind)s” and gave up.",
        "The system failed %(num)s times at “%(kind)s” and gave up.",
        attempts,
        kind=kind,
    )


def _notify(result: Result) -> str:
    return ngettext(
        "The system sent %(num)s notice.", "The system sent %(num)s notices.", result.get("notified", 0)
    )


def _record_version(result: Result) -> str:
    return _("Version %(number)s of the registration is in force.", number=result.get("version", ""))


def _mark_confirmed(result: Result) -> str:
    return ngettext(
        "%(num)s registration was confirmed.",
        "%(num)s registrations were confirmed.",
        result.get("registrations", 0),
    )


def _remind_members(result: Result) -> str:
    return ngettext(
        "The system reminded %(num)s member to vote.",
        "The system reminded %(num)s members to vote.",
        result.get("notified", 0),
    )


def _send_invitations(result: Result) -> str:
    return ngettext(
        "The system invited %(num)s member.", "The system invited %(num)s members.", result.get("notified", 0)
    )


def _send_plan(result: Result) -> str:
    return ngettext(
        "The plan was sent to %(num)s unit.", "The plan was sent to %(num)s units.", result.get("units", 0)
    )


def _results(result: Result) -> str:
    return ngettext(
        "The result went to %(num)s dossier.",
        "The results went to %(num)s dossiers.",
        result.get("items", result.get("lines", result.get("awards", 0))),
    )


def _close_self_scoring(result: Result) -> str:
    return _(
        "The self-scores are closed: %(scored)s of %(members)s members scored themselves.",
        scored=result.get("scored", 0),
        members=result.get("members", 0),
    )


def _count_acclaim(result: Result) -> str:
    match result.get("result"):
        case "acclaimed":
            return _("The votes for the leading unit were counted; one unit is acclaimed.")
        case "again":
            return _("The votes for the leading unit were counted; the leading ones go into a second vote.")
    return _("The votes for the leading unit were counted; no unit is acclaimed.")


def _publish_introduction(result: Result) -> str:
    if not result.get("published"):
        return _("The introduction was not published: the exemplar had been taken down meanwhile.")
    return ngettext(
        "The introduction was published with %(num)s picture.",
        "The introduction was published with %(num)s pictures.",
        result.get("pictures", 0),
    )


def _apply_correction(result: Result) -> str:
    return ngettext(
        "Register and certificates were put right: %(num)s text.",
        "Register and certificates were put right: %(num)s texts.",
        result.get("corrected", 0),
    )


def _strike_awards(result: Result) -> str:
    return ngettext(
        "%(num)s award was struck from the register.",
        "%(num)s awards were struck from the register.",
        result.get("revoked", 0),
    )


def _award_papers(result: Result) -> str:
    """Before certificates were drawn up in portions, they were there at once."""
    if "run" in result:
        return _("The system drew up the decision and began with the certificates.")
    return _("The system drew up the certificates.")


EFFECTS: dict[str, Callable[[Result], str]] = {
    "apply_correction": _apply_correction,
    "strike_awards": _strike_awards,
    "notify": _notify,
    "remind_members": _remind_members,
    "send_invitations": _send_invitations,
    "send_plan": _send_plan,
    "open_registration": lambda _result: _("Registration opened."),
    "close_registration": lambda _result: _("Registration closed."),
    "open_round": lambda _result: _("The award round opened."),
    "record_registration": lambda _result: _("The registration was entered into the list."),
    "record_version": _record_version,
    "mark_confirmed": _mark_confirmed,
    "record_silence": lambda _result: _("The body that was asked did not answer in time."),
    "skip_posting": lambda _result: _("No public posting is asked for; this step was passed over."),
    "count_votes": lambda _result: _("The system counted the votes."),
    "close_self_scoring": _close_self_scoring,
    "publish_ranking": lambda _result: _("The ranking was published to the members."),
    "count_acclaim": _count_acclaim,
    "publish_introduction": _publish_introduction,
    "render": lambda _result: _("The system drew up the paper."),
    "render_award_papers": _award_papers,
    "render_review_papers": lambda _result: _("The system drew up the report and the minutes of the review."),
    "deliver_lines": _results,
    "deliver_results": _results,
    "deliver_awards": _results,
}
"""Every effect a diagram may ask for; a test holds this together with the procedures."""
