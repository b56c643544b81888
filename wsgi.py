"""What a WSGI server and the `flask` command load: the application with the settings of the environment."""

import gc
import os

gc.disable()  # of what is loaded here nothing becomes garbage, and looking for it takes a tenth of the start

from webapp import create_app  # noqa: E402 -- after the line above
from webapp.config import from_environ  # noqa: E402 -- likewise
from webapp.jobs.queue import bell  # noqa: E402 -- likewise
from webapp.operations.transaction import on_promise  # noqa: E402 -- likewise

settings = from_environ(os.environ)
app = create_app(settings)
on_promise(bell(settings))

gc.freeze()  # nor is it looked at again; forked processes go on sharing it
gc.enable()
