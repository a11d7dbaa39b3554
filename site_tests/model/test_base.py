"""Records are what a file says, and nothing beside it."""

from __future__ import annotations

from macros.model.names import Name


def test_records_and_their_copies_hold_no_lists_of_their_fields() -> None:
    one, other = Name(family="Roe", given="Ada"), Name.model_validate({"literal": "ACME"})
    copied = one.model_copy(update={"given": "Eve", "suffix": "Jr."})
    assert (copied.family, copied.given, copied.suffix, one.given) == ("Roe", "Eve", "Jr.", "Ada")
    assert one.model_fields_set is other.model_fields_set is copied.model_fields_set
    assert not one.model_fields_set
    assert one == Name(family="Roe", given="Ada") != copied
