"""The lived-in demo: made by acting, at a date of choice; its role cards, its tour, its clock."""

from flask import Flask

from webapp import demo_cards


def init_app(app: Flask) -> None:
    """Add the commands; and where the installation is a demo, the cards, the tour and the button of the clock."""
    # Imported here, so that an installation without a demo loads nothing of it but the commands.
    from webapp.demo.cli import demo

    app.cli.add_command(demo)
    if not app.config["SETTINGS"].demo:
        return
    from webapp.demo.cards import cards
    from webapp.demo.views import blueprint

    app.register_blueprint(blueprint)
    if cards not in demo_cards.hooks:
        demo_cards.hooks.append(cards)
