"""The walk-through of `docs/api.md`: every request is run, every answer shown is the answer."""

from tests.webapp.api.program import START, Description, token
from tests.webapp.api.shell import Shell, blocks, walk


def test_the_walk_through_is_true(app, office):
    shell = Shell(app, TOKEN=token(office, "officer"))
    assert sum(kind == "json" for kind, _text in blocks(council=False)) > 10
    walk(shell, council=False)
    asked = {Description(app).operation(*each)["operationId"] for each in shell.requests}
    described = {
        operation["operationId"]
        for (_method, path), operation in Description(app).operations.items()
        if not path.startswith(f"{START}/council")
    }
    elsewhere = {
        "add_paper_to_start",
        "give_back_task",
        "list_registration_versions",
        "show_campaign",
        "show_cluster",
        "show_cluster_year",
        "show_import",
        "start_case",
    }
    assert described - asked == elsewhere
