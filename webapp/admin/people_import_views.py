"""Pages: people with their roles from an Excel list."""

from __future__ import annotations

from werkzeug.wrappers import Response

from webapp.admin import people_import
from webapp.admin.views import blueprint
from webapp.ui.access import permission
from webapp.ui.filling import Answer


@blueprint.get("/admin/people/import")
@permission("administer")
def import_people() -> Answer:
    """What a list must look like, and where it is chosen."""
    return people_import.import_form()


@blueprint.get("/admin/people/import/template.xlsx")
@permission("administer")
def show_people_template() -> Response:
    """The empty list to be filled in."""
    return people_import.list_template()


@blueprint.post("/admin/people/import")
@permission("administer")
def take_people() -> Answer:
    """Check the whole list, and enter everybody or name every fault."""
    return people_import.imported()
