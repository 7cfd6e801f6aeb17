"""The reference names every setting, with a sentence about it."""

import msgspec

from auditor.settings import Settings
from auditor.settings.reference import table


def test_every_setting_stands_in_the_reference_with_a_sentence() -> None:
    rows = [row.split(" | ") for row in table().splitlines() if row.startswith("| `")]
    fields = [field.name for one in msgspec.structs.fields(Settings) for field in inner(one.default)]
    assert {f"| `{name}`" for name in fields} <= {row[0] for row in rows}
    assert all(len(row) == 4 and row[3].rstrip(" |").endswith(".") for row in rows)


def inner(section: object) -> tuple[msgspec.structs.FieldInfo, ...]:
    """The settings of a section."""
    return msgspec.structs.fields(type(section)) if isinstance(section, msgspec.Struct) else ()
