"""Migrations that can not be taken back."""

from collections.abc import Iterator

from auditor.rule import Finding, Project, ProjectRule, Related, Severity

WORDS = {
    "empty": "`downgrade` does nothing where `upgrade` does: a release that fails can not be rolled back",
    "data": "`downgrade` leaves the rows as `upgrade` made them, and nothing says why that is right",
    "raises": "`downgrade` only raises: a release that fails can not be rolled back",
    "missing": "there is no `downgrade`: a release that fails can not be rolled back",
    "run": "no way back from {what}: migrating backwards stops here with an error",
    "noop": "{what}: undone by doing nothing, and nothing says why that is right",
    "drop": "{what} in the migration that moves the data: code that still runs writes the column and fails",
    "rename": "{what} gives a column another name at once: code that still runs knows only the old one and fails",
}
SHOWN = 4
"""Steps of a migration that are named at most."""


class IrreversibleMigration(ProjectRule):
    """
    When a release goes wrong at night, the way back must exist and be known to work. Write what undoes the step, or write
    into the migration why nothing can; and drop or rename a column only once no running code writes it. Told once a
    migration for each kind of step.
    """

    title = "migration that can not be taken back"
    severity = Severity.MEDIUM
    judges = ("migration",)
    bad = [
        """
        # file: migrations/versions/1a2b_add_total.py
        import sqlalchemy as sa
        from alembic import op

        revision = "1a2b"
        down_revision = "0f0f"

        def upgrade():
            op.add_column("order", sa.Column("total", sa.Integer()))

        def downgrade():  # <-
            pass
        """,
        """
        # file: migrations/versions/2b3c_drop_total.py
        from alembic import op

        down_revision = "1a2b"

        def upgrade():
            op.drop_column("order", "total")

        def downgrade():  # <-
            raise NotImplementedError("Downgrade is not supported")
        """,
        """
        # file: shop/migrations/0002_fill.py
        from django.db import migrations

        def fill(apps, schema_editor):
            apps.get_model("shop", "Order").objects.update(total=0)

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [
                migrations.RunPython(fill),  # <-
                migrations.RunPython(lambda apps, editor: None),
                migrations.RunSQL("UPDATE shop_order SET total = 0"),
            ]
        """,
        """
        # file: migrations/versions/5e6f_fix_totals.py
        from alembic import op

        down_revision = "4d5e"

        def upgrade():
            op.execute("UPDATE orders SET total = 0 WHERE total IS NULL")

        def downgrade():  # <-
            pass
        """,
        """
        # file: shop/migrations/0003_split.py
        from django.db import migrations, models

        def split(apps, schema_editor):
            pass

        def join(apps, schema_editor):
            pass

        class Migration(migrations.Migration):
            dependencies = [("shop", "0002_fill")]
            operations = [
                migrations.AddField("order", "first_name", models.TextField(default="")),
                migrations.RunPython(split, join),
                migrations.RemoveField("order", "name"),  # <-
                migrations.RemoveField("order", "title"),
            ]
        """,
    ]
    good = [
        """
        # file: migrations/versions/1a2b_add_total.py
        import sqlalchemy as sa
        from alembic import op

        down_revision = "0f0f"

        def upgrade():
            op.add_column("order", sa.Column("total", sa.Integer()))

        def downgrade():
            op.drop_column("order", "total")
        """,
        """
        # file: shop/migrations/0004_forget_cached_tickets.py
        from django.db import migrations, models

        def clear_cached_tickets(apps, schema_editor):
            apps.get_model("shop", "CachedTicket").objects.all().delete()

        class Migration(migrations.Migration):
            dependencies = [("shop", "0003_split")]
            operations = [
                # Tickets are made anew when somebody asks for one.
                migrations.RunPython(clear_cached_tickets, migrations.RunPython.noop),
                migrations.RemoveField("cachedticket", "file"),
                migrations.AddField("cachedticket", "path", models.TextField(default="")),
            ]
        """,
        """
        # file: migrations/versions/2c3d_hours_as_minutes.py
        import sqlalchemy as sa
        from alembic import op

        down_revision = "1a2b"

        def upgrade():
            op.add_column("shift", sa.Column("length_new", sa.Integer()))
            op.execute("UPDATE shift SET length_new = length * 60")
            op.drop_column("shift", "length")
            op.alter_column("shift", "length_new", new_column_name="length")

        def downgrade():
            op.execute("UPDATE shift SET length = length / 60")
        """,
        """
        # file: migrations/versions/3c4d_merge.py
        revision = "3c4d"
        down_revision = ("1a2b", "2b3c")

        def upgrade():
            pass

        def downgrade():
            pass
        """,
        """
        # file: migrations/versions/2b3c_drop_total.py
        from alembic import op

        down_revision = "1a2b"

        def upgrade():
            op.execute("DELETE FROM stale_session")

        def downgrade():
            # Sessions that had run out are of no use to anybody.
            pass
        """,
        """
        # file: migrations/versions/4d5e_hash_tokens.py
        '''hash the tokens

        Cannot be reversed: the plain tokens are gone on purpose.
        '''
        from alembic import op

        down_revision = "3c4d"

        def upgrade():
            op.execute("UPDATE token SET value = md5(value)")

        def downgrade():
            pass
        """,
        """
        # file: shop/migrations/0002_fill.py
        from django.db import migrations

        def fill(apps, schema_editor):
            apps.get_model("shop", "Order").objects.update(total=0)

        def empty(apps, schema_editor):
            apps.get_model("shop", "Order").objects.update(total=None)

        class Migration(migrations.Migration):
            dependencies = [("shop", "0001_initial")]
            operations = [
                migrations.RunPython(fill, empty),
                migrations.RunSQL("UPDATE shop_order SET total = 0", reverse_sql="UPDATE shop_order SET total = NULL"),
                migrations.RunPython(migrations.RunPython.noop, reverse_code=migrations.RunPython.noop),
                # The column keeps its zeros: version 0001 does not read it.
                migrations.RunPython(fill, migrations.RunPython.noop),
                migrations.RemoveField("order", "note"),
            ]
        """,
    ]

    def check(self, project: Project) -> Iterator[Finding]:
        for one in project.irreversible_steps:
            rename = one.kind in ("rename", "noop", "data")
            names = [step.what for step in (one, *one.others)]
            what = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
            yield self.finding(
                one.location,
                WORDS[one.kind].format(what=what),
                severity=Severity.LOW if rename else None,
                confidence=one.confidence,
                related=tuple(Related(step.location, step.what) for step in one.others),
                facts={"kind": one.kind},
            )
