"""The roles of the procedure, each with what it does in it."""

import re
from collections.abc import Mapping
from typing import Self

from tests.e2e.actors import PASSWORD, Person
from tests.e2e.forms import Answer, Scan
from tests.e2e.replay import Replay

SIGNATURE: Answer = {"Cách ký": "Ký trên hệ thống, nhập lại mật khẩu", "Mật khẩu": PASSWORD}


class Member(Person):
    lists = ("mine",)

    def votes(self, code: str, choice: str = "Đồng ý") -> None:
        self.opens_task("Bỏ phiếu", code)
        self.marks(choice).reviews().casts()

    def marks(self, choice: str) -> Self:
        """Choose the same on every line of the sheet."""
        for line in self.main.locator("fieldset.ballot-line").all():
            line.get_by_label(choice, exact=True).check()
        return self

    def reviews(self) -> Self:
        self.main.get_by_role("button", name="Xem lại và bỏ phiếu").click()
        self.page.wait_for_url("**/council/ballots/**")
        return self

    def casts(self) -> Self:
        self.main.get_by_role("button", name=re.compile("^Bỏ phiếu:")).click()
        return self.sees("Phiếu của anh/chị đã được ghi nhận.")

    def votes_in_secret(self, code: str, choice: str) -> str:
        """Cast a secret ballot; returns the code of the ballot that is shown once."""
        self.opens_task("Bỏ phiếu", code)
        self.marks(choice).reviews().main.get_by_role("button", name=re.compile("^Bỏ phiếu:")).click()
        self.sees("Phiếu đã được niêm phong trong hòm phiếu.")
        return self.main.locator(".tracker-code").inner_text()


class Registrant(Person):
    username = "registrant"
    lists = ("mine",)

    def registers(self, campaign: str, nominee: Mapping[str, Answer], pledge: Mapping[str, Answer]) -> str:
        code = self.starts(campaign, "Đăng ký thi đua", nominee)
        self.fills_in(pledge).completes()
        return code

    def nominates(self, campaign: str, nominee: Mapping[str, Answer]) -> str:
        return self.starts(campaign, "Lập hồ sơ đề nghị", nominee)

    def hands_in_the_dossier(self, dossier: Mapping[str, Answer]) -> "Registrant":
        self.fills_in(dossier).completes()
        return self


class Officer(Person):
    username = "officer"

    def accepts_registration(self, code: str) -> None:
        self.does("Kiểm tra đăng ký", code, {"Kết luận": "Chấp nhận đăng ký"})

    def finds_dossier_complete(self, code: str) -> None:
        self.does("Kiểm tra thành phần hồ sơ", code, {"Kết luận": "Hồ sơ đầy đủ"})

    def records_meeting(self, code: str, day: str) -> None:
        self.does(
            "Ghi biên bản họp bình xét",
            code,
            {
                "Loại cuộc họp": "Họp ấp, khóm, tổ dân phố",
                "Ngày họp": day,
                "Địa điểm": "Nhà văn hóa ấp Vĩnh Lạc",
                "Chủ trì": "Trưởng ban nhân dân ấp",
                "Số người được mời": "60",
                "Số người có mặt": "52",
                "Số người đồng ý": "51",
                "Biên bản họp": Scan("bien-ban-hop.pdf"),
                "Kết luận": "Nhất trí đề nghị",
            },
        )

    def posts_publicly(self, code: str, day: str) -> None:
        self.does(
            "Niêm yết công khai",
            code,
            {
                "Nơi niêm yết": "Trụ sở UBND xã An Cư",
                "Niêm yết từ ngày": day,
                "Hình thức công khai": ["Niêm yết tại trụ sở"],
            },
        )

    def concludes_posting(self, code: str) -> None:
        self.does("Kết luận sau niêm yết", code, {"Kết luận": "Đủ điều kiện trình cấp trên"})

    def submits(self, campaign: str, award_round: str, nominee: str) -> str:
        code = self.starts(campaign, "Lập đợt trình", {"Đợt xét khen thưởng": award_round})
        self.fills_in({"Hồ sơ đưa vào tờ trình": [nominee], "Trích yếu": "Về việc đề nghị khen thưởng"})
        self.completes()
        return code


class CommuneChair(Person):
    username = "commune_chair"

    def concludes_council(self, code: str, day: str) -> None:
        self.does(
            "Kết luận của Hội đồng cấp xã, đơn vị",
            code,
            {
                "Ngày họp": day,
                "Tổng số thành viên": "11",
                "Số người có mặt": "11",
                "Số người đồng ý": "11",
                "Biên bản họp Hội đồng": Scan("bien-ban-hoi-dong.pdf"),
                "Kết luận": "Nhất trí đề nghị",
            },
        )

    def signs_submission(self, code: str, number: str, day: str) -> None:
        self.does(
            "Ký tờ trình",
            code,
            {
                "Kết luận": "Ký trình",
                "Số, ký hiệu tờ trình": number,
                "Ngày ký": day,
                "Chữ ký": SIGNATURE,
            },
        )


class Specialist(Person):
    username = "specialist"

    def receives_submission(self, code: str, day: str) -> None:
        self.does("Tiếp nhận hồ sơ trình", code, {"Tiếp nhận": "Nhận", "Ngày nhận bản giấy": day})

    def finds_eligible(self, code: str) -> None:
        met = (
            "Đúng đối tượng thi đua, khen thưởng",
            "Đạt tiêu chuẩn của danh hiệu, hình thức khen thưởng",
            "Hồ sơ đủ thành phần, đúng mẫu",
            "Đúng trình tự xét chọn, công khai ở cơ sở",
            "Không đang bị xem xét kỷ luật, điều tra, thanh tra, khiếu nại, tố cáo",
            "Chưa được khen thưởng cho cùng thành tích",
        )
        self.does(
            "Thẩm định hồ sơ",
            code,
            {
                "Kết luận": "Đủ điều kiện trình",
                "Kiểm tra tiêu chí": dict.fromkeys(met, "Có"),
                "Ý kiến thẩm định": "Đủ điều kiện, đủ tiêu chuẩn.",
            },
        )

    def drafts_decision(self, campaign: str, award_round: str, nominee: str, achievement: str) -> str:
        code = self.starts(campaign, "Lập quyết định khen thưởng", {"Đợt xét khen thưởng": award_round})
        self.fills_in(
            {
                "Hồ sơ được khen thưởng": [nominee],
                "Trích yếu": "Về việc khen thưởng phong trào “Chung tay vì người nghèo” năm 2019",
                "Thành tích ghi trong quyết định": achievement,
                "Người ký": "Hồ Trung Tín",
                "Nơi nhận": "Như Điều 3;\nLưu: VT.",
            }
        ).completes()
        return code

    def hands_over(self, code: str, nominee: str, day: str) -> None:
        self.does("Trao tặng", code, {"Ngày trao": day, "Người nhận": nominee, "Tiến độ": "Đã trao hết"})


class Head(Person):
    username = "head"

    def approves_appraisal(self, code: str) -> None:
        self.does("Duyệt kết quả thẩm định", code, {"Kết luận": "Phê duyệt"})

    def submits_decision(self, code: str) -> None:
        self.does("Trình dự thảo quyết định", code, {"Kết luận": "Trình ký", "Chữ ký": SIGNATURE})


class Secretary(Person):
    username = "secretary"

    def calls_session(self, campaign: str, award_round: str, nominee: str, at: str) -> str:
        code = self.starts(
            campaign,
            "Mở phiên họp Hội đồng",
            {"Đợt xét khen thưởng": award_round, "Nội dung phiên họp": "Xét khen thưởng đợt bổ sung"},
        )
        self.fills_in(
            {
                "Thời gian họp": at,
                "Hình thức họp": "Họp trực tiếp",
                "Địa điểm": "Hội trường UBND huyện",
                "Hồ sơ đưa ra Hội đồng": [nominee],
            }
        ).completes()
        return code

    def drafts_minutes(self, code: str, began: str, ended: str) -> None:
        self.does(
            "Lập biên bản họp",
            code,
            {
                "Bắt đầu lúc": began,
                "Kết thúc lúc": ended,
                "Tổ kiểm phiếu": [
                    {"Họ và tên": "Huỳnh Văn Tâm", "Vai trò": "Tổ trưởng"},
                    {"Họ và tên": "Neáng Sa Rây", "Vai trò": "Tổ viên"},
                ],
                "Kết luận của người chủ trì": "Hội đồng thống nhất đề nghị khen thưởng.",
                "Chữ ký của Thư ký": SIGNATURE,
            },
        )

    def publishes_decision(self, code: str, day: str) -> None:
        self.does(
            "Công bố quyết định",
            code,
            {"Ngày công bố": day, "Hình thức công khai": ["Trang thông tin điện tử"]},
        )


class Chair(Person):
    username = "chair"

    def opens_session(self, code: str, closes: str) -> None:
        self.opens_task("Khai mạc", code)
        self.main.get_by_role("button", name="Những người còn lại có mặt").click()
        self.fills_in(
            {
                "Người chủ trì": "Phó Chủ tịch thường trực Hội đồng",
                "Lý do Chủ tịch không chủ trì": "Đi công tác",
                "Văn bản ủy quyền số": "12/UQ-HĐTĐKT",
                "Văn bản ủy quyền chủ trì": Scan("uy-quyen.pdf"),
                "Kết luận": "Khai mạc, cho bỏ phiếu",
                "Cách bỏ phiếu": "Phiếu điện tử",
                "Hết hạn bỏ phiếu": closes,
            }
        ).completes()

    def signs_minutes(self, code: str) -> None:
        self.does("Ký biên bản họp", code, {"Kết luận": "Ký biên bản", "Chữ ký": SIGNATURE})


class Office(Person):
    username = "office"

    def checks_decision(self, code: str) -> None:
        self.does(
            "Kiểm tra thể thức, nội dung",
            code,
            {"Kết luận": "Phê duyệt", "Nơi ký": "Trình ký trên phần mềm"},
        )


class Authority(Person):
    username = "authority"

    def signs_decision(self, code: str) -> None:
        self.does("Ký quyết định", code, {"Kết luận": "Ký quyết định", "Chữ ký": SIGNATURE})


class Clerk(Person):
    username = "clerk"

    def numbers_decision(self, code: str, number: str, day: str) -> None:
        self.does(
            "Vào số, đóng dấu quyết định", code, {"Số": number, "Ký hiệu": "QĐ-UBND", "Ngày ban hành": day}
        )

    def sends_decision(self, code: str, day: str) -> None:
        self.opens_task("Gửi quyết định cho nơi nhận", code).fills_in({"Ngày gửi": day})
        for row in self.main.get_by_role("radio", name="Bản giấy").all():
            row.check()
        self.completes()

    def closes_file(self, code: str) -> None:
        self.does("Lập hồ sơ lưu", code, {"Nơi lưu hồ sơ": "Kho lưu trữ Văn phòng"})


class Auditor(Person):
    username = "auditor"

    def replays(self, code: str) -> Replay:
        return Replay(self.page, code)
