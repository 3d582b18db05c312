"""Four eyes: a record remembers everybody who wrote any of it, and none of them decides on it."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.models.base import Record
from agencies.models.people import User


class Edited(Record):
    """A record whose every write adds its writer to `editors`."""

    editors = models.ManyToManyField(User, related_name="+", editable=False, verbose_name=_("everybody who edited it"))

    class Meta:
        abstract = True

    def was_edited_by(self, user: User) -> bool:
        """Whether the person wrote any of it, first, last or in between."""
        return self.editors.filter(pk=user.pk).exists()


def editor_never_decides(name: str, table: str, decider: str) -> pgtrigger.Trigger:
    """Refuse to set the column `decider` of `table` to one of the row's editors."""
    key = table.split("_", 1)[1] + "_id"
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f'NEW."{decider}" IS DISTINCT FROM OLD."{decider}"'),
        func=f"""
            IF EXISTS (SELECT 1 FROM {table}_editors WHERE {key} = NEW.id AND user_id = NEW.{decider}) THEN
                RAISE EXCEPTION 'pgtrigger: whoever edited it does not decide on it';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - names of our own tables, into a migration
    )


def editors_kept(name: str) -> pgtrigger.Trigger:
    """Nobody is taken off the list of editors."""
    return pgtrigger.Protect(name=name, operation=pgtrigger.Delete | pgtrigger.Update)
