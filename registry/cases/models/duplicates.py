"""Whether two lots are one seizure recorded twice. Both keep their numbers; one of them counts."""

import pgtrigger


def lot_repeats_a_counted_one() -> pgtrigger.Trigger:
    """What a duplicate repeats is itself counted: no chains, no circles, nothing that was divided before."""
    return pgtrigger.Trigger(
        name="lot_repeats_a_counted_one",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("NEW.duplicate_of_id IS NOT NULL"),
        func="""
            IF TG_OP = 'UPDATE' THEN
                IF OLD.duplicate_of_id IS NOT DISTINCT FROM NEW.duplicate_of_id THEN
                    RETURN NEW;
                END IF;
            END IF;
            IF NEW.duplicate_of_id = NEW.id
               OR EXISTS (SELECT 1 FROM cases_seizurelot l WHERE l.id = NEW.duplicate_of_id
                             AND (l.duplicate_of_id IS NOT NULL OR l.divided_by_id IS NOT NULL))
               OR EXISTS (SELECT 1 FROM cases_seizurelot l WHERE l.duplicate_of_id = NEW.id) THEN
                RAISE EXCEPTION 'pgtrigger: what a lot repeats is a lot that counts, and no duplicate has duplicates';
            END IF;
            RETURN NEW;
        """,
    )
