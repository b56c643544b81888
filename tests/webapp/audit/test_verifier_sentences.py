"""What the verifier says: each way to falsify the log has its own sentence, with the stream and the number."""

import json

import pytest

from tests.webapp.audit.forged import CODE, Log, row_of
from webapp.audit.offline_verifier import Verification

CASE = f"hồ sơ {CODE}"


@pytest.fixture
def log(tmp_path):
    made = Log(tmp_path / "export")
    assert made.checked() == []
    return made


def edit(log, number, **changes):
    """Change the text of an event and nothing else."""
    row = log.case()[number - 1]
    row["body"] = json.dumps(json.loads(row["body"]) | changes, ensure_ascii=False)


def renumber(rows):
    for number, row in enumerate(rows, 1):
        row["number"] = number


def test_a_changed_content(log):
    edit(log, 4, fields={"decision": "other"})
    assert log.checked() == [f"Sự kiện số 4 của {CASE}: nội dung đã bị sửa sau khi ghi"]
    assert log.checked(english=True) == [
        f"Event 4 of case {CODE}: its content was changed after it was recorded"
    ]


def test_a_changed_actor(log):
    edit(log, 4, actor="Binh")
    assert log.checked() == [f"Sự kiện số 4 của {CASE}: người thực hiện đã bị sửa sau khi ghi (Binh / An)"]


def test_a_changed_actor_beside_the_text(log):
    log.case()[3]["actor"] = "Binh"
    assert log.checked() == [f"Sự kiện số 4 của {CASE}: người thực hiện đã bị sửa sau khi ghi (An / Binh)"]


def test_a_changed_time(log):
    edit(log, 4, at="2019-11-30T08:00:00+00:00")
    [told] = log.checked()
    assert told.startswith(f"Sự kiện số 4 của {CASE}: thời điểm đã bị sửa sau khi ghi (2019-11-30")


def test_a_changed_kind(log):
    edit(log, 4, type="case_resumed")
    [told] = log.checked()
    assert told.startswith(f"Sự kiện số 4 của {CASE}: loại việc đã bị sửa sau khi ghi (case_resumed / ")


def test_a_changed_event_with_its_own_hash_made_to_fit(log):
    row = log.case()[3]
    log.case()[3] = row_of(json.loads(row["body"]) | {"actor": "Binh"}, row["previous_hash"])
    assert log.checked() == [
        f"Sự kiện số 4 của {CASE}: đã bị thay bằng sự kiện khác; sự kiện tiếp theo nối vào một nội dung khác"
    ]


def test_a_deleted_event_in_the_middle(log):
    del log.case()[3]
    assert log.checked() == [f"Thiếu sự kiện số 4 của {CASE}: đã bị xóa"]


def test_deleted_events_at_the_beginning(log):
    del log.case()[:2]
    assert log.checked() == [f"Thiếu sự kiện số 1–2 của {CASE}: đã bị xóa"]


def test_a_deleted_event_with_the_others_numbered_anew(log):
    del log.case()[3]
    renumber(log.case())
    assert log.checked()[0] == (
        f"Trước sự kiện số 4 của {CASE} đã bị xóa 1 sự kiện; các sự kiện sau đã bị đánh số lại"
    )


def test_the_end_cut_off(log):
    del log.case()[4:]
    place = "thiếu từ sự kiện số 5 đến số 6, có trong điểm kiểm tra checkpoints/2.json"
    assert log.checked() == [f"Phần cuối của {CASE} đã bị cắt: {place}"]


def test_a_deleted_stream(log):
    del log.rows[f"case/{CODE}"]
    assert log.checked() == [f"Mất toàn bộ {CASE}: điểm kiểm tra checkpoints/2.json ghi có 6 sự kiện"]


def test_a_deleted_case_that_no_checkpoint_knew(log):
    for number in ("0003", "0004"):
        log.append(f"case/HS-2019-{number}", at="2019-12-03T08:00:00+00:00")
    del log.rows["case/HS-2019-0003"]
    assert log.checked() == ["Thiếu hồ sơ HS-2019-0003: mã hồ sơ được đánh số liên tục"]


def test_an_inserted_event(log):
    rows = log.case()
    body = json.loads(rows[3]["body"]) | {"actor": "Binh"}
    rows.insert(3, row_of(body, rows[2]["hash"]))
    renumber(rows)
    assert log.checked() == [
        f"Sự kiện số 4 của {CASE}: đã bị chèn thêm; các sự kiện sau đã bị đánh số lại",
    ]


def test_an_event_that_stands_twice(log):
    log.case().insert(3, dict(log.case()[2]))
    assert log.checked() == [f"Sự kiện số 3 của {CASE}: có hai lần"]


def test_an_event_added_at_the_end_and_antedated(log):
    log.append(f"case/{CODE}", at="2019-12-01T08:00:00+00:00")
    [told] = log.checked()
    assert told.startswith(f"Sự kiện số 7 của {CASE}: ghi lùi ngày 2019-12-01T08:00:00")


def test_exchanged_events(log):
    rows = log.case()
    rows[2], rows[3] = rows[3], rows[2]
    renumber(rows)
    assert log.checked() == [
        f"Sự kiện số 3 của {CASE}: không đứng đúng chỗ (nội dung ghi 4); thứ tự đã bị đổi",
        f"Sự kiện số 4 của {CASE}: không đứng đúng chỗ (nội dung ghi 3); thứ tự đã bị đổi",
    ]


def test_exchanged_lines(log):
    rows = log.case()
    rows[2], rows[3] = rows[3], rows[2]
    assert log.checked() == [
        f"Sự kiện số 3 của {CASE}: không đứng đúng chỗ (nội dung ghi 3); thứ tự đã bị đổi"
    ]


def test_a_number_out_of_all_reason(log):
    log.append(f"case/{CODE}", at="2019-12-03T08:00:00+00:00")
    log.case()[-1]["number"] = 10**15
    assert log.checked()[0] == f"Thiếu sự kiện số 7–{10**15 - 1} của {CASE}: đã bị xóa"


def test_an_event_of_another_case(log):
    log.case()[3]["body"] = log.rows["case/HS-2019-0002"][3]["body"]
    assert log.checked() == [f"Sự kiện số 4 của {CASE}: nội dung là của sự kiện khác (case/HS-2019-0002 #4)"]


def test_a_chain_computed_anew_is_told_from_when(log):
    log.recompute(4, actor="Binh")
    assert log.checked() == [
        f"Chuỗi của {CASE} đã bị tính lại từ sự kiện trong khoảng số 4–6: checkpoints/2.json đã ký nội dung khác"
    ]


def test_an_old_backup(log):
    for rows in log.rows.values():
        del rows[len(rows) // 2 :]
    told = log.checked()
    assert told[-1] == (
        "Điểm kiểm tra checkpoints/2.json mới hơn nhật ký: một bản sao lưu cũ đã được khôi phục,"
        " hoặc phần cuối đã bị cắt"
    )
    assert (
        f"Phần cuối của {CASE} đã bị cắt: thiếu từ sự kiện số 4 đến số 6, có trong điểm kiểm tra " in told[0]
    )


def test_an_old_backup_with_its_own_checkpoints_shows_by_one_kept_elsewhere(log, tmp_path):
    log.write()
    kept = (log.folder / "checkpoints" / "2.json").rename(tmp_path / "kept.json")
    log.points.pop()
    for rows in log.rows.values():
        del rows[len(rows) // 2 :]
    assert log.checked() == []
    faults = Verification(log.folder, apart=[kept]).run().faults
    assert [fault.code for fault in faults] == ["cut", "cut", "backup"]


def test_a_checkpoint_taken_away(log):
    log.points.pop()
    (log.folder / "checkpoints" / "2.json").unlink()
    assert log.checked() == [
        "Sự kiện số 2 của luồng system ghi đã ký một điểm kiểm tra, nhưng điểm kiểm tra đó đã bị bỏ đi"
    ]


def test_a_checkpoint_left_out_in_the_middle(log):
    log.checkpoint("2019-12-04T15:00:00+00:00")
    del log.points[1]
    (log.folder / "checkpoints" / "2.json").unlink()
    assert any("không nối tiếp điểm kiểm tra trước" in told for told in log.checked())


def test_a_checkpoint_changed(log):
    text, signature = log.points[1]
    log.points[1] = text.replace("2019-12-02", "2019-12-03"), signature
    assert "checkpoints/2.json: chữ ký không hợp lệ; tệp đã bị sửa" in log.checked()


def test_a_large_log_is_checked_in_several_processes_with_the_same_result(log, monkeypatch):
    edit(log, 4, actor="Binh")
    alone = log.checked()
    monkeypatch.setattr("webapp.audit.offline_verifier.checking.LARGE", 0)
    run = Verification(log.folder).run(jobs=2)
    assert [fault.told(english=False) for fault in run.faults] == alone
    assert run.read.events == sum(len(rows) for rows in log.rows.values())
