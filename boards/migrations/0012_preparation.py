import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("boards", "0011_build_faults")]

    operations = [
        migrations.CreateModel(
            name="Preparation",
            fields=[
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="boards.meeting",
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(help_text="when a message was last sent for it")),
            ],
        ),
    ]
