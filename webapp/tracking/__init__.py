"""Where everything stands: nominations, registrations, submission batches, search, notices."""

from flask import Flask


def register(app: Flask) -> None:
    """Add the pages, and what stands beside the tasks of changes, exemplars and merits."""
    from webapp.tracking import (  # noqa: F401 -- their pages belong to the same blueprint
        board_pages,
        export_pages,
        exporting,
        owing_views,
        sent_views,
        view_pages,
    )
    from webapp.tracking.conditions import conditions_of
    from webapp.tracking.deadlines import deadline_url, movable_tasks
    from webapp.tracking.follow_codes import follow_code
    from webapp.tracking.fostering import fostered
    from webapp.tracking.introducing import introduction_preview, supplemented
    from webapp.tracking.showing import asked_changes, merit_of
    from webapp.tracking.views import blueprint

    exporting.init_app()
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        asked_changes=asked_changes,
        conditions_of=conditions_of,
        deadline_url=deadline_url,
        follow_code=follow_code,
        fostered=fostered,
        introduction_preview=introduction_preview,
        merit_of=merit_of,
        movable_tasks=movable_tasks,
        supplemented=supplemented,
    )
