"""Who the token belongs to."""

from tests.people import AN_CU


def test_says_who_one_is_and_what_one_holds(program, office):
    assert program("officer").get("/me") == {
        "id": office.person("officer").public_id,
        "username": "officer",
        "name": "Lê Văn Cán Bộ",
        "roles": [{"role": "officer", "unit": AN_CU}],
    }


def test_somebody_without_a_role_holds_none(program):
    assert program("stranger").get("/me")["roles"] == []
