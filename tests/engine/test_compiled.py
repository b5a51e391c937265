"""What is kept of compiled loops is valid only for the source that it was made from."""

from tocsin.engine import compiled
from tocsin.engine.reach.orientation import side


def test_what_is_kept_lies_under_a_digest_of_the_whole_room(tmp_path, monkeypatch):
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "one.py").write_text("A = 1\n")
    monkeypatch.setattr(compiled, "ENGINE", tmp_path)
    folders = []
    for text in ("B = 1\n", "B = 2\n", "B = 1\n"):
        (tmp_path / "room" / "two.py").write_text(text)
        compiled.kept.cache_clear()
        folders.append(compiled.kept("room"))
    compiled.kept.cache_clear()
    assert folders[0] == folders[2] != folders[1]
    assert folders[0].startswith(str(tmp_path / "room" / "__pycache__"))


def test_a_folder_that_a_person_names_is_taken(monkeypatch, tmp_path):
    monkeypatch.setattr(compiled, "ELSEWHERE", str(tmp_path))
    compiled.kept.cache_clear()
    assert compiled.kept("reach").startswith(str(tmp_path))
    compiled.kept.cache_clear()


def test_a_compiled_loop_does_what_it_says():
    assert (side(0.0, 0.0, 1.0, 0.0, 0.5, 1.0), side(0.0, 0.0, 1.0, 0.0, 0.5, -1.0)) == (1, -1)
    assert side(0.0, 0.0, 1.0, 1.0, 0.5, 0.5) == 0
