"""The audit record cannot be emptied either: triggers on rows do not see TRUNCATE."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER portal_auditevent_never_emptied BEFORE TRUNCATE ON portal_auditevent
  FOR EACH STATEMENT EXECUTE FUNCTION portal_refuse_change();
"""
ALLOW = "DROP TRIGGER portal_auditevent_never_emptied ON portal_auditevent;"


class Migration(migrations.Migration):
    dependencies = [("portal", "0002_audit_append_only")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
