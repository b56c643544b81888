"""Rule sets: the shipped eras hold the field's numbers by date, and faulty ones are named by line."""

import datetime as dt
from fractions import Fraction

import pytest
from jsonschema import Draft202012Validator

from workflows.law import SCHEMA, SHIPPED_LAW, LawFaults, NoRule, RuleSet, parse_rule_set, rule_set_at
from workflows.law_checks import says_unverified

SETS = [parse_rule_set(file.read_text("utf-8")) for file in sorted(SHIPPED_LAW.glob("*.yaml"))]
TEXT = (SHIPPED_LAW / "law-2024.yaml").read_text("utf-8")
IN_2019, IN_2024, IN_2025 = (
    dt.date(2019, 12, 10),
    dt.date(2024, 11, 12),
    dt.date(2025, 8, 1),
)


def at(on: dt.date) -> RuleSet:
    return rule_set_at(SETS, on)


def test_every_day_since_2014_has_one_rule_set_on_either_side_of_each_change() -> None:
    changes = [rule_set.starts for rule_set in SETS]
    assert [at(day).starts for day in changes] == changes
    assert [at(day - dt.timedelta(days=1)).code for day in changes[1:]] == [s.code for s in SETS[:-1]]
    with pytest.raises(NoRule):
        at(changes[0] - dt.timedelta(days=1))


def test_the_district_level_is_gone_from_1_july_2025() -> None:
    assert at(dt.date(2025, 6, 30)).levels == ("commune", "district", "province")
    assert at(dt.date(2025, 7, 1)).levels == ("commune", "province")
    for rule_set in SETS[2:]:
        assert not any("district" in award.levels for award in rule_set.awards)


@pytest.mark.parametrize(
    ("on", "amount"),
    [
        (dt.date(2018, 12, 3), 1_390_000),
        (dt.date(2019, 6, 30), 1_390_000),
        (dt.date(2019, 7, 1), 1_490_000),
        (dt.date(2024, 6, 30), 1_800_000),
        (dt.date(2024, 7, 1), 2_340_000),
        (dt.date(2025, 8, 1), 2_340_000),
    ],
)
def test_the_base_salary_goes_by_date(on: dt.date, amount: int) -> None:
    assert at(on).base_salary(on) == amount


# domain.md section 3: award, kind of nominee, level, multiple x factor.
MULTIPLES = [
    ("advanced_worker", "individual", "commune", "0.3"),
    ("grassroots_emulation_fighter", "individual", "district", "1"),
    ("provincial_emulation_fighter", "individual", "province", "3"),
    ("national_emulation_fighter", "individual", "state", "4.5"),
    ("advanced_collective", "collective", "district", "0.8"),
    ("excellent_collective", "collective", "province", "1.5"),
    ("cultural_hamlet", "hamlet", "district", "1.5"),
    ("exemplary_commune", "commune", "province", "2"),
    ("provincial_emulation_flag", "collective", "province", "8"),
    ("government_emulation_flag", "collective", "state", "12"),
    ("cultural_family", "household", "commune", "0.1"),
    ("certificate_of_merit", "individual", "district", "0.3"),
    ("certificate_of_merit", "household", "district", "0.45"),
    ("certificate_of_merit", "hamlet", "district", "0.6"),
    ("certificate_of_merit", "individual", "commune", "0.15"),
    ("certificate_of_merit", "collective", "commune", "0.3"),
    ("provincial_certificate_of_merit", "individual", "province", "1.5"),
    ("provincial_certificate_of_merit", "enterprise", "province", "3"),
    ("prime_minister_certificate_of_merit", "individual", "state", "3.5"),
    ("labour_order_first", "individual", "state", "9"),
    ("labour_order_second", "individual", "state", "7.5"),
    ("labour_order_third", "collective", "state", "9"),
]


@pytest.mark.parametrize(("award", "kind", "level", "multiple"), MULTIPLES)
def test_prizes_are_multiples_of_the_base_salary(award: str, kind: str, level: str, multiple: str) -> None:
    prize = at(IN_2024).prize(award, kind, level, IN_2024)
    assert prize is not None
    assert prize.multiple * prize.factor == Fraction(multiple)


def test_a_communes_certificate_brings_the_whole_multiple_since_july_2025() -> None:
    prize = at(IN_2025).prize("certificate_of_merit", "individual", "commune", IN_2025)
    assert prize is not None
    assert prize.multiple == Fraction("0.3")


def test_a_provincial_certificate_brought_one_base_salary_before_2024() -> None:
    prize = at(IN_2019).prize("provincial_certificate_of_merit", "individual", "province", IN_2019)
    assert prize is not None
    assert (prize.multiple, prize.mark) == (1, "verified")


def test_who_decides_follows_the_era() -> None:
    assert at(IN_2019).decider("certificate_of_merit", "district", IN_2019).office.endswith("cấp huyện")
    assert at(IN_2025).award("grassroots_emulation_fighter", IN_2025).levels == ("commune",)
    with pytest.raises(NoRule):
        at(IN_2025).decider("certificate_of_merit", "district", IN_2025)


def test_the_certificate_of_merit_needs_three_papers() -> None:
    rules = at(IN_2024)
    dossier = [
        p.code for p in rules.dossier_papers("certificate_of_merit", "individual", IN_2024) if p.required
    ]
    batch = [paper.code for paper in rules.papers if paper.stage == "batch"]
    assert batch + dossier == ["submission", "achievement_report", "meeting_minutes"]


def test_titles_add_the_initiative_and_state_awards_the_secret_ballot() -> None:
    def required(award: str) -> set[str]:
        return {p.code for p in at(IN_2024).dossier_papers(award, "individual", IN_2024) if p.required}

    assert "initiative_certificate" in required("grassroots_emulation_fighter")
    assert "secret_ballot_result" in required("prime_minister_certificate_of_merit")
    assert "initiative_certificate" not in required("certificate_of_merit")


def test_recognition_of_poverty_is_a_paper_of_households_only() -> None:
    def papers(kind: str) -> set[str]:
        return {p.code for p in at(IN_2019).dossier_papers("certificate_of_merit", kind, IN_2019)}

    assert "poverty_recognition" in papers("household")
    assert "poverty_recognition" not in papers("collective")


def test_posting_days_can_be_kept_for_an_award() -> None:
    rules = at(IN_2019)
    clock = rules.clock("public_posting", IN_2019, "cultural_family")
    assert (rules.posting_days("cultural_family", IN_2019), clock.day_kind) == (10, "calendar")
    assert rules.posting_days("certificate_of_merit", IN_2019) != 10


def test_a_supplement_is_asked_for_once_and_refusals_have_four_grounds() -> None:
    assert at(IN_2019).supplement_limit(IN_2019) == 1
    assert len(at(IN_2019).refusal_grounds) == 4


def test_an_award_is_revoked_on_four_grounds_and_its_file_kept_by_who_decided_it() -> None:
    """domain.md section 3; how long a file is kept nobody has checked yet, and it says so."""
    for rule_set in SETS:
        assert [each.code for each in rule_set.revocation_grounds] == [
            "merit_misdeclared",
            "papers_forged",
            "unlawful_appraisal",
            "standard_disproved",
        ]
        kept = {level: each.years for each in rule_set.retention_periods for level in each.levels}
        assert kept.pop("state") is None
        assert all(years for years in kept.values())
        assert set(kept) == {*rule_set.levels, "unit"}
        assert {each.mark for each in rule_set.retention_periods} == {"unverified"}


def test_older_versions_know_neither_and_are_still_rule_sets() -> None:
    start, end = TEXT.index("revocation_grounds:\n"), TEXT.index("base_salaries:\n")
    older = parse_rule_set(TEXT[:start] + TEXT[end:])
    assert older.revocation_grounds == older.retention_periods == older.inspection_limits == ()
    assert older.inspection_limit("rapid", older.starts) is None


def test_the_limits_of_an_inspection_say_that_nobody_has_checked_them() -> None:
    for rule_set in SETS:
        limits = {each.code: (each.value, each.unit, each.mark) for each in rule_set.inspection_limits}
        assert limits == {
            "rapid": (30, "seconds", "unverified"),
            "night_from": (22, "hour", "unverified"),
            "night_until": (6, "hour", "unverified"),
        }


def test_no_hour_comes_after_23() -> None:
    with pytest.raises(LawFaults):
        parse_rule_set(TEXT.replace("value: 22, unit: hour", "value: 24, unit: hour"))


def test_presets_are_counted_on_all_members() -> None:
    presets = {p.code: p.profile for p in at(IN_2019).vote_presets}
    assert {code: (p.comparison, p.threshold, p.base) for code, p in presets.items()} == {
        "more_than_half": ("more_than", Fraction(1, 2), "all"),
        "eighty_percent": ("at_least", Fraction(4, 5), "all"),
        "ninety_percent": ("at_least", Fraction(9, 10), "all"),
    }
    assert at(IN_2019).vote_profile("district", "certificate_of_merit", IN_2019).code == "more_than_half"
    named = at(IN_2019).vote_profile("province", "provincial_emulation_fighter", IN_2019)
    assert named.code == "eighty_percent"


def test_nothing_that_rests_on_a_default_or_an_unchecked_text_is_marked_verified() -> None:
    for rule_set in SETS:
        entries = [*rule_set.papers, *rule_set.clocks, *rule_set.awards, *rule_set.base_salaries]
        entries += [*rule_set.refusal_grounds, *rule_set.revocation_grounds, *rule_set.retention_periods]
        entries += rule_set.inspection_limits
        entries += [prize for award in rule_set.awards for prize in award.prizes]
        doubtful = [e for e in entries if says_unverified(e.citation)]
        assert doubtful
        assert {entry.mark for entry in doubtful} == {"unverified"}
    assert not any(award.mark == "verified" for award in SETS[-1].awards)


FAULTY = {
    "unknown field": ("starts: 2024-01-01", "begins: 2024-01-01", "“begins” is not a field"),
    "no date": ("ends: 2025-06-30", "ends: 30/6/2025", "is not a date"),
    "period upside down": ("ends: 2025-06-30", "ends: 2023-06-30", "before it starts on 2024-01-01"),
    "two salaries": ("amount: 2340000, starts: 2024-07-01", "amount: 2340000", "same time as"),
    "unknown award": ("awards: [cultural_family]", "awards: [gia_dinh]", "“gia_dinh” is not an award"),
    "unknown preset": (
        "level: commune, preset: more_than_half",
        "level: commune, preset: half",
        "not a vote",
    ),
    "share above one": ('threshold: "9/10"', 'threshold: "10/9"', "10/9 is not a share"),
    "share in decimals": ('threshold: "9/10"', "threshold: 0.9", "is of the wrong kind"),
    "default called verified": (
        "level: district, preset: more_than_half, mark: unverified",
        "level: district, preset: more_than_half, mark: verified",
        "A default of the software is marked as verified",
    ),
}


@pytest.mark.parametrize("case", FAULTY)
def test_a_fault_names_its_line_and_a_remedy(case: str) -> None:
    good, bad, said = FAULTY[case]
    assert good in TEXT
    with pytest.raises(LawFaults) as caught:
        parse_rule_set(TEXT.replace(good, bad, 1))
    line = TEXT[: TEXT.index(good) + len(good)].count("\n") + 1
    assert [f for f in caught.value.faults if f.line == line and said in f.sentence()], str(caught.value)


def test_more_than_all_is_a_fault() -> None:
    text = TEXT.replace('threshold: "1/2"', 'threshold: "1"')
    with pytest.raises(LawFaults, match="More than all can never be reached"):
        parse_rule_set(text)


def test_the_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    ("award", "kind", "exemplar", "asked"),
    [
        ("certificate_of_merit", "individual", False, ""),
        ("certificate_of_merit", "individual", True, "influence"),
        ("certificate_of_merit", "collective", False, "unit_results"),
        ("advanced_worker", "individual", False, ""),
        ("grassroots_emulation_fighter", "individual", False, "initiative"),
        ("provincial_emulation_fighter", "individual", False, "initiative lower_titles"),
        ("provincial_certificate_of_merit", "commune", False, "unit_results influence"),
        ("provincial_certificate_of_merit", "household", False, "influence"),
        ("cultural_family", "household", False, ""),
    ],
)
def test_what_the_appraisal_asks_goes_by_award_kind_and_exemplar(award, kind, exemplar, asked) -> None:
    for rules in SETS:
        parts = rules.appraisal(award, kind, rules.starts, exemplar=exemplar)
        assert [part.code for part in parts] == asked.split(), rules.code
        assert all(part.mark == "unverified" for part in parts)
