"""The lived-in demo: made by acting, at a date of choice; its role cards, its tour, its clock."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add the commands; and where the installation is a demo, the cards, the tour and the button of the clock."""
    from webapp.demo.cli import demo

    app.cli.add_command(demo)
