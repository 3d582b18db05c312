"""Triggers of requests: what the database itself refuses."""

import pgtrigger

_FINAL = (
    "reference", "unit_id", "author_id", "edited_by_id", "addressee_id", "subject", "question", "purpose", "commitment",
    "topic_id", "item_id", "urgency", "secrecy", "tlp", "sent_at", "sent_by_id", "created_at",
)  # fmt: skip


def _row(side: str) -> str:
    return "ROW(" + ", ".join(f'{side}."{column}"' for column in _FINAL) + ")"


SENT_IS_FINAL = pgtrigger.Protect(
    name="request_sent_is_final",
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(f'OLD."sent_at" IS NOT NULL AND {_row("OLD")} IS DISTINCT FROM {_row("NEW")}'),
)
"""What was asked, of whom and for what, never changes once it is sent."""

DEADLINE_STANDS = pgtrigger.Protect(
    name="request_deadline_stands",
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        """OLD."sent_at" IS NOT NULL AND OLD."due_at" IS DISTINCT FROM NEW."due_at"
        AND OLD."reopened_at" IS NOT DISTINCT FROM NEW."reopened_at" OR OLD."late" AND NOT NEW."late\""""
    ),
)
"""A deadline moves only when the request is reopened, and a late answer stays late."""

REOPENED_ONCE = pgtrigger.Protect(
    name="request_reopened_once",
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        """OLD."reopened_at" IS NOT NULL AND OLD."reopened_at" IS DISTINCT FROM NEW."reopened_at"
        OR OLD."status" IN ('answered', 'refused') AND NEW."status" = 'received'
        AND (OLD."reopened_at" IS NOT NULL OR NEW."reopened_at" IS NULL)"""
    ),
)
"""The asker says “not sufficient” once."""

BETWEEN_AGENCIES = pgtrigger.Trigger(
    name="request_between_agencies",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        IF (SELECT agency_id FROM agencies_unit WHERE id = NEW.unit_id)
           = (SELECT agency_id FROM agencies_unit WHERE id = NEW.addressee_id) THEN
            RAISE EXCEPTION 'pgtrigger: a request goes to a unit of another agency';
        END IF;
        RETURN NEW;
    """,
)

SHOWS_GIVEN = pgtrigger.Trigger(
    name="request_shows_what_was_given",
    when=pgtrigger.Before,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(new__answer__isnull=False),
    func="""
        IF NOT EXISTS (SELECT 1 FROM requests_answer
                        WHERE id = NEW.answer_id AND request_id = NEW.id AND given_at IS NOT NULL
                          AND (kind = 'refused') = (NEW.status = 'refused')) THEN
            RAISE EXCEPTION 'pgtrigger: an answered request shows an answer of its own that was given';
        END IF;
        RETURN NEW;
    """,
)
