"""A published strategy cannot be emptied away either: triggers on rows do not see TRUNCATE."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER finance_publishedstrategy_never_emptied BEFORE TRUNCATE ON finance_publishedstrategy
  FOR EACH STATEMENT EXECUTE FUNCTION finance_refuse_change();
"""
ALLOW = "DROP TRIGGER finance_publishedstrategy_never_emptied ON finance_publishedstrategy;"


class Migration(migrations.Migration):
    dependencies = [("finance", "0002_sealed")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
