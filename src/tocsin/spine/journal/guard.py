"""What makes the database itself refuse to change or delete an entry, whoever asks it."""

SQLITE = (
    """CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'the journal is never rewritten'); END""",
    """CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal_entry
       BEGIN SELECT RAISE(ABORT, 'the journal is never rewritten'); END""",
)
POSTGRES = (
    """CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'the journal is never rewritten'; END $$""",
    """CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal_entry
       FOR EACH ROW EXECUTE FUNCTION journal_refuse()""",
    """CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal_entry
       FOR EACH ROW EXECUTE FUNCTION journal_refuse()""",
)


def up(vendor: str) -> tuple[str, ...]:
    """The statements that set the guard on a database of this vendor."""
    return SQLITE if vendor == "sqlite" else POSTGRES


def down(vendor: str) -> tuple[str, ...]:
    """The statements that take it away again: for tests, and for nothing else."""
    on = "" if vendor == "sqlite" else " ON journal_entry"
    return tuple(f"DROP TRIGGER IF EXISTS journal_no_{verb}{on}" for verb in ("update", "delete"))
