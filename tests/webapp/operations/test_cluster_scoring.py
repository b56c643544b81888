"""The scoring of a cluster's year: points, deadlines, verification, the vote, who may and who may not."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from tests import clustered
from tests.clustered import CASE, CODE, DUE, OFFICERS, YEAR
from tests.offices import scene
from tests.people import AN_CU, AN_PHU, POLICE, TINH_BIEN
from webapp.extensions import db
from webapp.models import AcclaimVote, ClusterMember, ClusterYear, Paper, Score, Unit, YearMember
from webapp.operations import clusters
from webapp.operations.acting import SYSTEM
from webapp.operations.cluster_scoring import open_scoring
from webapp.operations.clusters import end_unit
from webapp.operations.interventions import stop_case
from webapp.operations.refusals import AlreadyDone, Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.tasks import complete_task


@scene
def opened(office):
    """The scoring is open; the members score themselves."""
    clustered.found_cluster(office)
    return clustered.open_year(office)


@scene
def ranked(office):
    """The ranking is published; the members vote."""
    clustered.found_cluster(office)
    clustered.open_year(office)
    clustered.ranked(office)


def members(office):
    return {each.unit.code: each for each in office.read(select(YearMember).order_by(YearMember.position))}


def year(office):
    [found] = office.read(select(ClusterYear))
    return found


def faults(caught):
    return [(each.pointer, each.code) for each in caught.value.faults]


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


def test_each_member_scores_itself_and_is_scored_by_another(office, opened):
    assert opened == CASE
    found = members(office)
    assert set(found) == set(OFFICERS)
    assert {unit: each.scorer.code for unit, each in found.items()} == clustered.SCORED_BY
    tasks = [clustered.task_of(office, "score_self", unit) for unit in OFFICERS]
    assert len({task.public_id for task in tasks}) == 3


def test_a_year_goes_from_points_to_minutes(office, opened):
    clustered.concluded(office)
    found = members(office)
    assert {unit: (each.total, each.rank) for unit, each in found.items()} == {
        AN_CU: (Decimal("100.8"), 1),
        AN_PHU: (Decimal("90.6"), 2),
        POLICE: (Decimal("90.6"), 2),
    }
    assert [unit for unit, each in found.items() if each.acclaimed] == [AN_CU]
    assert office.case(CASE).outcome == "concluded"
    assert year(office).concluded_at is not None
    [minutes] = office.read(select(Paper).where(Paper.document_type == "cluster_minutes"))
    assert minutes.media_type == "application/pdf"


def test_a_total_over_a_hundred_stands(office, opened):
    clustered.score_self(office, AN_CU, below=0)
    points = office.read(select(Score.points).where(Score.kind == "self"))
    assert sum(points) == Decimal(108)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"points": 16}, "too_large"),
        ({"points": 1.234}, "too_fine"),
    ],
)
def test_points_beyond_the_table_are_refused_and_leave_nothing(office, opened, changed, fault):
    with pytest.raises(InvalidForm) as caught:
        clustered.score_self(office, AN_CU, thu_ngan_sach=changed)
    assert faults(caught) == [("/scores/0/points", fault)]
    assert count(Score) == 0


def test_points_without_the_paper_they_need_are_refused(office, opened):
    with pytest.raises(InvalidForm) as caught:
        clustered.score_self(office, AN_CU, giam_ngheo={"evidence": []})
    assert faults(caught) == [("/scores/1/evidence", "required")]


def test_a_line_left_out_or_given_twice_is_refused(office, opened):
    task = clustered.task_of(office, "score_self", AN_CU)
    row = {"criterion": "thu-ngan-sach", "points": 1}
    with pytest.raises(InvalidForm) as caught:
        office.do("officer", "score_self", task=task, scores=[row, row])
    assert faults(caught) == [("/scores", "score_twice")]
    with pytest.raises(InvalidForm) as caught:
        office.do("officer", "score_self", task=task, scores=[row])
    assert faults(caught) == [("/scores", "scores_missing")]


def test_nobody_scores_for_another_member(office, opened):
    task = clustered.task_of(office, "score_self", AN_CU)
    for username in ("other_officer", "commune_chair", "specialist", "stranger"):
        with pytest.raises(NotFound):
            complete_task(task.public_id, {"scores": []}, actor=office.actor(username), now=office.now)


def test_nobody_scores_twice(office, opened):
    task = clustered.score_self(office, AN_CU)
    with pytest.raises(AlreadyDone):
        complete_task(task.public_id, {"scores": []}, actor=office.actor("officer"), now=office.now)
    assert count(Score) == len(clustered.criteria())


def test_a_deadline_closes_what_is_not_scored(office, opened):
    clustered.score_self(office, AN_CU)
    office.move(days=9)
    assert year(office).self_closed_at is not None
    assert office.task("score_self", status="lapsed")
    clustered.score_cross(office, AN_CU)
    office.move(days=5)
    assert office.task("consolidate_scores", CASE).unit_id == members(office)[AN_CU].unit_id
    rows = clustered.lines(office, office.task("consolidate_scores", CASE))
    assert sum("points" in row for row in rows) == len(clustered.criteria())


def test_a_deviation_is_explained_by_who_scores_and_by_the_leader(office, opened):
    for unit in OFFICERS:
        clustered.score_self(office, unit)
    office.work()
    with pytest.raises(InvalidForm) as caught:
        clustered.score_cross(office, AN_CU, below=4)
    assert {code for _place, code in faults(caught)} == {"required"}
    assert faults(caught)[0][0] == "/scores/0/note"
    clustered.score_cross(office, AN_CU, below=4, note="Chưa đủ minh chứng")
    for unit in (AN_PHU, POLICE):
        clustered.score_cross(office, unit)
    with pytest.raises(InvalidForm):
        clustered.consolidate(office)
    clustered.consolidate(office, note="Thống nhất theo điểm chấm chéo")


def test_the_organiser_returns_then_corrects_with_a_reason(office, opened):
    clustered.scored(office)
    clustered.consolidate(office)
    office.do("secretary", "verify_scores", CASE, decision="return", return_reason="Rà soát lại")
    clustered.consolidate(office)
    assert sorted(set(office.read(select(Score.round).where(Score.kind == "consolidated")))) == [1, 2]
    task = office.task("verify_scores", CASE)
    rows = clustered.lines(office, task)
    rows[0] = rows[0] | {"points": 10}
    with pytest.raises(InvalidForm) as caught:
        office.do("secretary", "verify_scores", task=task, decision="accept", scores=rows)
    assert faults(caught) == [("/scores/0/note", "required")]
    rows[0] = rows[0] | {"note": "Theo số liệu của Chi cục Thuế"}
    office.do("secretary", "verify_scores", task=task, decision="accept", scores=rows)
    assert members(office)[AN_CU].total == Decimal("96.8")


def test_a_tie_leads_to_a_second_vote_among_the_leading_ones(office, ranked):
    clustered.vote(office, AN_CU, AN_PHU)
    clustered.vote(office, AN_PHU, AN_CU)
    clustered.vote(office, POLICE, "none")
    office.work()
    assert [line["result"] for line in year(office).counted] == ["again"]
    with pytest.raises(InvalidForm):
        clustered.vote(office, AN_CU, POLICE)
    clustered.vote(office, POLICE, AN_CU)
    clustered.vote(office, AN_PHU, AN_CU)
    office.move(days=4)
    assert [line["result"] for line in year(office).counted] == ["again", "acclaimed"]
    assert members(office)[AN_CU].acclaimed
    assert office.task("conclude_year", CASE)


def test_two_votes_without_a_majority_acclaim_nobody(office, ranked):
    office.move(days=6)
    office.move(days=4)
    assert [line["result"] for line in year(office).counted] == ["again", "none"]
    clustered.conclude(office)
    assert not any(each.acclaimed for each in members(office).values())
    assert office.case(CASE).outcome == "concluded"


def test_no_member_votes_for_itself_or_twice(office, ranked):
    with pytest.raises(InvalidForm):
        clustered.vote(office, AN_CU, AN_CU)
    task = clustered.vote(office, AN_CU, AN_PHU)
    with pytest.raises(AlreadyDone):
        complete_task(task.public_id, {"choice": POLICE}, actor=office.actor("officer"), now=office.now)
    assert count(AcclaimVote) == 1


def test_who_opens_the_scoring(office):
    clustered.found_cluster(office)
    for username in ("other_officer", "commune_chair", "authority"):
        with pytest.raises(Forbidden):
            clustered.open_year(office, username)
    for username in ("province_specialist", "stranger"):
        with pytest.raises(NotFound):
            clustered.open_year(office, username)
    assert clustered.open_year(office, "secretary") == CASE
    with pytest.raises(NotNow):
        clustered.open_year(office)


def test_days_out_of_order_are_refused(office):
    clustered.found_cluster(office)
    wrong = DUE | {"cross_due": DUE["self_due"]}
    with pytest.raises(InvalidForm) as caught:
        open_scoring(CODE, YEAR, wrong, actor=office.actor("officer"), now=office.now)
    assert faults(caught) == [("/cross_due", "before_beginning")]
    assert count(YearMember) == 0


def test_one_unit_alone_cannot_be_scored(office):
    clustered.found_cluster(office, {AN_CU: "officer", AN_PHU: "other_officer"})
    [left] = office.read(select(ClusterMember).join(Unit).where(Unit.code == AN_PHU))
    end_unit(left.public_id, office.at.date() - dt.timedelta(days=1), actor=SYSTEM, now=office.now)
    with pytest.raises(NotNow, match="too_few_members"):
        clustered.open_year(office)


def test_a_long_name_has_a_short_code_of_its_own(office):
    by = {"actor": SYSTEM, "now": office.now}
    name = "Cụm thi đua các xã biên giới và vùng cao có đông đồng bào dân tộc thiểu số Khmer"
    codes = [clusters.found_cluster(TINH_BIEN, f"{name} số {number}", "cluster", **by) for number in (1, 2)]
    start = "an-giang-tinh-bien-cum-thi-dua-cac-xa-bien-gioi"
    assert codes == [f"{start}-va", f"{start}-va-2"]
    with pytest.raises(InvalidForm):
        clusters.found_cluster(TINH_BIEN, f"{name} số 1", "cluster", **by)


def test_a_cancelled_scoring_is_kept_and_opened_anew(office, opened):
    clustered.score_self(office, AN_CU)
    with pytest.raises(Forbidden):
        stop_case(CASE, "Sai bảng tiêu chí", actor=office.actor("officer"), now=office.now)
    stop_case(CASE, "Sai bảng tiêu chí", actor=office.actor("specialist"), now=office.now)
    assert clustered.open_year(office) == "CK-2019-0002"
    assert count(Score) == len(clustered.criteria())
    assert count(YearMember) == 6
