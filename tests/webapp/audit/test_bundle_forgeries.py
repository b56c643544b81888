"""Each way to falsify a bundle is found by its own `verify.py`, even where its list of files is signed anew."""

import hashlib
import json
import zipfile

import pytest

from tests.webapp.audit.forged import sign_anew, told
from webapp import eventlog
from webapp.audit.offline_verifier import missed
from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.audit import make_checkpoint
from webapp.operations.papers import file_store
from webapp.queries.checkpoints import file_text


def test_a_swapped_document(folder):
    document = next((folder / "documents").iterdir())
    document.write_bytes(b"another")
    name = f"documents/{document.name}"
    faults = told(folder)
    assert f"{name}: tệp đã bị sửa sau khi gói được ký" in faults
    assert any(fault.startswith(f"Văn bản {name} (sự kiện số ") for fault in faults)
    sign_anew(folder)
    assert [fault for fault in told(folder) if "tệp đã bị thay sau khi ghi" in fault] != []


def test_a_document_swapped_in_the_store_before_the_bundle_was_taken(office, take, walked):
    sha256 = next(
        event.fields["sha256"]
        for event in eventlog.read_stream(db.session(), f"case/{walked}")
        if event.type == "paper_added"
    )
    file_store().path(sha256).write_bytes(b"another")
    [fault] = told(take("--case", walked))
    assert fault.startswith(f"Văn bản documents/{sha256[:12]}-bao-cao.pdf (sự kiện số ")
    assert fault.endswith(f"của hồ sơ {walked}): tệp đã bị thay sau khi ghi")


def test_a_document_lost_in_the_store(take, walked):
    events = eventlog.read_stream(db.session(), f"case/{walked}")
    paper = next(event for event in events if event.type == "paper_added")
    file_store().remove([paper.fields["sha256"]])
    lost = [event.number for event in events if event.fields.get("sha256") == paper.fields["sha256"]]
    [fault] = told(take("--case", walked))
    assert fault.startswith("Thiếu tệp của văn bản ")
    assert f"của hồ sơ {walked})" in fault
    assert any(f"sự kiện số {number} " in fault for number in lost)


def test_a_changed_diagram(folder):
    diagram = next(folder.rglob("nomination.bpmn"))
    diagram.write_bytes(diagram.read_bytes().replace(b"userTask", b"task", 1))
    sign_anew(folder)
    name = diagram.relative_to(folder).as_posix()
    assert f"{name}: sơ đồ hoặc biểu mẫu đã bị sửa sau khi đưa vào áp dụng" in told(folder)


def test_a_diagram_changed_in_the_database_is_found_though_the_program_has_read_it_before(
    take, walked, forge
):
    file = "SELECT content FROM deployed_file WHERE digest = :digest"
    case = "SELECT deployment_digest FROM \"case\" WHERE process = 'nomination'"
    deployed = db.session.execute(
        db.text(f"SELECT manifest FROM deployment WHERE digest IN ({case})")
    ).scalar()
    manifest = json.loads(deployed) if isinstance(deployed, str) else deployed
    path, digest = next((path, each) for path, each in manifest.items() if path.endswith("nomination.bpmn"))
    content = bytes(db.session.execute(db.text(file), {"digest": digest}).scalar_one())
    forge(
        "UPDATE deployed_file SET content = :content WHERE digest = :digest",
        content=content + b" ",
        digest=digest,
    )
    [fault] = told(take("--case", walked))
    assert fault.endswith(f"/{path}: sơ đồ hoặc biểu mẫu đã bị sửa sau khi đưa vào áp dụng")


def test_a_list_of_another_diagram(folder):
    listed = next(folder.rglob("manifest.json"))
    listed.write_bytes(listed.read_bytes() + b" ")
    sign_anew(folder)
    assert (
        f"{listed.relative_to(folder).as_posix()}: sơ đồ hoặc biểu mẫu đã bị sửa sau khi đưa vào áp dụng"
        in (told(folder))
    )


def test_a_diagram_left_out(folder, walked):
    next(folder.rglob("manifest.json")).unlink()
    sign_anew(folder)
    assert any(fault.startswith("Thiếu sơ đồ và biểu mẫu mà sự kiện số 1 của ") for fault in told(folder))


def test_a_changed_list_of_files(folder):
    manifest = folder / "MANIFEST.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"scope":"case"', b'"scope":"cAse"'))
    assert told(folder) == ["MANIFEST.json: chữ ký không hợp lệ; tệp đã bị sửa"]


def test_a_file_added_and_a_file_taken_away(folder, walked):
    (folder / "case_files" / f"{walked}.pdf").rename(folder / "case_files" / "other.pdf")
    assert told(folder) == [
        "case_files/other.pdf: tệp được thêm vào gói",
        f"case_files/{walked}.pdf: tệp của gói đã bị bỏ đi",
    ]


def test_a_file_that_the_zip_file_has_twice(bundle):
    with zipfile.ZipFile(bundle, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("README.txt", zipfile.ZipFile(bundle).read("README.txt"))
    assert told(bundle) == [
        "README.txt: có hai lần trong tệp zip; mỗi chương trình có thể đọc ra một nội dung khác"
    ]


def test_events_cut_off(folder, walked):
    events = folder / "events.jsonl"
    lines = [
        line for line in events.read_bytes().splitlines(keepends=True) if f'"case/{walked}"'.encode() in line
    ]
    events.write_bytes(b"".join(lines[:-2]))
    sign_anew(folder)
    faults = told(folder)
    cut = f"Phần cuối của hồ sơ {walked} đã bị cắt: thiếu từ sự kiện số {len(lines) - 1} đến số {len(lines)}"
    assert any(fault.startswith(cut) for fault in faults)
    assert any(fault.startswith("Mất toàn bộ luồng deployment/nomination") for fault in faults)


def test_a_chain_computed_anew(folder, walked):
    rows = [json.loads(line) for line in (folder / "events.jsonl").read_text("utf-8").splitlines()]
    before = hashlib.sha256(b"thidua").hexdigest()
    for row in (each for each in rows if each["stream"] == f"case/{walked}"):
        row["body"] = row["body"].replace("supplement", "complete")
        row["previous_hash"] = before
        before = row["hash"] = hashlib.sha256(f"{before}\n{row['body']}".encode()).hexdigest()
    (folder / "events.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    sign_anew(folder)
    [fault] = told(folder)
    assert fault.startswith(f"Chuỗi của hồ sơ {walked} đã bị tính lại từ sự kiện trong khoảng số 1–")


@pytest.mark.parametrize("change", ["hash", "path", "index"])
def test_a_wrong_proof(folder, walked, change):
    proof = json.loads((folder / "proof.json").read_bytes())
    one = proof["streams"][f"case/{walked}"]
    one |= {
        "hash": {"hash": one["hash"][::-1]},
        "path": {"path": one["path"][1:]},
        "index": {"index": one["index"] + 1},
    }[change]
    (folder / "proof.json").write_text(json.dumps(proof))
    sign_anew(folder)
    assert any(
        fault.startswith(f"hồ sơ {walked}: bằng chứng không dẫn đến gốc đã ký") for fault in told(folder)
    )


def test_a_stream_without_proof(folder, walked):
    proof = json.loads((folder / "proof.json").read_bytes())
    del proof["streams"][f"case/{walked}"]
    (folder / "proof.json").write_text(json.dumps(proof))
    sign_anew(folder)
    assert told(folder) == [f"hồ sơ {walked}: không có bằng chứng thuộc điểm kiểm tra"]


@pytest.mark.parametrize("broken", [b"", b"[]", b"{}", b'{"streams": {"case/X": {}}}', b"\xff"])
@pytest.mark.parametrize("name", ["proof.json", "MANIFEST.json", "MANIFEST.sig"])
def test_what_cannot_be_read_is_told(folder, name, broken):
    (folder / name).write_bytes(broken)
    assert told(folder)


def test_a_bundle_signed_anew_with_another_key_is_not_believed(folder):
    key = (folder / "keys.txt").read_text().strip()
    sign_anew(folder)
    assert told(folder) == []  # who believes the key in the bundle believes anything
    assert told(folder, keys=[key]) == ["MANIFEST.json: khóa ký không được tin cậy"]


def test_an_older_checkpoint_kept_elsewhere_is_compared(office, take, walked, tmp_path, forge):
    make_checkpoint(actor=SYSTEM, now=office.now)
    kept = tmp_path / "kept.json"
    kept.write_text(file_text(eventlog.checkpoints(db.session())[-1]))
    office.move(hours=1)
    bundle = take("--case", walked)
    assert told(bundle, apart=[kept]) == []


def test_every_forgery_of_the_self_test_is_found(bundle):
    assert missed(bundle) == []
