"""The index in which records are looked for: each database has its own, which no model describes."""

from typing import Any

from django.db import migrations

# On SQLite a contentless table of terms (`queries/search_engines.py`); words are folded before they come here.
FTS5 = """
CREATE VIRTUAL TABLE records_terms USING fts5(
    open_names, open, names, details, content='', detail=column, tokenize='unicode61 remove_diacritics 0'
)
"""
# On PostgreSQL words beside each row, and trigrams of what names records; the extension comes with the server.
POSTGRESQL = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
ALTER TABLE records_searched
    ADD in_open_names tsvector, ADD in_open tsvector, ADD in_names tsvector, ADD in_all tsvector;
CREATE INDEX records_searched_in_open_names ON records_searched USING gin (in_open_names);
CREATE INDEX records_searched_in_open ON records_searched USING gin (in_open);
CREATE INDEX records_searched_in_names ON records_searched USING gin (in_names);
CREATE INDEX records_searched_in_all ON records_searched USING gin (in_all);
CREATE INDEX records_searched_spelt ON records_searched USING gin (names gin_trgm_ops);
CREATE INDEX records_searched_spelt_open ON records_searched USING gin (open_names gin_trgm_ops);
"""


def make_index(apps: object, schema_editor: Any) -> None:
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else FTS5)


def drop_index(apps: object, schema_editor: Any) -> None:
    """On PostgreSQL it goes with its table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE records_terms")


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(make_index, drop_index)]
