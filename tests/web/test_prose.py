"""A plan as a page: people read the machine's blocks as tables, and nothing in it runs."""

from django.utils.translation import override

from tocsin.web.prose import page

PLAN = """# Plan

Text with <script>alert(1)</script> and [a link](javascript:alert(1)).

```tocsin tasks
- {id: pump, title: {zh: 抽水, en: Pump}, owner: commander, within: PT1H}
- {id: close, title: {zh: 封路, en: Close roads}, to: [a, b]}
```

```tocsin broken
- [unclosed
```
"""


def test_a_block_is_read_as_a_table(world):
    with override("en"):
        html = page(PLAN)
    assert "<td>Pump</td>" in html
    assert "<td>a; b</td>" in html
    assert "<figcaption>For the machine: tasks</figcaption>" in html


def test_a_block_that_cannot_be_read_is_shown_as_it_is(world):
    assert "- [unclosed" in page(PLAN)


def test_nothing_in_it_runs(world):
    html = page(PLAN)
    assert ("<script" in html, 'href="javascript' in html) == (False, False)
