"""What a session's vote profile asks for, as numbers for pages and as the Vietnamese sentences of papers."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

from webapp.documents.formats import share
from webapp.queries.profiles import thawed_profile
from workflows.rules.voting import VoteProfile, needed_of

BASES = {
    "all": "tổng số thành viên Hội đồng",
    "present": "số thành viên có mặt",
    "valid": "số phiếu hợp lệ",
}
HUNDRED = 100


def quorum_needed(profile: VoteProfile, members: int) -> int:
    """How many members must be in the room, at least one."""
    return max(1, ceil(profile.quorum * members))


def rule_sentence(frozen: Mapping[str, Any], members: int) -> str:
    """The rule of a vote, as count and minutes state it: share, base, and the votes it comes to."""
    profile = thawed_profile(frozen)
    sentence = f"Trường hợp được thông qua khi có {_threshold(profile)} {BASES[profile.base]} đồng ý"
    if profile.base == "all":
        sentence += f" (từ {needed_of(profile, members):02d}/{members:02d} thành viên)"
    if profile.chair_yes_required:
        sentence += ", trong đó có Chủ tịch Hội đồng"
    if profile.quota == "cuts":
        sentence += "; số lượng khen thưởng của mỗi nhóm lấy theo số phiếu đồng ý từ cao xuống thấp"
    if profile.ballot_limit:
        sentence += (
            "; phiếu đồng ý quá số lượng khen thưởng còn lại của nhóm là phiếu không hợp lệ đối với nhóm đó"
        )
    return sentence


def cited_rule(frozen: Mapping[str, Any], members: int) -> str:
    """The same with the text it stands in; one that nobody has verified is not printed."""
    source = f" (căn cứ: {frozen['citation']})" if frozen["mark"] == "verified" else ""
    return rule_sentence(frozen, members) + source


def shortfall_sentence(frozen: Mapping[str, Any], count: Mapping[str, Any]) -> str:
    """Why a nominee did not pass, as the ground of a notice."""
    profile = thawed_profile(frozen)
    agree, base = count["agree"], count["base"]
    voted = f"{agree:02d}/{base:02d} đồng ý ({share(agree, base)})"
    match count["reason"]:
        case "no_quorum":
            return "Phiên họp không đủ số thành viên tham gia theo quy định"
        case "chair_not_in_favour":
            return f"Kết quả biểu quyết {voted}; Chủ tịch Hội đồng không đồng ý"
        case "tie":
            return f"Kết quả biểu quyết {voted}; số đồng ý và không đồng ý bằng nhau"
        case "chair_decided":
            return f"Kết quả biểu quyết {voted}; bằng số phiếu với trường hợp khác, người chủ trì không chọn"
        case "not_eligible":
            return f"Không đủ điều kiện: {grounds_text(count)}"
        case "beyond_cap":
            cap = grounds_text(count)
            return f"Kết quả biểu quyết {voted}; trường hợp khác có số phiếu cao hơn trong giới hạn: {cap}"
        case "beyond_quota":
            return f"Kết quả biểu quyết {voted}; số lượng khen thưởng có hạn, trường hợp khác có số phiếu cao hơn"
    return (
        f"Không đủ tỷ lệ đồng ý: {voted}, chưa đạt {_threshold(profile)} {BASES[profile.base]} "
        f"(cần {count['needed']:02d})"
    )


def grounds_text(count: Mapping[str, Any]) -> str:
    """The conditions an outcome rests on, as papers name them; a source nobody has verified is not printed."""
    return "; ".join(
        ground["name"] + (f" (căn cứ: {ground['citation']})" if ground["mark"] == "verified" else "")
        for ground in count.get("grounds", ())
    )


def _threshold(profile: VoteProfile) -> str:
    """``từ 80% trở lên``, ``trên 50%``; a share that is no whole percentage stays a fraction."""
    percent = profile.threshold * HUNDRED
    part = f"{percent}%" if percent.denominator == 1 else str(profile.threshold)
    return f"từ {part} trở lên" if profile.comparison == "at_least" else f"trên {part}"
