"""What a WSGI server and the `flask` command load: the application with the settings of the environment."""

import os

from webapp import create_app
from webapp.config import from_environ

app = create_app(from_environ(os.environ))
