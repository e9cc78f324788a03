"""A published strategy cannot be changed or removed, whoever asks the database."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION finance_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What was published cannot be changed or removed (% of %).', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER finance_publishedstrategy_sealed BEFORE UPDATE OR DELETE ON finance_publishedstrategy
  FOR EACH ROW EXECUTE FUNCTION finance_refuse_change();
"""
ALLOW = """
DROP TRIGGER finance_publishedstrategy_sealed ON finance_publishedstrategy;
DROP FUNCTION finance_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("finance", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
