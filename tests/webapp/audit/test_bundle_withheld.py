"""What no auditor reads is in no bundle: the words of remarks. That they were written is, and the chain holds."""

import json
import zipfile

import pytest

from tests.webapp.audit.forged import sign_anew, told
from webapp.audit.offline_verifier import main
from webapp.operations.remarks import withdraw_remark, write_remark

WORDS = "Chỉ trao đổi trong cơ quan: xem lại số hộ"


@pytest.fixture
def remark(office, walked):
    specialist = {"actor": office.actor("specialist"), "now": office.now}
    return write_remark(walked, "internal", WORDS, "key", **specialist)


def everything(bundle):
    files = zipfile.ZipFile(bundle)
    return "".join(files.read(name).decode(errors="ignore") for name in files.namelist())


def test_the_words_of_a_remark_are_nowhere_in_it(take, walked, remark, capsys):
    bundle = take("--case", walked)
    assert remark in everything(bundle)
    assert "trao đổi trong cơ quan" not in everything(bundle)
    assert told(bundle) == []
    main([str(bundle)])
    assert "1 phần riêng tư không kèm theo vì người lấy gói không được đọc" in capsys.readouterr().out


def test_a_remark_that_was_taken_back_is_erased(take, office, walked, remark, capsys):
    withdraw_remark(remark, actor=office.actor("specialist"), now=office.now)
    bundle = take("--case", walked)
    assert told(bundle) == []
    main([str(bundle)])
    told_lines = capsys.readouterr().out
    assert "1 phần riêng tư đã xóa theo luật" in told_lines
    assert "không được đọc" not in told_lines


def test_nothing_but_a_remark_can_be_withheld(folder, walked):
    lines = (folder / "private.jsonl").read_text("utf-8").splitlines(keepends=True)
    (folder / "private.jsonl").write_text("".join(lines[:-1]), "utf-8")
    lost = json.loads(lines[-1])["number"]
    manifest = json.loads((folder / "MANIFEST.json").read_bytes())
    assert manifest["withheld"] == []
    manifest["withheld"] = [[f"case/{walked}", lost]]
    (folder / "MANIFEST.json").write_text(json.dumps(manifest))
    sign_anew(folder)
    [fault] = told(folder)
    assert fault.startswith(f"Thiếu phần riêng tư của sự kiện số {lost} của hồ sơ {walked}")
