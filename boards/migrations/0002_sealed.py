"""What was sealed cannot be changed or removed, whoever asks the database."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION boards_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What was sealed cannot be changed or removed (% of %).', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER boards_edition_sealed BEFORE UPDATE OR DELETE ON boards_edition
  FOR EACH ROW EXECUTE FUNCTION boards_refuse_change();
CREATE TRIGGER boards_publication_sealed BEFORE UPDATE OR DELETE ON boards_publication
  FOR EACH ROW EXECUTE FUNCTION boards_refuse_change();
"""
ALLOW = """
DROP TRIGGER boards_edition_sealed ON boards_edition;
DROP TRIGGER boards_publication_sealed ON boards_publication;
DROP FUNCTION boards_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("boards", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
