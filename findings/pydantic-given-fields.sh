#!/bin/sh
# Pydantic keeps a set of the names of the given fields with every object, and it is larger than what the object holds.
#
# Tried: pydantic 2.14.3, 20,000 objects of a model with eight fields, all given, as records of a data file are.
# Guess: the names are those of the class, so that an object costs little more than its values.
# Seen: the sets take more than twice the memory of the dicts with the values, also of frozen models and of copies; no setting
# leaves them out. A model_post_init that puts one shared set into their place (and into that of copies, from model_copy)
# gives two thirds of the memory back. What is lost is exclude_unset.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check pydantic==2.14.3
"$work/venv/bin/python" - <<'END'
import sys
import tracemalloc

from pydantic import BaseModel, ConfigDict

NOTHING = set()
FIELDS = {name: int for name in "abcdefgh"}


class Plain(BaseModel):
    model_config = ConfigDict(frozen=True)
    __annotations__ = FIELDS


class Lean(BaseModel):
    model_config = ConfigDict(frozen=True)
    __annotations__ = FIELDS

    def model_post_init(self, _):
        object.__setattr__(self, "__pydantic_fields_set__", NOTHING)


def made(model):
    """Return objects, and the bytes that they take."""
    model.model_validate(dict.fromkeys(FIELDS, 1))
    tracemalloc.start()
    found = [model.model_validate(dict.fromkeys(FIELDS, 1)) for _ in range(20_000)]
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return found, size


plain, before = made(Plain)
lean, after = made(Lean)
sets, dicts = (sum(map(sys.getsizeof, found)) for found in zip(*((one.model_fields_set, one.__dict__) for one in plain)))
copied = plain[0].model_copy(update={"a": 2})
print(f"sets {sets:,}\ndicts {dicts:,}\nobjects {before:,}\nobjects with one shared set {after:,}")
assert sets > 2 * dicts and sys.getsizeof(copied.model_fields_set) >= 700
assert after < 0.4 * before
assert plain[0].model_dump() == lean[0].model_dump() == dict.fromkeys(FIELDS, 1)
END
