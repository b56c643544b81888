"""viewflow's lists of tasks, asked for as somebody who holds some permissions; runs in the environment of the peer.

Reads from standard input a line of JSON that says who asks, then one for each task; prints one JSON object: page ->
seconds of each request. The environment says where the database is (PEER_DATABASE, as Django has it), which tasks the
flow has (PEER_ELEMENTS), how often to ask (PEER_ROUNDS), and for how many seconds at most (PEER_SECONDS).
"""

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import path

AT_ONCE = 5_000
ROUNDS, LONGEST = int(os.environ["PEER_ROUNDS"]), float(os.environ["PEER_SECONDS"])
DATABASE = json.loads(os.environ["PEER_DATABASE"])

settings.configure(
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DATABASES={"default": DATABASE},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    STATIC_URL="/static/",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "viewflow",
        "viewflow.workflow",
        "nominations",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "viewflow.middleware.SiteMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        }
    ],
)
sys.path.insert(0, str(Path(__file__).parent))
django.setup()

from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from nominations.flows import NominationFlow
from viewflow.urls import Site
from viewflow.workflow.flow import FlowAppViewset
from viewflow.workflow.models import Process, Task

urlpatterns = [path("", Site(viewsets=[FlowAppViewset(NominationFlow)]).urls)]


def given() -> Iterator[dict[str, Any]]:
    """The tasks, one a line."""
    return (json.loads(line) for line in sys.stdin)


def take_over(tasks: Iterable[dict[str, Any]]) -> None:
    """Write tasks and their cases as viewflow keeps them."""
    known: set[int] = set()
    nodes = {node.name: node for node in NominationFlow.instance.nodes()}
    lines = iter(tasks)
    while some := list(islice(lines, AT_ONCE)):
        cases = {each["case"]: each for each in some if each["case"] not in known}
        known |= cases.keys()
        Process.objects.bulk_create(
            Process(id=case, flow_class=NominationFlow, data={"code": each["code"], "title": each["title"]})
            for case, each in cases.items()
        )
        Task.objects.bulk_create(
            Task(
                process_id=each["case"],
                flow_task=nodes[each["element"]],
                flow_task_type="HUMAN",
                status=each["status"],
                created=datetime.fromisoformat(each["opened_at"]),
                owner_id=each["holder"],
                owner_permission=f"auth.{each['permission']}",
            )
            for each in some
        )


def person(who: int, permissions: Iterable[str]) -> User:
    """The one who asks, with these permissions."""
    kind = ContentType.objects.get_for_model(User)
    held = [Permission(codename=each, name=each, content_type=kind) for each in permissions]
    found = User.objects.get(id=who)
    sees = Permission.objects.get(codename="view_process", content_type__model="process")
    found.user_permissions.set([sees, *Permission.objects.bulk_create(held)])
    return found


def seconds(client: Client, page: str) -> list[float]:
    """How long each request of a page takes; the first is not counted unless it was so slow that no other followed."""
    taken: list[float] = []
    while len(taken) <= ROUNDS and sum(taken) < LONGEST:
        began = time.perf_counter()
        answer = client.get(page)
        taken.append(time.perf_counter() - began)
        if answer.status_code != 200:
            raise SystemExit(f"{page}: {answer.status_code}")
    return taken[1:] or taken


def main() -> None:
    """Take the rows over, then ask for both pages."""
    call_command("migrate", verbosity=0)
    asked = json.loads(sys.stdin.readline())
    User.objects.bulk_create(User(id=each, username=f"person{each}") for each in asked["people"])
    take_over(given())
    client = Client()
    client.force_login(person(asked["who"], asked["permissions"]))
    pages = {"queue": "/nomination/queue/", "inbox": "/nomination/inbox/"}
    json.dump({name: seconds(client, page) for name, page in pages.items()}, sys.stdout)


main()
