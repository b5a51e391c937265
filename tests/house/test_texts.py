"""Chinese comes first: every sentence that the program can say has its translation."""

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po

SOURCE = Path(__file__).parents[2] / "src/tocsin"
ERRORS = {"TocsinError", "Refused", "Malformed", "Forbidden", "NotFound", "Illegal", "Contended"}
MARKS = {"gettext", "gettext_lazy", "_", "in_languages"}
NAMES = re.compile(r"\{\w*\}")
MARKS_WITH_CONTEXT = {"pgettext", "pgettext_lazy"}


def catalogue() -> set[tuple[str | None, str]]:
    """Every translated (context, msgid) of all catalogues."""
    translated = set()
    for path in SOURCE.rglob("locale/zh_Hans/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_Hans"):
                if message.id and message.string:
                    msgid = message.id if isinstance(message.id, str) else message.id[0]
                    translated.add((message.context, msgid))
    return translated


def said(tree: ast.Module):
    """The (context, msgid) of every sentence in a module: texts and cures of errors, marked strings,
    announcements."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if name in ERRORS and len(node.args) >= 2:
                yield from ((None, arg.value) for arg in node.args[1:2] if isinstance(arg, ast.Constant))
                yield from (
                    (None, word.value.value)
                    for word in node.keywords
                    if word.arg == "cure" and isinstance(word.value, ast.Constant)
                )
            elif name in MARKS and texts:
                yield (None, texts[0])
            elif name in MARKS_WITH_CONTEXT and len(texts) >= 2:
                yield (texts[0], texts[1])
        elif isinstance(node, ast.Assign) and any(
            getattr(target, "id", "") == "ANNOUNCES" for target in node.targets
        ):
            yield from ((None, value.value) for value in node.value.values)


def sentences() -> set[tuple[str | None, str]]:
    found = set()
    for path in SOURCE.rglob("*.py"):
        if "node_modules" not in path.parts and "migrations" not in path.parts:
            found.update(said(ast.parse(path.read_text("utf-8"))))
    return {
        (context, text)
        for context, text in found
        if isinstance(text, str) and any(map(str.isalpha, NAMES.sub("", text)))
    }


def test_every_sentence_is_translated():
    assert sorted(sentences() - catalogue(), key=str) == []
