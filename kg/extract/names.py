"""Mentions to entities."""
from __future__ import annotations

from dataclasses import replace

from kg.model import Entity, Mention, Scope, Tagged


def resolve(tagged: Tagged, scope: Scope) -> list[Mention]:
    """Every mention with its entity."""
    return [replace(m, entity=Entity(m.text, m.label, m.codes[0] if m.codes else None)) for m in tagged.mentions]
