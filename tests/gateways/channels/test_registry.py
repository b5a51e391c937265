"""Which channels there are; in a replay, none that reaches anybody."""

import pytest

from tocsin.gateways.channels.folder import FolderChannel
from tocsin.gateways.channels.notify import NotifyChannel
from tocsin.gateways.channels.registry import channels
from tocsin.kernel.errors import Malformed

CONFIG = """
- {name: hook, url: "json://127.0.0.1/x", languages: [en], idempotent: true}
- {name: mail, url: "mailtos://user:secret@example.org"}
"""


def made(tmp_path, config=CONFIG, replaying=False):
    return channels(config, home=tmp_path, base_url="http://city.example", replaying=replaying)


def test_the_folder_and_those_of_the_settings(tmp_path):
    assert [(c.name, c.live, c.idempotent) for c in made(tmp_path)] == [
        ("folder", False, True),
        ("hook", True, True),
        ("mail", True, False),
    ]


@pytest.mark.parametrize("config", ["", "  ", '[{"name": "a", "url": "json://127.0.0.1"}]'])
def test_none_or_json(tmp_path, config):
    assert len(made(tmp_path, config)) == 1 + config.count("name")


def test_from_a_file(tmp_path):
    path = tmp_path / "channels.yaml"
    path.write_text(CONFIG)
    assert len(made(tmp_path, str(path))) == 3


def test_in_a_replay_no_live_channel_is_constructed(tmp_path, monkeypatch):
    built = []
    monkeypatch.setattr(NotifyChannel, "__init__", lambda self, *args, **more: built.append(args))
    assert [type(c) for c in made(tmp_path, replaying=True)] == [FolderChannel]
    assert built == []


@pytest.mark.parametrize(
    "config",
    [
        "- [",
        "- {name: a}",
        "- {name: a, url: 'json://h', colour: red}",
        "- {name: A b, url: 'json://h'}",
        "- {name: folder, url: 'json://h'}",
        "- {name: a, url: 'json://h'}\n- {name: a, url: 'json://h'}",
        "/no/such/file.yaml",
        "- {name: a, url: 'pigeon://token@loft'}",
    ],
)
def test_what_is_wrong_is_told_without_the_secrets(tmp_path, config):
    with pytest.raises(Malformed) as refusal:
        made(tmp_path, config)
    assert refusal.value.code == "channels.config"
    assert "token" not in str(refusal.value)
    assert "{name, url}" in str(refusal.value)
