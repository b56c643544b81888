"""A council's vote profile as a file: read, and refused with the line of each fault."""

from fractions import Fraction

import pytest

from workflows.vote_profile import ProfileFaults, parse_profile

TEXT = """code: hoi_dong_80
name: Từ 80% tổng số thành viên, có hạn mức
citation: Quy chế làm việc giả định của Hội đồng
mark: unverified
profile:
  quorum: "3/4"
  quorum_base: all
  ballot: secret
  threshold: "4/5"
  comparison: at_least
  base: all
  quota: cuts
  quota_tie: chair_decides
  ballot_limit: true
"""


def test_a_whole_profile_is_read() -> None:
    preset = parse_profile(TEXT)
    assert (preset.code, preset.profile.threshold) == ("hoi_dong_80", Fraction(4, 5))
    assert (preset.profile.quota, preset.profile.quota_tie, preset.profile.ballot_limit) == (
        "cuts",
        "chair_decides",
        True,
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "pointer"),
    [
        ('threshold: "4/5"', 'threshold: "5/4"', 9, "/profile/threshold"),
        ('threshold: "4/5"', "threshold: 0.8", 9, "/profile/threshold"),
        ("ballot: secret", "ballot: hidden", 8, "/profile/ballot"),
        ("  base: all\n", "", 5, "/profile"),
        ("mark: unverified", "mark: unverified\nextra: 1", 5, "/extra"),
        ('quorum: "3/4"', 'quorum: "0/4"', 6, "/profile/quorum"),
    ],
)
def test_a_fault_is_named_with_its_line(old: str, new: str, line: int, pointer: str) -> None:
    with pytest.raises(ProfileFaults) as refusal:
        parse_profile(TEXT.replace(old, new))
    assert [(fault.line, fault.pointer) for fault in refusal.value.faults] == [(line, pointer)]


def test_what_can_never_be_reached_is_refused() -> None:
    more_than_all = TEXT.replace('"4/5"', '"1"').replace("at_least", "more_than")
    with pytest.raises(ProfileFaults, match="can never be reached"):
        parse_profile(more_than_all)
