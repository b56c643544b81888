"""The verbs of the plan scenarios: what each act does, in the words of `tests/scenarios/plans/README.md`."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from tests.plan_office import SIGNATURE, PlanOffice, Turns
from webapp.operations.interventions import stop_case

Given = Mapping[str, Any]


def launch(office: PlanOffice, number: str, _given: Given) -> None:
    """The plan is drafted, approved and published under its number, with the dates and units of its file."""
    plan, secretary = office.plan, office.who("secretary")
    code = office.start(
        secretary,
        "campaign",
        registration_opens=plan.registration.opens.isoformat(),
        registration_closes=plan.registration.closes.isoformat(),
        addressed_units=[addressed.unit for addressed in plan.addressed_units],
        acknowledge_by=plan.acknowledgement.due.isoformat(),
    )
    office.codes["campaign"] = code
    office.answer_all(code, "draft_plan")
    office.answer_all(code, "approve_plan", signature=SIGNATURE)
    office.answer_all(code, "publish_plan", document_number=number, issued_on=office.today.isoformat())


def do(office: PlanOffice, elements: str | list[str], given: Given) -> None:
    """Every open task of these elements in the campaign is done, each by whose it is."""
    skip = given.get("skip", ())
    form = {name: value for name, value in given.items() if name != "skip"}
    for element in [elements] if isinstance(elements, str) else elements:
        office.answer_all(office.codes["campaign"], element, skip, **form)


def register(office: PlanOffice, entries: list[Given], _given: Given) -> None:
    """Units enter those who take part, and whoever has to checks and confirms them."""
    for entry in _each(entries):
        who, form = _entry(office, entry)
        late = {"late_reason": entry["late"]} if "late" in entry else {}
        code = office.start(who, "registration", **form, **late)
        office.follow(code, entry.get("turns", {}))


def nominate(office: PlanOffice, entries: list[Given], given: Given) -> None:
    """Units prepare and assess dossiers, up to the public posting or the submission."""
    for entry in _each(entries):
        who, form = _entry(office, entry)
        code = office.start(
            who,
            "nomination",
            round=given["round"],
            proposed_award=entry.get("award") or given["award"],
            **form,
        )
        office.codes[entry["name"]] = code
        office.follow(code, entry.get("turns", {}), "conclude_posting")


def submit(office: PlanOffice, round_code: str, given: Given) -> None:
    """Postings are concluded, and each unit brings what it has in one submission; lines may be returned."""
    for code in office.waiting("commune"):
        office.follow(code, {})
    batches: defaultdict[str, list[str]] = defaultdict(list)
    for code, nomination in office.waiting("submission").items():
        batches[nomination.case.unit.code].append(code)
    assert batches, "nothing waits for a submission"
    returned = {office.codes[name]: reason for name, reason in given.get("returned", {}).items()}
    for unit, codes in batches.items():
        case = office.start(office.who("officer", unit), "submission", round=round_code)
        office.answer_all(case, "prepare_submission", nominations=codes)
        number = f"{len(office.codes)}/TTr-UBND"
        office.answer_all(case, "sign_submission", signature=SIGNATURE, document_number=number)
        lines = [
            {"nomination": code, "line": "returned", "reason": returned[code]}
            if code in returned
            else {"nomination": code, "line": "received"}
            for code in codes
        ]
        office.answer_all(case, "receive_submission", lines=lines)


def appraise(office: PlanOffice, stage: str, given: Given) -> None:
    """What stands at a level (district, province) is appraised there; ``with`` gives by name what goes otherwise."""
    names = {code: name for name, code in office.codes.items()}
    for code in office.waiting(stage):
        office.follow(code, given.get(names[code], {}), stage=stage)


def vote(office: PlanOffice, round_code: str, given: Given) -> None:
    """The council sits on all that waits for it, or those named, votes, and signs its minutes."""
    chosen = given.get("about")
    codes = [office.codes[name] for name in chosen] if chosen else list(office.waiting("council"))
    votes = {office.codes[name]: choices for name, choices in given.get("votes", {}).items()}
    office.codes["session"] = office.sit(round_code, codes, votes)
    office.conclude(office.codes["session"])


def award(office: PlanOffice, number: int, given: Given) -> None:
    """A decision on all that waits for one, or those named, from its draft to its publication."""
    names = given.get("about")
    codes = [office.codes[name] for name in names] if names else list(office.waiting("decision"))
    office.issue(office.draft(given["round"], codes), number)


def rule(office: PlanOffice, changes: Given, _given: Given) -> None:
    """The council changes the rule by which it votes."""
    office.rule(**changes)


def propose(office: PlanOffice, entries: list[Given], _given: Given) -> None:
    """Somebody of a unit proposes a good example."""
    for entry in entries:
        unit = office.unit(entry["unit"])
        office.codes[entry["name"]] = office.start(
            office.who("registrant", unit),
            "exemplar",
            exemplar_kind=entry["kind"],
            exemplar_name=entry["name"],
            submitting_unit=unit,
            story=entry["story"],
        )


def follow(office: PlanOffice, names: str | list[str], given: Given) -> None:
    """What is to be done in the cases of these is done, the straight way but for ``with`` by element."""
    for name in [names] if isinstance(names, str) else names:
        office.follow(office.codes[name], _dated(office, given))


def withdraw(office: PlanOffice, name: str, given: Given) -> None:
    """The unit that has submitted somebody withdraws them, with a reason."""
    code = office.codes[name]
    officer = office.who("officer", office.case(code).unit.code)
    stop_case(code, given["reason"], actor=office.actor(officer), now=office.now)
    office.work()


def _each(entries: list[Given]) -> Iterator[Given]:
    """The entries; one with ``times`` stands for so many, numbered behind their name."""
    for entry in entries:
        if "times" not in entry:
            yield entry
        for number in range(1, entry.get("times", 0) + 1):
            yield {**entry, "name": f"{entry['name']} {number}"}


def _entry(office: PlanOffice, entry: Given) -> tuple[str, dict[str, Any]]:
    """Who enters somebody, and what a start form says of them. Without a unit the organiser has found them itself."""
    unit = office.unit(entry.get("unit", ""))
    role = "officer" if entry.get("unit") else "specialist"
    form = {
        "strand": entry.get("strand", office.plan.strands[0].code),
        "nominee_kind": entry["kind"],
        "nominee_name": entry["name"],
        "submitting_unit": unit,
        "filled_by": "officer",
    }
    return office.who(role, unit), form


def _dated(office: PlanOffice, given: Given) -> Turns:
    """``"in 30 days"`` on a form stands for that day."""
    return {
        element: {name: _day(office, value) for name, value in form.items()}
        for element, form in given.items()
    }


def _day(office: PlanOffice, value: Any) -> Any:
    match str(value).split():
        case ["in", days, "days"]:
            return (office.today + dt.timedelta(days=int(days))).isoformat()
    return value


VERBS = {
    verb.__name__: verb
    for verb in (
        launch,
        do,
        register,
        nominate,
        submit,
        appraise,
        vote,
        award,
        rule,
        propose,
        follow,
        withdraw,
    )
}
