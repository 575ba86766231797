import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0004_alert_cause"),
    ]

    operations = [
        migrations.CreateModel(
            name="Applied",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="deadline",
            name="cancelled_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("happened_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("details", models.JSONField(blank=True, default=dict)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "arrival",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="journal.arrival",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="journal.document",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="journal.entry",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="deadline",
            name="cause",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="started",
                to="journal.caseevent",
            ),
        ),
        migrations.AddField(
            model_name="deadline",
            name="stopped_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stopped",
                to="journal.caseevent",
            ),
        ),
        migrations.CreateModel(
            name="RegisterLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40)),
                ("year", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("index", models.CharField(max_length=60)),
                ("dated", models.DateField()),
                ("about", models.TextField(blank=True)),
                ("counterpart", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="journal.entry",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="journal.office",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="caseevent",
            name="line",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="journal.registerline",
            ),
        ),
        migrations.CreateModel(
            name="YearClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=40)),
                ("year", models.PositiveIntegerField()),
                ("first", models.PositiveIntegerField(blank=True, null=True)),
                ("last", models.PositiveIntegerField(blank=True, null=True)),
                ("count", models.PositiveIntegerField()),
                ("voided", models.PositiveIntegerField()),
                ("head", models.CharField(max_length=90)),
                ("closed_at", models.DateTimeField()),
                ("closed_by", models.CharField(max_length=150)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="journal.office",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="registerline",
            constraint=models.UniqueConstraint(
                fields=("office", "register", "year", "number"), name="line_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(fields=["entry", "happened_at"], name="event_in_order"),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("document__isnull", False), ("undone_at__isnull", True)),
                fields=("entry", "kind", "document"),
                name="event_of_document_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="caseevent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("arrival__isnull", False), ("undone_at__isnull", True)),
                fields=("entry", "kind", "arrival"),
                name="event_of_arrival_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="yearclosing",
            constraint=models.UniqueConstraint(
                fields=("office", "register", "year"), name="closing_once"
            ),
        ),
    ]
