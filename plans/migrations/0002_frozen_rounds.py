"""The database too refuses to change what was reported in a closed round."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION plans_refuse_frozen_report() RETURNS trigger AS $$
DECLARE
    wanted bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN wanted := NEW.round_id; ELSE wanted := OLD.round_id; END IF;
    IF EXISTS (SELECT 1 FROM plans_round WHERE id = wanted AND closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'The round is closed: what was reported in it can no longer change.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql;

CREATE TRIGGER plans_report_frozen
    BEFORE INSERT OR UPDATE OR DELETE ON plans_statusreport
    FOR EACH ROW EXECUTE FUNCTION plans_refuse_frozen_report();
"""

THAW = """
DROP TRIGGER plans_report_frozen ON plans_statusreport;
DROP FUNCTION plans_refuse_frozen_report();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [migrations.RunSQL(FREEZE, THAW)]
