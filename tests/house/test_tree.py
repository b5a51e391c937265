"""What holds for the tree as a whole: no language of one country in the code, no key that joins two
stages, nothing undocumented.
"""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/tocsin"
CODE = sorted(path for path in SOURCE.rglob("*.py") if "node_modules" not in path.parts)
CHINESE = re.compile(r"[\u2e80-\u2fdf\u3040-\u9fff\uf900-\ufaff]")


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(SOURCE)))
def test_code_knows_no_chinese(path):
    found = [
        f"{number}: {line.strip()}"
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if CHINESE.search(line)
    ]
    assert found == []


def stage_of(model) -> str:
    parts = model.__module__.split(".")
    return parts[2] if parts[:2] == ["tocsin", "stages"] else ""


def test_no_foreign_key_joins_two_stages():
    joined = [
        f"{model.__module__}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and stage_of(model)
        and stage_of(field.related_model)
        and stage_of(field.related_model) != stage_of(model)
    ]
    assert joined == []


def test_every_room_with_tables_is_installed():
    rooms = {
        ".".join(path.parent.relative_to(SOURCE.parent).parts)
        for path in SOURCE.rglob("models.py")
        if "packs" not in path.parts and "engine" not in path.parts
    }
    assert rooms - set(settings.INSTALLED_APPS) == set()


def announced() -> dict[str, str]:
    """Every kind of journal entry that a room or a flow says it announces."""
    from importlib import import_module

    kinds: dict[str, str] = {}
    for path in CODE:
        if "ANNOUNCES" in path.read_text("utf-8"):
            module = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
            kinds.update(getattr(import_module(module), "ANNOUNCES", {}))
    return kinds


def test_every_kind_of_entry_is_in_the_reference():
    page = (ROOT / "docs/reference/journal.md").read_text("utf-8")
    assert [kind for kind in announced() if f"`{kind}`" not in page] == []


def test_every_setting_is_in_the_reference():
    page = (ROOT / "docs/reference/settings.md").read_text("utf-8")
    named = {name for path in CODE for name in re.findall(r"TOCSIN_[A-Z_]+", path.read_text("utf-8"))}
    assert sorted(name for name in named if f"`{name}`" not in page) == []


def test_every_command_is_in_the_reference():
    from tocsin.cli import main as entry
    from tocsin.cli.main import tocsin

    entry._join()
    page = (ROOT / "docs/reference/commands.md").read_text("utf-8")
    names = []
    for name, command in tocsin.commands.items():
        names += [f"{name} {sub}" for sub in getattr(command, "commands", {})] or [name]
    assert [name for name in names if f"`tocsin {name}" not in page] == []


def test_every_decision_is_in_the_index():
    index = (ROOT / "docs/README.md").read_text("utf-8")
    pages = [p for p in (ROOT / "docs").rglob("*.md") if p.name != "README.md"]
    assert [str(p.relative_to(ROOT / "docs")) for p in pages if p.name not in index] == []


def test_nothing_third_party_or_local_is_named():
    pattern = re.compile(r"/wor[k]/|/roo[t]/|files\.pythonhoste[d]|registry\.npmj[s]|pypi\.or[g]/simple")
    import subprocess

    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    guilty = [
        name
        for name in tracked
        if name
        and (ROOT / name).is_file()
        and name.endswith((".py", ".md", ".toml", ".json", ".txt", ".yaml", ".yml"))
        and pattern.search((ROOT / name).read_text("utf-8", errors="replace"))
    ]
    assert guilty == []
