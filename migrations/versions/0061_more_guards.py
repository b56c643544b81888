"""Guards of what proves the log; an erasure that was proposed can be taken back.

Checkpoints, deployed diagrams and forms are never changed. The personal part of an event goes with an erasure and is
never changed either.
"""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0059"
branch_labels = None
depends_on = None

KEPT = {"checkpoint": "id", "deployment": "digest", "deployed_file": "digest"}
"""Tables whose rows stay as they are, and their keys."""
KEYS = {**KEPT, "event_private": "event_id"}
BEFORE = sa.text("state <> 'refused'")
LIVE = sa.text("state IN ('proposed', 'done')")


def sqlite() -> Iterator[str]:
    """The statements, also for copies of the record."""
    for table, key in KEYS.items():
        refusal = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} do not change'); END"
        yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refusal}"
        if table in KEPT:
            yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refusal}"
        exists = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 -- names of this file
        yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} {exists} {refusal}"


def postgresql() -> Iterator[str]:
    yield """CREATE FUNCTION kept_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'rows of % do not change', TG_TABLE_NAME; END $$"""
    for table in KEYS:
        acts = ("update", "delete") if table in KEPT else ("update",)
        for act in acts:
            yield (
                f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION kept_refuse()"
            )
        yield (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION kept_refuse()"
        )


def upgrade() -> None:
    for statement in postgresql() if op.get_bind().dialect.name == "postgresql" else sqlite():
        op.execute(statement)
    _live(LIVE)


def _live(states: sa.TextClause) -> None:
    op.drop_index("uq_erasure_live", "erasure")
    op.create_index(
        "uq_erasure_live", "erasure", ["case_id"], unique=True, sqlite_where=states, postgresql_where=states
    )


def downgrade() -> None:
    """The version before knows nothing of them; it names the guards of the log alone."""
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    for table in KEYS:
        acts = ["update", "truncate" if on_postgresql else "replace"] + ["delete"] * (table in KEPT)
        for act in acts:
            op.execute(f"DROP TRIGGER {table}_no_{act}" + (f" ON {table}" if on_postgresql else ""))
    if on_postgresql:
        op.execute("DROP FUNCTION kept_refuse()")
    _live(BEFORE)
