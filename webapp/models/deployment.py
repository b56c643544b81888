"""Deployments: content-addressed bundles of diagrams, tables and forms."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Instant, JsonText


class DeployedFile(Model):
    """One file, stored once by the SHA-256 of its content."""

    __tablename__ = "deployed_file"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Deployment(Model):
    """``manifest`` maps file path to digest; ``digest`` is the SHA-256 of the manifest."""

    __tablename__ = "deployment"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    process: Mapped[str] = mapped_column(String(60), index=True)
    manifest: Mapped[dict[str, str]] = mapped_column(JsonText)
    deployed_at: Mapped[dt.datetime] = mapped_column(Instant)


class CurrentDeployment(Model):
    """Which deployment new cases of a process get."""

    __tablename__ = "current_deployment"

    process: Mapped[str] = mapped_column(String(60), primary_key=True)
    digest: Mapped[str] = mapped_column(ForeignKey("deployment.digest"))
