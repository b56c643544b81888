"""What is wrong, where it is, and the sentence that says so, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

TEXTS = {
    "line": ("{file}: có dòng không đọc được, ở byte {n}", "{file}: a line cannot be read, at byte {n}"),
    "doubled": (
        "{file}: có dòng ghi một tên hai lần, ở byte {n}; mỗi chương trình có thể đọc ra một nội dung khác",
        "{file}: a line has the same name twice, at byte {n}; two programs may read two things",
    ),
    "wrapped": (
        "{file}: cuối dòng đã bị đổi thành CR LF; tệp đã được ghi lại bằng chương trình khác",
        "{file}: its lines end in CR LF; another program has written it anew",
    ),
    "content": (
        "Sự kiện số {n} của {where}: nội dung đã bị sửa sau khi ghi",
        "Event {n} of {where}: its content was changed after it was recorded",
    ),
    "actor": (
        "Sự kiện số {n} của {where}: người thực hiện đã bị sửa sau khi ghi ({was} / {now})",
        "Event {n} of {where}: who acted was changed after it was recorded ({was} / {now})",
    ),
    "time": (
        "Sự kiện số {n} của {where}: thời điểm đã bị sửa sau khi ghi ({was} / {now})",
        "Event {n} of {where}: its time was changed after it was recorded ({was} / {now})",
    ),
    "type": (
        "Sự kiện số {n} của {where}: loại việc đã bị sửa sau khi ghi ({was} / {now})",
        "Event {n} of {where}: its kind was changed after it was recorded ({was} / {now})",
    ),
    "private": (
        "Sự kiện số {n} của {where}: phần riêng tư (biểu mẫu, lý do) đã bị sửa hoặc được thêm vào sau khi ghi",
        "Event {n} of {where}: its personal part (form, reason) was changed or added after it was recorded",
    ),
    "replaced": (
        "Sự kiện số {n} của {where}: đã bị thay bằng sự kiện khác; sự kiện tiếp theo nối vào một nội dung khác",
        "Event {n} of {where}: another one has taken its place; the next one follows something else",
    ),
    "start": (
        "Sự kiện số 1 của {where}: không mở đầu chuỗi; phần đầu đã bị thay",
        "Event 1 of {where}: does not begin the chain; the beginning was replaced",
    ),
    "gap": (
        "Thiếu sự kiện số {n} của {where}: đã bị xóa",
        "Event {n} of {where} is missing: it was deleted",
    ),
    "renumbered": (
        "Trước sự kiện số {n} của {where} đã bị xóa {count} sự kiện; các sự kiện sau đã bị đánh số lại",
        "Before event {n} of {where} {count} were deleted; those after it were numbered anew",
    ),
    "inserted": (
        "Sự kiện số {n} của {where}: đã bị chèn thêm; các sự kiện sau đã bị đánh số lại",
        "Event {n} of {where}: was inserted; those after it were numbered anew",
    ),
    "order": (
        "Sự kiện số {n} của {where}: không đứng đúng chỗ (nội dung ghi {was}); thứ tự đã bị đổi",
        "Event {n} of {where}: does not stand in its place (its text says {was}); the order was changed",
    ),
    "twice": (
        "Sự kiện số {n} của {where}: có hai lần",
        "Event {n} of {where}: stands twice",
    ),
    "foreign": (
        "Sự kiện số {n} của {where}: nội dung là của sự kiện khác ({was})",
        "Event {n} of {where}: the text is that of another event ({was})",
    ),
    "backdated": (
        "Sự kiện số {n} của {where}: ghi lùi ngày {was}, điểm kiểm tra ký sau đó chưa biết (hoặc đồng hồ bị lùi)",
        "Event {n} of {where}: antedated to {was}; a later checkpoint did not know it (or the clock was put back)",
    ),
    "cut": (
        "Phần cuối của {where} đã bị cắt: thiếu từ sự kiện số {n} đến số {last}, có trong điểm kiểm tra {point}",
        "The end of {where} was cut off: {n} to {last} are missing, which checkpoint {point} names",
    ),
    "gone": (
        "Mất toàn bộ {where}: điểm kiểm tra {point} ghi có {last} sự kiện",
        "The whole of {where} is missing: checkpoint {point} names {last} events",
    ),
    "recomputed": (
        "Chuỗi của {where} đã bị tính lại từ sự kiện trong khoảng số {n}–{last}: {point} đã ký nội dung khác",
        "The chain of {where} was computed anew from one of {n}–{last} on: {point} has signed another content",
    ),
    "code": (
        "Thiếu hồ sơ {was}: mã hồ sơ được đánh số liên tục",
        "The case {was} is missing: codes of cases have no gap",
    ),
    "backup": (
        "Điểm kiểm tra {point} mới hơn nhật ký: một bản sao lưu cũ đã được khôi phục, hoặc phần cuối đã bị cắt",
        "Checkpoint {point} is newer than the log: an old backup was restored, or the end was cut off",
    ),
    "withheld": (
        "Sự kiện số {n} của {where} ghi đã ký một điểm kiểm tra, nhưng điểm kiểm tra đó đã bị bỏ đi",
        "Event {n} of {where} says a checkpoint was signed, but that checkpoint was taken away",
    ),
    "none": ("Không có điểm kiểm tra nào", "There is no checkpoint"),
    "unreadable": ("{file}: không đọc được", "{file}: cannot be read"),
    "symlink": (
        "{file}: là liên kết dẫn ra nơi khác; không được đọc",
        "{file}: is a link that leads elsewhere; it is not read",
    ),
    "outside": (
        "{file}: tên tệp dẫn ra ngoài nơi được kiểm tra; không được đọc",
        "{file}: its name leads out of what is checked; it is not read",
    ),
    "bomb": (
        "{file}: nén quá mức bình thường (bom nén); không được giải nén",
        "{file}: is packed beyond all reason (a zip bomb); it is not unpacked",
    ),
    "doubled_file": (
        "{file}: có hai lần trong tệp zip; mỗi chương trình có thể đọc ra một nội dung khác",
        "{file}: is in the zip file twice; two programs may read two things",
    ),
    "key": ("{file}: khóa ký không được tin cậy", "{file}: is signed with a key that is not trusted"),
    "signature": (
        "{file}: chữ ký không hợp lệ; tệp đã bị sửa",
        "{file}: its signature does not hold; it was changed",
    ),
    "link": (
        "{file}: không nối tiếp điểm kiểm tra trước; có điểm kiểm tra đã bị bỏ hoặc bản sao lưu cũ đã chạy tiếp",
        "{file}: does not follow the checkpoint before; one was taken away, or an old backup went on",
    ),
    "root": ("{file}: gốc Merkle không khớp", "{file}: its Merkle root does not fit"),
    "proof": (
        "{where}: bằng chứng không dẫn đến gốc đã ký trong điểm kiểm tra {point}",
        "{where}: its proof does not lead to the root that checkpoint {point} signs",
    ),
    "unproved": ("{where}: không có bằng chứng thuộc điểm kiểm tra", "{where}: has no proof of inclusion"),
    "document": (
        "Văn bản {file} (sự kiện số {n} của {where}): tệp đã bị thay sau khi ghi",
        "Document {file} (event {n} of {where}): the file was exchanged after it was recorded",
    ),
    "lost": (
        "Thiếu tệp của văn bản {was} (sự kiện số {n} của {where})",
        "The file of document {was} is missing (event {n} of {where})",
    ),
    "unsaid": (
        "Thiếu phần riêng tư của sự kiện số {n} của {where}, nhật ký không ghi việc xóa nào",
        "The personal part of event {n} of {where} is missing, and the log tells of no erasure",
    ),
    "returned": (
        "Phần riêng tư của sự kiện số {n} của {where} đã được xóa theo luật, nay lại có",
        "The personal part of event {n} of {where} was erased by law and is here again",
    ),
    "unknown": (
        "{file}: không sự kiện nào ghi nhận văn bản này",
        "{file}: no event knows this document",
    ),
    "diagram": (
        "{file}: sơ đồ hoặc biểu mẫu đã bị sửa sau khi đưa vào áp dụng",
        "{file}: the diagram or form was changed after it was put into use",
    ),
    "undrawn": (
        "Thiếu sơ đồ và biểu mẫu mà sự kiện số {n} của {where} đã chạy theo ({was})",
        "Diagram and forms that event {n} of {where} ran on are missing ({was})",
    ),
    "changed": (
        "{file}: tệp đã bị sửa sau khi gói được ký",
        "{file}: was changed after the bundle was signed",
    ),
    "missing": ("{file}: tệp của gói đã bị bỏ đi", "{file}: a file of the bundle was taken away"),
    "added": ("{file}: tệp được thêm vào gói", "{file}: was added to the bundle"),
}
LONGEST = 200
"""Signs of a name or a value that are shown."""
SUMMARIES = {
    "holds": (
        "KHỚP: {events} sự kiện, {streams} luồng, {checkpoints} điểm kiểm tra, {documents} văn bản",
        "HOLDS: events {events}, streams {streams}, checkpoints {checkpoints}, documents {documents}",
    ),
    "nothing": ("{place} không đọc được: {fault}", "{place} cannot be read: {fault}"),
    "fails": ("KHÔNG KHỚP: {faults} lỗi", "DOES NOT HOLD: faults {faults}"),
    "more": ("… và {more} lỗi khác", "… and more faults: {more}"),
    "open": (
        "{open} sự kiện sau điểm kiểm tra cuối chưa được ký",
        "Events after the last checkpoint, not signed yet: {open}",
    ),
    "erased": (
        "{erased} phần riêng tư đã xóa theo luật, mã băm đã kiểm chứng trong chuỗi",
        "Personal parts erased by law, hash verified: {erased}",
    ),
    "withheld": (
        "{withheld} phần riêng tư không kèm theo vì người lấy gói không được đọc; mã băm vẫn nằm trong chuỗi",
        "Personal parts that whoever took the bundle may not read, whose hashes stay in the chain: {withheld}",
    ),
    "kept_back": (
        "{kept_back} văn bản không kèm theo vì người lấy gói không được đọc",
        "Documents that whoever took the bundle may not read, and that are not here: {kept_back}",
    ),
    "made": (
        "Gói lập lúc {at}; việc ghi sau lúc đó không có ở đây",
        "The bundle was made {at}; what was recorded later is not in it",
    ),
    "part": (
        "Gói này chỉ có các luồng của {of}; có đủ mọi hồ sơ hay không chỉ kiểm tra được trên bản xuất toàn bộ",
        "This bundle holds the streams of {of} alone; that no case is missing shows only in a whole export",
    ),
    "believed": (
        "Khóa lấy từ chính nơi được kiểm tra; hãy so với khóa cơ quan đã công bố: {keys}",
        "The key was taken from what is checked; compare it with the published one: {keys}",
    ),
    "tested": ("Tự kiểm tra: mọi bản giả đều bị phát hiện", "Self-test: every falsified copy was refused"),
    "untried": (
        "Tự kiểm tra: ở đây không làm giả được: {what}",
        "Self-test: could not be falsified here: {what}",
    ),
    "untested": (
        "Tự kiểm tra không chạy: nơi được kiểm tra vốn đã không khớp",
        "The self-test was not run: what is checked does not hold as it is",
    ),
    "missed": ("Tự kiểm tra THẤT BẠI, không phát hiện: {what}", "Self-test FAILED, not found: {what}"),
}


class Fault(NamedTuple):
    """Something that does not hold: what, where (a stream and a number, or a file), and what its sentence names."""

    code: str
    place: str
    said: Mapping[str, Any]

    def told(self, english: bool) -> str:
        """The sentence; nothing that a forger has written can look like one of ours."""
        where = str(self.said.get("stream", ""))
        kind = ("case " if english else "hồ sơ ") if where.startswith("case/") else "luồng "
        kind = "stream " if english and kind == "luồng " else kind
        said = {name: plain(value, ascii_only=name != "file") for name, value in self.said.items()}
        said["where"] = kind + plain(where[5:] if where.startswith("case/") else where, ascii_only=True)
        return TEXTS[self.code][english].format(**said)


def plain(value: object, *, ascii_only: bool) -> str:
    """A value as it is safely shown: signs that are not seen, and in names of streams those that only look alike, are
    written out."""
    shown = "".join(
        each
        if (each.isascii() or not ascii_only or each == "–") and each.isprintable()
        else ascii(each)[1:-1]
        for each in str(value)[: LONGEST + 1]
    )
    return shown if len(str(value)) <= LONGEST else shown[:LONGEST] + "…"


def at_event(code: str, stream: str, number: object, **said: object) -> Fault:
    """What is wrong with an event of a stream."""
    return Fault(code, f"{stream} #{number}", dict(said, stream=stream, n=number))


def at_file(code: str, name: str, **said: object) -> Fault:
    """What is wrong with a file."""
    return Fault(code, name, dict(said, file=name))
