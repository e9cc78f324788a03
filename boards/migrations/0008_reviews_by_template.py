from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("boards", "0007_search")]

    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="template_reviews",
                field=models.JSONField(
                    blank=True,
                    default=dict,
                    help_text="reviews of papers of one template, where they differ from the board's",
                ),
            )
            for name in ("board", "historicalboard")
        ),
        migrations.AddField(
            model_name="reviewstep",
            name="acknowledged",
            field=models.JSONField(
                blank=True, default=list, help_text="findings that may stand: rule, key, sentence and the reason given"
            ),
        ),
    ]
