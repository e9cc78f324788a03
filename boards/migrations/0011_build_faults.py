from django.db import migrations, models


def remove_left_over(apps, schema_editor):
    """Jobs of builds that were stopped held the text of papers for good."""
    unfinished = ("queued", "rendering", "assembling", "proving")
    apps.get_model("boards", "FragmentJob").objects.exclude(build__state__in=unfinished).delete()


class Migration(migrations.Migration):
    dependencies = [("boards", "0010_served_packs")]

    operations = [
        migrations.RunPython(remove_left_over, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="packbuild",
            name="attempts",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="times a worker stopped in the middle of it since a part of it was last made"
            ),
        ),
        migrations.AddField(
            model_name="packbuild",
            name="taken",
            field=models.BooleanField(
                default=False,
                help_text="A worker has it in hand. One that is still taken without a heartbeat lost its worker.",
            ),
        ),
        migrations.AddField(
            model_name="packbuild",
            name="trouble",
            field=models.TextField(
                blank=True, default="", help_text="what stopped it last and is tried again: its error if that lasts"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="packbuild",
            name="stage_at",
            field=models.DateTimeField(blank=True, help_text="since when it is in its state", null=True),
        ),
        migrations.AddField(
            model_name="fragmentjob",
            name="error",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="fragmentjob",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "Waiting"),
                    ("running", "Being rendered"),
                    ("done", "Done"),
                    ("failed", "Failed"),
                ],
                default="queued",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="fragmentjob",
            constraint=models.CheckConstraint(
                name="failed_fragment_says_why",
                condition=models.Q(("state", "failed"), _negated=True) | models.Q(("error", ""), _negated=True),
            ),
        ),
    ]
