"""The pack of an edition that readers get is marked: what was published, else what was served so far, the newest."""

import django.db.models.deletion
from django.db import migrations, models


def mark(apps, schema_editor):
    PackBuild = apps.get_model("boards", "PackBuild")
    published = dict(apps.get_model("boards", "Publication").objects.values_list("edition", "pack_sha256"))
    found = {}
    rows = PackBuild.objects.filter(state="complete", edition__isnull=False).order_by("finished_at")
    for pk, edition, audience, sha256 in rows.values_list("pk", "edition", "audience", "sha256"):
        was_published = audience == "public" and edition in published
        if not was_published or published[edition] == sha256:
            found[edition, audience] = pk
    PackBuild.objects.filter(pk__in=found.values()).update(served=True)


class Migration(migrations.Migration):
    dependencies = [("boards", "0009_sealed_never_emptied")]

    operations = [
        migrations.AddField(
            model_name="packbuild",
            name="served",
            field=models.BooleanField(default=False, help_text="The pack of its edition that readers get."),
        ),
        migrations.AddField(
            model_name="packbuild",
            name="in_place_of",
            field=models.OneToOneField(
                blank=True,
                help_text="The pack whose file was lost.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="boards.packbuild",
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="packbuild",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("served", False), models.Q(("edition__isnull", False), ("state", "complete")), _connector="OR"
                ),
                name="only_a_complete_pack_is_served",
            ),
        ),
        migrations.AddConstraint(
            model_name="packbuild",
            constraint=models.UniqueConstraint(
                condition=models.Q(("served", True)), fields=("edition", "audience"), name="one_pack_is_served"
            ),
        ),
    ]
