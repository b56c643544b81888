"""What a WSGI server and the `flask` command load: the application with the settings of the environment."""

import os

from webapp import create_app
from webapp.config import from_environ
from webapp.jobs.queue import bell
from webapp.operations.transaction import on_promise

settings = from_environ(os.environ)
app = create_app(settings)
on_promise(bell(settings))
