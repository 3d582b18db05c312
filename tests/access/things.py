"""The records of the matrix as the oracle knows them: written out from the stories, not read from the database."""

from tests.access.oracle import Thing
from tests.cast import DELIVERY_STORIES, RELEASED_TO
from tests.stories import CASES, CONFERENCES, DOCKETS, REQUESTS, TOLD

UNITS = {"police": "police", "north": "police_north"}
TO = {**RELEASED_TO, "recalled": ("customs", "border"), **dict.fromkeys(DELIVERY_STORIES, ("customs",))}


def items() -> dict[str, Thing]:
    """By name of the story: `police_draft`..."""
    made = {}
    for owner, unit in UNITS.items():
        for story in ("draft", "submitted", "returned", *TO):
            status = "released" if story in RELEASED_TO or story in DELIVERY_STORIES else story
            name = f"{owner}_{story}"
            made[name] = Thing("item", name, status, unit, TO.get(story, ()), f"{owner}_officer")
    return made


def deliveries() -> dict[str, Thing]:
    """By name of the story and recipient: `police_opened>customs`..."""
    made = {}
    for owner, unit in UNITS.items():
        for story, recipients in TO.items():
            for recipient in recipients:
                status = story if story in {*DELIVERY_STORIES, "recalled"} else "delivered"
                name = f"{owner}_{story}>{recipient}"
                made[name] = Thing("delivery", name, status, unit, (recipient,))
    return made


def consents() -> dict[str, Thing]:
    """By status: of customs, to use what central police sent."""
    return {
        status: Thing("consent", status, status, "police", ("customs",))
        for status in ("asked", "granted", "refused", "revoked", "withdrawn")
    }


def cases() -> dict[str, Thing]:
    """By name of the story."""
    return {
        name: Thing(
            "case",
            name,
            "closed" if name == "case_closed" else "open",
            UNITS.get(lead, lead),
            tuple(unit for unit, _role in others),
        )
        for name, (lead, _area, others) in CASES.items()
    }


def requests() -> dict[str, Thing]:
    """By name of the story. What was never sent has no addressee yet."""
    return {
        name: Thing(
            "request",
            name,
            status,
            UNITS.get(asker, asker),
            () if name in {"request_draft", "request_discarded"} else (addressee,),
            f"{asker}_officer",
        )
        for name, (asker, addressee, status) in REQUESTS.items()
    }


def conferences() -> dict[str, Thing]:
    """By status."""
    return {status: Thing("public", status, status, agencies=("police",)) for status in CONFERENCES}


def action_items() -> dict[str, Thing]:
    """By status: of a conference the police host, for customs to do."""
    return {
        status: Thing("public", status, status, agencies=("police", "customs"))
        for status in ("open", "done", "dropped")
    }


def statements() -> dict[str, Thing]:
    """By unit and status: `police_draft`..."""
    return {
        f"{unit}_{status}": Thing("statement", f"{unit}_{status}", status, unit, author=f"{unit}_officer")
        for unit in ("police", "customs")
        for status in ("confirmed", "draft")
    }


def dockets() -> dict[str, Thing]:
    """By name of the story."""
    return {
        name: Thing("docket", name, status, UNITS[owner], told)
        for name, (owner, _level, told, status) in DOCKETS.items()
    }


def delegations() -> dict[str, Thing]:
    """By whoever got it: both given by the head of central police, the second taken back."""
    return {
        name: Thing("delegation", name, owner="police", author="police_head") for name in ("delegate", "ended_delegate")
    }


def keys() -> dict[str, Thing]:
    """One of central police, one of a unit below it, one of customs."""
    named = {"police_system": "police", "north_officer": "police_north", "customs_system": "customs"}
    return {name: Thing("key", name, owner=unit, author=name) for name, unit in named.items()}


def notices() -> dict[str, Thing]:
    """By the person who was told."""
    return {name: Thing("notice", name, owner=unit, author=name) for name, unit in TOLD.items()}
