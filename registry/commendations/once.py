"""No unit is commended twice for the same case on the same level: what the database looks at by itself."""

OF_A_NOMINATION = """
    IF NOT EXISTS (
        SELECT 1 FROM commendations_commendation c
         WHERE c.id = NEW.commendation_id AND c.status = 'nominated' FOR UPDATE)
    THEN RAISE EXCEPTION 'pgtrigger: what was decided is final'; END IF;
    RETURN NEW;
"""
"""Rows are added to a nomination only; waits for a decision under way."""

TAKEN_PART_IN = """
    IF NOT EXISTS (
        SELECT 1 FROM commendations_commendation c
         WHERE c.id = NEW.commendation_id AND c.status = 'nominated' FOR UPDATE)
    THEN RAISE EXCEPTION 'pgtrigger: what was decided is final'; END IF;
    IF NOT EXISTS (
        SELECT 1 FROM cases_participation p JOIN commendations_commendation c ON c.unit_id = p.unit_id
         WHERE c.id = NEW.commendation_id AND p.case_id = NEW.case_id)
    THEN RAISE EXCEPTION 'pgtrigger: the nominating unit takes no part in the case'; END IF;
    RETURN NEW;
"""
"""Cases, too; and only those in which the nominating unit takes part."""

AWARDED_ONCE = """
    IF NOT EXISTS (SELECT 1 FROM commendations_commendationcase k WHERE k.commendation_id = NEW.id)
    OR NOT EXISTS (SELECT 1 FROM commendations_commendationrecipient r WHERE r.commendation_id = NEW.id)
    THEN RAISE EXCEPTION 'pgtrigger: an award names a case and a unit'; END IF;
    PERFORM 1 FROM cases_jointcase j
      WHERE j.id IN (SELECT k.case_id FROM commendations_commendationcase k WHERE k.commendation_id = NEW.id)
      ORDER BY j.id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM commendations_awardonce a
          JOIN commendations_commendationcase k ON k.case_id = a.case_id AND k.commendation_id = NEW.id
          JOIN commendations_commendationrecipient r ON r.unit_id = a.unit_id AND r.commendation_id = NEW.id
         WHERE a.level >= NEW.level OR NEW.further_reason = '')
    THEN RAISE EXCEPTION 'pgtrigger: awarded already for the same case'; END IF;
    INSERT INTO commendations_awardonce (commendation_id, case_id, unit_id, level)
      SELECT NEW.id, k.case_id, r.unit_id, NEW.level
        FROM commendations_commendationcase k
        JOIN commendations_commendationrecipient r ON r.commendation_id = k.commendation_id
       WHERE k.commendation_id = NEW.id;
    RETURN NULL;
"""
"""Two awards for one case wait for each other, so that the second one sees the first."""
