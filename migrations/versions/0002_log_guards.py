"""Guards of the log: no update, no delete, no replacement of an event.

``INSERT OR REPLACE`` passes SQLite's DELETE trigger, so a BEFORE INSERT trigger refuses a number that exists.
The table is never rebuilt: a batch migration would drop the triggers.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = (
    """CREATE TRIGGER event_no_update BEFORE UPDATE ON event
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER event_no_delete BEFORE DELETE ON event
       BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END""",
    """CREATE TRIGGER event_no_replace BEFORE INSERT ON event
       WHEN EXISTS (SELECT 1 FROM event
                    WHERE id = NEW.id OR hash = NEW.hash OR (stream = NEW.stream AND number = NEW.number))
       BEGIN SELECT RAISE(ABORT, 'the event exists'); END""",
)

POSTGRESQL = (
    """CREATE FUNCTION event_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$""",
    """CREATE FUNCTION event_refuse_replacement() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN
            IF EXISTS (SELECT 1 FROM event WHERE id = NEW.id OR (stream = NEW.stream AND number = NEW.number)) THEN
              RAISE EXCEPTION 'the event exists';
            END IF;
            RETURN NEW;
          END $$""",
    "CREATE TRIGGER event_no_update BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION event_refuse()",
    "CREATE TRIGGER event_no_delete BEFORE DELETE ON event FOR EACH ROW EXECUTE FUNCTION event_refuse()",
    "CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_refuse()",
    "CREATE TRIGGER event_no_replace BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION event_refuse_replacement()",
)


def upgrade() -> None:
    for statement in POSTGRESQL if op.get_bind().dialect.name == "postgresql" else SQLITE:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("the log is append-only; restore a backup instead")
