"""What was sealed cannot be emptied away either: triggers on rows do not see TRUNCATE."""

from django.db import migrations

REFUSE = """
CREATE TRIGGER boards_edition_never_emptied BEFORE TRUNCATE ON boards_edition
  FOR EACH STATEMENT EXECUTE FUNCTION boards_refuse_change();
CREATE TRIGGER boards_publication_never_emptied BEFORE TRUNCATE ON boards_publication
  FOR EACH STATEMENT EXECUTE FUNCTION boards_refuse_change();
"""
ALLOW = """
DROP TRIGGER boards_edition_never_emptied ON boards_edition;
DROP TRIGGER boards_publication_never_emptied ON boards_publication;
"""


class Migration(migrations.Migration):
    dependencies = [("boards", "0008_reviews_by_template")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
