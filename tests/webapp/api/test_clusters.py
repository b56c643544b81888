"""Clusters, their years, results and criteria tables, to be read."""

from tests import clustered
from tests.clustered import AN_CU, AN_PHU, CASE, CODE, NAME, YEAR
from tests.offices import scene
from tests.people import TINH_BIEN


@scene
def concluded(office):
    clustered.found_cluster(office)
    clustered.open_year(office)
    clustered.concluded(office)


def test_lists_clusters_and_shows_one(program, concluded):
    [line] = program("officer").get("/clusters", year=YEAR)["items"]
    assert (line["code"], line["name"], line["members"], line["outcome"]) == (CODE, NAME, 3, "concluded")
    assert program("officer").get("/clusters", year=2018)["items"] == []
    cluster = program("officer").get(f"/clusters/{CODE}")
    assert cluster["organiser"]["code"] == TINH_BIEN
    assert [each["unit"]["code"] for each in cluster["members"]][:2] == [AN_CU, AN_PHU]
    [year] = cluster["years"]
    assert (year["year"], year["instance"], year["leader"]["code"]) == (YEAR, CASE, AN_CU)


def test_a_year_has_ranks_scores_and_votes(program, concluded):
    year = program("other_chair").get(f"/clusters/{CODE}/{YEAR}")
    first = year["members"][0]
    assert (first["unit"]["code"], first["rank"], first["acclaimed"]) == (AN_CU, 1, True)
    assert {each["kind"]: each["points"] for each in first["totals"]}["verified"] == 100.8
    assert len(first["scores"]) == 4 * len(clustered.criteria())
    [vote] = year["rounds"]
    assert (vote["result"], vote["cast"]) == ("acclaimed", 3)
    assert {"member": AN_PHU, "unit": AN_CU} in vote["votes"]


def test_scores_that_are_closed_are_not_told(program, office):
    clustered.found_cluster(office)
    clustered.open_year(office)
    clustered.score_self(office, AN_CU)
    lines = program("other_officer").get(f"/clusters/{CODE}/{YEAR}")["members"]
    other = next(each for each in lines if each["unit"]["code"] == AN_CU)
    assert (other["readable"], other["totals"], other["scores"]) == (False, [], [])
    own = program("officer").get(f"/clusters/{CODE}/{YEAR}")["members"]
    assert next(each for each in own if each["unit"]["code"] == AN_CU)["totals"] != []


def test_others_do_not_learn_of_it(program, concluded):
    program("province_specialist").get(f"/clusters/{CODE}", status=404)
    program("province_specialist").get(f"/clusters/{CODE}/{YEAR}", status=404)
    program("registrant").get("/clusters", status=403)
    program("officer").get("/clusters/criteria/none", status=404)
