"""Nobody may call too often."""


def test_too_many_calls_of_one_person_are_refused_with_the_time_to_wait(app, program):
    app.config["API_RATE"] = "3 per minute"
    officer = program("officer")
    for _each in range(3):
        officer.get("/me")
    answer = officer.open("get", "/me")
    assert (answer.status_code, answer.get_json()["code"]) == (429, "too_many_requests")
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    program("specialist").get("/me")
