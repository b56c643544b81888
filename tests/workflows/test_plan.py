"""Plans: the shipped ones hold the numbers of their sources, and faulty ones are named by line."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from workflows.plan import SCHEMA, SHIPPED_PLANS, Plan, PlanFaults, parse_plan

TINH_BIEN = "tinh-bien-vi-nguoi-ngheo-2020"
FILES = sorted(SHIPPED_PLANS.glob("*.yaml"))


def text_of(code: str) -> str:
    return (SHIPPED_PLANS / f"{code}.yaml").read_text("utf-8")


def shipped(code: str) -> Plan:
    return parse_plan(text_of(code))


def faults_of(text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(PlanFaults) as caught:
        parse_plan(text)
    return [(fault.line, fault.pointer, fault.sentence()) for fault in caught.value.faults]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_shipped_plan_is_whole_and_named_by_its_code(file: Path) -> None:
    plan = parse_plan(file.read_text("utf-8"))
    assert plan.code == file.stem
    assert plan.assumptions
    assert [milestone.date for milestone in plan.milestones] == sorted(m.date for m in plan.milestones)


def test_five_real_plans_and_a_fictitious_draft_are_shipped() -> None:
    plans = [shipped(file.stem) for file in FILES]
    assert [plan.code for plan in plans if plan.fictitious] == ["tinh-bien-gia-dinh-2020"]
    assert len(plans) == 6
    assert {plan.code for plan in plans if plan.document.state == "draft"} == {"tinh-bien-gia-dinh-2020"}


def test_tinh_bien_has_the_ceilings_of_its_source() -> None:
    plan = shipped(TINH_BIEN)
    totals = {
        round_.code: {
            pool.code: sum(c.at_most for c in plan.ceilings(round_.code) if c.pool == pool.code)
            for pool in plan.pools
        }
        for round_ in plan.rounds
    }
    assert totals == {
        "nam-2018": {"tap-the": 18, "ca-nhan": 36},
        "nam-2019": {"tap-the": 18, "ca-nhan": 36},
        "cuoi-giai-doan-2020": {"tap-the": 48, "ca-nhan": 90},
    }
    assert {c.at_most for c in plan.ceilings("nam-2019")} == {3, 6}
    assert {c.at_most for c in plan.ceilings("cuoi-giai-doan-2020")} == {8, 15}


def test_a_strand_without_collectives_or_persons_cannot_use_that_ceiling() -> None:
    plan = shipped(TINH_BIEN)
    unusable = {(c.strand, c.pool) for c in plan.ceilings("nam-2019") if not plan.usable(c)}
    assert unusable == {
        ("ho-vuot-kho", "tap-the"),
        ("cong-dong-giup-nhau", "ca-nhan"),
        ("ho-tro-dia-ban-ngheo", "ca-nhan"),
        ("can-bo-giam-ngheo", "tap-the"),
    }


def test_that_a_household_uses_a_persons_place_is_a_marked_assumption() -> None:
    plan = shipped(TINH_BIEN)
    pool = plan.pool_of("household")
    assert pool is not None
    assert pool == plan.pool_of("individual")
    assert plan.assumption_at(f"pools/{pool.code}/kinds") is not None
    assert plan.assumption_at("rounds/nam-2019/ceilings") is None


def test_tinh_bien_has_the_indicators_of_its_source() -> None:
    indicators = {i.code: i for i in shipped(TINH_BIEN).indicators}
    assert {code: (i.operator, i.target, i.target_to) for code, i in indicators.items()} == {
        "giam-ho-ngheo": ("at_least", 2, None),
        "giam-ho-ngheo-2018": ("at_least", 5, None),
        "giam-ho-ngheo-xa-tren-20": ("at_least", 5, None),
        "giam-ho-ngheo-dan-toc": ("at_least", 3, 4),
        "thu-nhap-ho-ngheo": ("at_least", Decimal("1.5"), None),
    }
    assert shipped(TINH_BIEN).assumption_at("indicators/giam-ho-ngheo-2018/target") is not None


def test_tinh_bien_sets_a_target_of_their_own_for_communes_with_many_poor_households() -> None:
    plan = shipped(TINH_BIEN)
    special = next(each for each in plan.indicators if each.groups == ("xa-tren-20",))
    assert special.target == 5
    assert plan.concerns(special, "an-giang/tinh-bien/an-cu")
    assert not plan.concerns(special, "an-giang/tinh-bien/phong-noi-vu")
    assert plan.assumption_at("unit_groups/xa-tren-20") is not None


@pytest.mark.parametrize(
    ("code", "number", "issued"),
    [
        (TINH_BIEN, None, "None"),
        ("chau-thanh-85-kh-ubnd-2024", "85/KH-UBND", "2024-05-03"),
        ("chau-thanh-27-kh-ubnd-2024", "27/KH-UBND", "2024-02-19"),
        ("ninh-binh-117-kh-ubnd-2017", "117/KH-UBND", "2017-10-16"),
        ("bu-gia-map-dien-hinh-2022", None, "2022-03-09"),
    ],
)
def test_number_and_date_are_those_of_the_source(code: str, number: str | None, issued: str) -> None:
    document = shipped(code).document
    assert (document.number, str(document.issued)) == (number, issued)


def test_chau_thanh_asks_for_a_point_to_a_point_and_a_half() -> None:
    (indicator,) = shipped("chau-thanh-85-kh-ubnd-2024").indicators
    assert (indicator.target, indicator.target_to, indicator.years) == (1, Decimal("1.5"), (2024,))


def test_the_yearly_plan_carries_on_the_national_movements() -> None:
    plan = shipped("chau-thanh-27-kh-ubnd-2024")
    assert plan.campaign_kind == "regular"
    assert len(plan.strands) == 5
    assert sum(r.issuer is not None for r in plan.references) == 5


def test_ninh_binh_answers_before_15_november_and_reviews_in_2018() -> None:
    plan = shipped("ninh-binh-117-kh-ubnd-2017")
    assert str(plan.acknowledgement.due) == "2017-11-14"
    midterm, final = plan.reviews
    assert (midterm.kind, midterm.due.year, midterm.awards) == ("midterm", 2018, "own_or_yearly_review")
    assert str(final.conference) == "2020-06-11"
    assert plan.chain == ("commune", "district", "province")


def test_bu_gia_map_names_duties_for_its_exemplars() -> None:
    plan = shipped("bu-gia-map-dien-hinh-2022")
    assert plan.document.kind == "instruction"
    assert plan.exemplars is not None
    assert plan.exemplars.steps[:1] == ("find",)
    assert len(plan.exemplars.duties) == 3


def test_two_level_chains_are_plans_too() -> None:
    text = text_of("ninh-binh-117-kh-ubnd-2017").replace(
        "[commune, district, province]", "[commune, province]"
    )
    assert parse_plan(text).chain == ("commune", "province")


# Each case: what is replaced, by what, and what the fault on the line of the replacement says.
FAULTY = {
    "unknown field": ("level: district", "levle: district", "“levle” is not a field"),
    "no date": ("due: 2018-01-31", "due: 31/01/2018", "“31/01/2018” is not a date"),
    "no such day": ("due: 2018-01-31", "due: 2018-02-30", "“2018-02-30” is not a date"),
    "wrong word": ("campaign_kind: thematic", "campaign_kind: big", "Write one of: regular, thematic"),
    "wrong kind": ("at_most: 8}", "at_most: eight}", "Give a whole number."),
    "too small": ("at_most: 8}", "at_most: -1}", "The limit is 0."),
    "bad code": ("- code: nam-2018", "- code: Năm 2018", "Write it like this: tong-ket-2020"),
    "empty list": ("kinds: [commune]", "kinds: []", "Nothing is given here."),
    "word twice": ("kinds: [commune]", "kinds: [commune, commune]", "stands in it twice"),
    "end before start": ("ends: 2020-12-31", "ends: 2017-12-31", "“ends” (2017-12-31) is before"),
    "round outside": ("opens: 2019-10-21", "opens: 2016-10-21", "outside the campaign's period"),
    "decided too soon": ("decide_by: 2019-12-27", "decide_by: 2019-11-01", "is before “submit_by”"),
    "unknown pool": ("pool: tap-the, at_most: 8", "pool: to, at_most: 8", "Use one of: tap-the, ca-nhan."),
    "unknown strand": ("at_most: 8}", "at_most: 8, strands: [abc]}", "“abc” is not defined"),
    "reserved code": ("- code: nam-2019", "- code: dot-xuat-2019", "for extraordinary merit"),
    "code twice": ("- code: nam-2019", "- code: nam-2018", "“nam-2018” stands already on line"),
    "unit twice": ("unit: an-giang/tinh-bien/an-hao", "unit: an-giang/tinh-bien/an-cu", "stands already"),
    "kind in two pools": (
        "[individual, household]\n\nrounds",
        "[hamlet]\n\nrounds",
        "“hamlet” is counted in",
    ),
    "two ceilings": ("{pool: ca-nhan, at_most: 15}", "{pool: tap-the, at_most: 15}", "two ceilings"),
    "levels upside down": ("[commune, district]", "[district, commune]", "not in the order of assessment"),
    "range upside down": ("target_to: 4", "target_to: 2", "no better than its beginning"),
    "group unknown": ("groups: [xa-tren-20]", "groups: [xa-ngheo]", "no group of units"),
    "group within none": ("within: xa-thi-tran", "within: xa-tren-20", "Use one of: xa-thi-tran."),
    "group without units": ("within: xa-thi-tran", "# within", "which units it holds"),
    "year outside": ("years: [2018]", "years: [2015]", "does not run in 2015"),
    "assumption about nothing": ("[pools/ca-nhan]", "[pools/khac]", "no place “pools/khac”"),
    "numbered draft": ("state: issued", "state: draft #", "A draft has “issued” already"),
    "field twice": ("campaign_kind: thematic", "title: another", "“title” is given twice"),
    "broken syntax": ("chain: [commune, district]", "chain: ]", "not readable YAML"),
    "alias": ("chain: [commune, district]", "chain: *levels", "anchors and aliases"),
}
# Faults told on another line than the change.
ELSEWHERE = {
    "numbered draft": "  issued: không rõ",
    "kind in two pools": "kinds: [hamlet]",
    "group without units": "- code: xa-tren-20",
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_fault_names_its_line_and_a_remedy(case: str) -> None:
    good, bad, said = FAULTY[case]
    before = text_of(TINH_BIEN)
    assert good in before
    text = before.replace(good, bad, 1)
    line = line_of(text, ELSEWHERE[case]) if case in ELSEWHERE else line_of(before, good)
    found = faults_of(text)
    assert [sentence for at, _, sentence in found if at == line and said in sentence], found


def test_what_is_missing_is_told_on_the_line_its_group_begins() -> None:
    text = text_of(TINH_BIEN)
    ((line, pointer, said),) = faults_of(text.replace("  number: không rõ trong nguồn\n", ""))
    assert (line, pointer) == (line_of(text, "document:"), "/document/number")
    assert said.startswith("An issued plan has no “number”. Give it, or write “không rõ trong nguồn”")
    assert faults_of(text.replace("short_title:", "fictitious: false #")) == [
        (2, "/", "“short_title” is missing. Add a line “short_title: …” here.")
    ]


def test_every_fault_of_a_kind_is_reported_at_once_in_the_order_of_lines() -> None:
    text = text_of(TINH_BIEN).replace("level: district", "level: city", 1)
    text = text.replace("campaign_kind: thematic", "campaign_kind: large").replace(
        "at_most: 8}", "at_most: -8}"
    )
    found = faults_of(text)
    assert [pointer for _, pointer, _ in found] == [
        "/level",
        "/campaign_kind",
        "/rounds/2/ceilings/0/at_most",
    ]
    assert [line for line, _, _ in found] == sorted(line for line, _, _ in found)


def test_unknown_units_are_faults_when_the_register_is_given() -> None:
    known = {entry.unit for entry in shipped(TINH_BIEN).addressed_units} | {"an-giang/tinh-bien"}
    assert parse_plan(text_of(TINH_BIEN), known).code == TINH_BIEN
    with pytest.raises(PlanFaults) as caught:
        parse_plan(text_of(TINH_BIEN), known - {"an-giang/tinh-bien/an-cu"})
    assert [(fault.line, fault.pointer.split("/")[1]) for fault in caught.value.faults] == [
        (line_of(text_of(TINH_BIEN), "    units:\n"), "unit_groups"),
        (line_of(text_of(TINH_BIEN), "- unit: an-giang/tinh-bien/an-cu\n"), "addressed_units"),
    ]


def test_faults_are_told_in_the_readers_language() -> None:
    with pytest.raises(PlanFaults) as caught:
        parse_plan(text_of(TINH_BIEN).replace("campaign_kind: thematic", "campaign_kind: large"))
    vietnamese = {
        "“%(value)s” is not one of the words allowed here.": "“%(value)s” không phải từ được dùng ở đây."
    }
    sentence = caught.value.faults[0].sentence(lambda msgid: vietnamese.get(msgid, "Hãy chọn: %(choices)s."))
    assert sentence == "“large” không phải từ được dùng ở đây. Hãy chọn: regular, thematic."


@given(st.text(max_size=200))
def test_any_text_is_a_plan_or_faults_never_another_error(text: str) -> None:
    with pytest.raises(PlanFaults) as caught:
        parse_plan(text)
    assert all(fault.line >= 1 for fault in caught.value.faults)


@given(st.data())
def test_a_plan_with_a_lost_or_changed_line_is_a_plan_or_faults(data: st.DataObject) -> None:
    lines = text_of("tinh-bien-gia-dinh-2020").split("\n")
    index = data.draw(st.integers(0, len(lines) - 1))
    change = data.draw(
        st.sampled_from(["", "x", "  - 1", "null: {}", lines[index][:-1], lines[index] + " :"])
    )
    text = "\n".join([*lines[:index], change, *lines[index + 1 :]])
    try:
        outcome: object = parse_plan(text)
    except PlanFaults as faults:
        outcome = faults.faults
    assert outcome


def test_deep_nesting_is_a_fault() -> None:
    assert faults_of("[" * 5000)[0][0] == 1


def test_the_schema_is_valid_and_says_what_each_field_is() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    groups = [SCHEMA, *SCHEMA["$defs"].values()]
    fields = [f for group in groups for f in json.loads(json.dumps(group)).get("properties", {}).values()]
    assert all("description" in field for field in fields)
