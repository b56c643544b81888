"""The web's processes are forked from one that has loaded the application: nothing may be open or running by then."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOADED = """
import os, threading
import wsgi
from webapp.extensions import db
with wsgi.app.app_context():
    print(db.engine.pool.status(), threading.active_count(), sorted(os.listdir(os.environ["DATA_DIR"])))
"""


def test_loading_opens_no_connection_and_starts_no_thread(tmp_path):
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}
    said = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    ).stdout
    assert "Connections in pool: 0" in said
    assert said.endswith(" 1 ['secret_key']\n")
