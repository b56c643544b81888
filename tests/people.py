"""The people tests act as, by user name: each made up, each with one role in one unit of Tịnh Biên or above."""

from dataclasses import dataclass

PROVINCE = "an-giang"
TINH_BIEN = "an-giang/tinh-bien"
AN_CU = "an-giang/tinh-bien/an-cu"
AN_PHU = "an-giang/tinh-bien/an-phu"
POLICE = "an-giang/tinh-bien/cong-an"
PARTY_BODY = "an-giang/tinh-bien/ban-to-chuc"
PASSWORD = "thidua-demo"


@dataclass(frozen=True)
class Named:
    """A person with an account and the role they hold."""

    username: str
    name: str
    role: str
    unit: str


PEOPLE = {
    person.username: person
    for person in (
        Named("registrant", "Trần Thị Đăng Ký", "registrant", AN_CU),
        Named("officer", "Lê Văn Cán Bộ", "officer", AN_CU),
        Named("colleague", "Phạm Thị Đồng Nghiệp", "officer", AN_CU),
        Named("commune_chair", "Nguyễn Văn Chủ Tịch Xã", "commune_chair", AN_CU),
        Named("other_registrant", "Đỗ Văn Hàng Xóm", "registrant", AN_PHU),
        Named("other_officer", "Võ Thị An Phú", "officer", AN_PHU),
        Named("other_chair", "Huỳnh Văn An Phú", "commune_chair", AN_PHU),
        Named("police", "Bùi Văn Công An", "officer", POLICE),
        Named("specialist", "Ngô Thị Chuyên Viên", "specialist", TINH_BIEN),
        Named("head", "Đặng Văn Trưởng Phòng", "head", TINH_BIEN),
        Named("secretary", "Hồ Thị Thư Ký", "secretary", TINH_BIEN),
        Named("office", "Dương Văn Văn Phòng", "office", TINH_BIEN),
        Named("chair", "Lý Thị Thường Trực", "presiding", TINH_BIEN),
        Named("authority", "Nguyễn Văn Chủ Tịch", "authority", TINH_BIEN),
        Named("clerk", "Mai Thị Văn Thư", "clerk", TINH_BIEN),
        Named("auditor", "Trịnh Văn Thanh Tra", "auditor", TINH_BIEN),
        Named("admin", "Cao Văn Quản Trị", "admin", PROVINCE),
        Named("province_specialist", "Vũ Thị Tỉnh", "specialist", PROVINCE),
        Named("province_head", "Hà Văn Tỉnh", "head", PROVINCE),
        Named("member1", "Đinh Văn Một", "member", TINH_BIEN),
        Named("member2", "Tạ Thị Hai", "member", TINH_BIEN),
        Named("member3", "Chu Văn Ba", "member", TINH_BIEN),
        Named("stranger", "Quách Thị Không Vai", "", ""),
    )
}
