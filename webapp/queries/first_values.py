"""What the case knows for a form before somebody opens it, by process and task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Task
from webapp.queries import (
    amendment_forms,
    award_forms,
    cluster_scores,
    review_forms,
    reviews,
    signing_capacity,
)
from webapp.queries.addresses import address_of_unit
from webapp.queries.cadre_bodies import first_bodies
from webapp.queries.copies import copies_values
from webapp.queries.council_papers import session_hours
from webapp.queries.exemplar_choices import PREPARING, story_of_proposal
from webapp.queries.exemplar_tallies import appraised_example, named_exemplars
from webapp.queries.extraordinary import first_report
from webapp.queries.nomination_choices import own_award
from webapp.queries.nominees import award_proposed, known_of_nominee
from webapp.queries.plan_texts import draft_values, published_values
from webapp.queries.registration_changes import change_values
from webapp.queries.registration_lists import all_unlisted
from webapp.queries.supplements import first_papers
from webapp.queries.unit_plans import response_values

FirstValues = Callable[[Session, Task], Mapping[str, Any]]


def own_award_chosen(session: Session, task: Task) -> Mapping[str, Any]:
    """What goes up is what was voted on."""
    own = own_award(session, task.case)
    return {"proposed_award": own[0][0]} if own else {}


SOURCES: Mapping[tuple[str, str], FirstValues] = {
    ("award_correction", "draft_correction"): amendment_forms.correction_values,
    ("award_issuance", "draft_decision"): award_forms.draft_values,
    ("award_revocation", "collect_prize"): amendment_forms.owing_rows,
    ("award_revocation", "draft_revocation"): amendment_forms.revocation_values,
    ("award_revocation", "prepare_revocation"): amendment_forms.single_award,
    ("award_issuance", "hand_over"): award_forms.handover_values,
    ("award_issuance", "send_copies"): copies_values,
    ("decision_signing", "check_decision"): award_forms.checked_values,
    ("decision_signing", "record_signed_decision"): award_forms.record_values,
    ("decision_signing", "sign_decision"): signing_capacity.sign_values,
    ("campaign", "conclude_campaign"): named_exemplars,
    ("campaign", "draft_plan"): draft_values,
    ("cluster_scoring", "consolidate_scores"): cluster_scores.first_values,
    ("cluster_scoring", "verify_scores"): cluster_scores.first_values,
    ("launch", "publish_plan"): published_values,
    (reviews.PROCESS, "consolidate_review"): named_exemplars,
    ("response", "file_response"): response_values,
    (reviews.PROCESS, reviews.REPORT): review_forms.first_report,
    ("council_vote", "draft_minutes"): session_hours,
    ("district_assessment", "appraise"): lambda session, task: {
        **first_bodies(session, task),
        **appraised_example(session, task),
    },
    ("province_assessment", "appraise_at_province"): first_bodies,
    ("exemplar", "prepare_introduction"): story_of_proposal,
    ("extraordinary_assessment", "prepare_report"): first_report,
    ("registration", "fill_registration"): address_of_unit,
    ("registration", "fill_on_behalf"): address_of_unit,
    ("commune_assessment", "supplement_dossier"): first_papers,
    ("district_assessment", "supplement_for_district"): first_papers,
    ("province_assessment", "supplement_by_submitter"): first_papers,
    ("province_assessment", "supplement_for_province"): first_papers,
    ("registration_change", "describe_change"): change_values,
    ("registration_change", "describe_on_behalf"): change_values,
    ("registration_list", "gather_registrations"): all_unlisted,
    ("nomination", "record_higher_decision"): award_proposed,
    ("province_assessment", "forward_to_province"): own_award_chosen,
    ("extraordinary", "record_higher_decision"): award_proposed,
    **{("nomination", element): known_of_nominee for element in PREPARING},
}


def first_values(session: Session, task: Task) -> Mapping[str, Any]:
    """What stands in the form of a task at first; of most tasks nothing."""
    source = SOURCES.get((task.process, task.element))
    return source(session, task) if source else {}
