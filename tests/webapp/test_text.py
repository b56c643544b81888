"""Names in the order in which people look for them."""

from webapp.text import sort_key


def in_order(*names):
    return sorted(names, key=sort_key)


def test_numbers_sort_by_their_value():
    named = [
        "Ấp 2",
        "Ấp 10",
        "Khối thi đua số 2",
        "Khối thi đua số 10",
        "Khối thi đua số 10A",
        "Khối thi đua số 100",
    ]
    assert in_order(*reversed(named)) == named
    assert in_order("Cụm 03", "Cụm 2", "Cụm số 1", "Cụm") == ["Cụm", "Cụm 2", "Cụm 03", "Cụm số 1"]


def test_letters_come_before_tones_and_dau_after_plain_ones():
    named = ["An Cư", "An Cự", "Ân Cư", "Dương", "Đặng"]
    assert in_order(*reversed(named)) == named


def test_a_key_fits_its_column_and_long_numbers_keep_their_place():
    assert len(sort_key("1a" * 150)) <= 1000
    assert in_order("Số " + "9" * 120, "Số 11") == ["Số 11", "Số " + "9" * 120]
