"""Every text in a row, wherever it stands: so that a name missing in one language is found."""

from collections.abc import Iterator, Mapping

import msgspec

from tocsin.packs.rows import Text


def texts(value: object, path: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    """The texts of a row with their paths (`steps.RED.name`). A text left out is told only where its
    row must have it.
    """
    if isinstance(value, msgspec.Struct):
        for field in msgspec.structs.fields(value):
            inner, here = getattr(value, field.name), f"{path}.{field.name}".lstrip(".")
            if field.type != Text:
                yield from texts(inner, here)
            elif inner or field.required:
                yield here, inner
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from texts(inner, f"{path}.{key}")
    elif isinstance(value, tuple):
        for at, inner in enumerate(value, 1):
            yield from texts(inner, f"{path}[{at}]")
