"""People who act over the API of a running installation, and send again what was not answered."""

import http.client
import json
import time
import urllib.error
import urllib.request
import uuid
from typing import Any

from tests.factories import PDF, filled

PATIENCE = 120
PAUSE = 0.05


class Online:
    """A person with a token. What is not answered is sent again under the same key, as a careful program does."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token

    def ask(
        self, method: str, path: str, body: bytes = b"", kind: str = "application/json", key: str = ""
    ) -> tuple[int, Any]:
        """Status and JSON of the answer, however often the server dies meanwhile."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": kind}
        if key:
            headers["Idempotency-Key"] = key
        until = time.monotonic() + PATIENCE
        while True:
            request = urllib.request.Request(
                f"{self.url}/api/v1{path}", body if method == "POST" else None, headers, method=method
            )
            try:
                with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                    return answer.status, json.loads(answer.read() or b"null")
            except urllib.error.HTTPError as refused:
                with refused:
                    return refused.code, json.loads(refused.read() or b"null")
            except (OSError, http.client.HTTPException):
                if time.monotonic() > until:
                    raise
                time.sleep(PAUSE)

    def get(self, path: str) -> Any:
        """What a page of the API holds; anything but success is a failure of the test."""
        status, answer = self.ask("GET", path)
        assert status == 200, (path, status, answer)
        return answer

    def post(self, path: str, data: Any) -> tuple[int, Any]:
        """Send data once, whatever happens to the server."""
        return self.ask("POST", path, json.dumps(data).encode(), key=uuid.uuid4().hex)

    def tasks(self, tab: str = "common", **wanted: str) -> list[dict[str, Any]]:
        """The first page of a list of tasks."""
        filters = "".join(f"&{name}={value}" for name, value in wanted.items())
        items: list[dict[str, Any]] = self.get(f"/tasks?tab={tab}{filters}")["items"]
        return items

    def complete(self, task_id: str, **given: Any) -> tuple[int, Any]:
        """Complete a task with a form: as given, and the least it asks for besides."""
        schema = self.get(f"/tasks/{task_id}")["schema"]
        form = filled(schema, given, lambda kind: self.paper(task_id, kind))
        return self.post(f"/tasks/{task_id}/complete", form)

    def paper(self, task_id: str, kind: str) -> str:
        """Upload a small paper to a task."""
        edge = uuid.uuid4().hex
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="giay.pdf"\r\n\r\n'
        body = head.encode() + PDF + f"\r\n--{edge}--\r\n".encode()
        status, answer = self.ask(
            "POST", f"/tasks/{task_id}/papers?kind={kind}", body, f"multipart/form-data; boundary={edge}"
        )
        assert status == 201, (status, answer)
        paper_id: str = answer["id"]
        return paper_id
