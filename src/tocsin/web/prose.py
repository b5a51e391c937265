"""A plan as a page: its chapters as clean HTML, and its blocks for the machine as tables that people read.

The document is the jurisdiction's own text; still nothing in it may run in a reader's browser.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import nh3
import yaml
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from tocsin.packs.tables import Rows
from tocsin.web import locality
from tocsin.web.locality import say
from tocsin.web.vocabulary import said

BLOCK = "tocsin"
TAGS = {
    "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "br", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "a", "div", "dl", "dt", "dd", "span", "figure", "figcaption",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "div": {"class", "tabindex"},
    "th": {"scope"},
    "span": {"class"},
    "table": {"class"},
}


def page(text: str) -> SafeString:
    """The whole document."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("fence", _fence)
    clean = nh3.clean(markdown.render(text), tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"})
    return mark_safe(clean)  # noqa: S308 (nh3 has taken out everything but the tags above)


def _fence(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    name, _, block = tokens[at].info.strip().partition(" ")
    if name != BLOCK:
        return format_html("<pre><code>{}</code></pre>", tokens[at].content)
    try:
        value = yaml.safe_load(tokens[at].content)
    except yaml.YAMLError:
        return format_html("<pre><code>{}</code></pre>", tokens[at].content)
    title = gettext("For the machine: {block}").format(block=_word(block))
    return format_html("<figure><figcaption>{}</figcaption>{}</figure>", title, _value(value))


def _value(value: Any) -> SafeString | str:
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        return _table(value)
    if isinstance(value, dict) and not _is_text(value):
        pairs = ((_word(name), _cell(inner)) for name, inner in value.items())
        return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs))
    return _cell(value)


def _table(rows: list[dict[str, Any]]) -> SafeString:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    head = format_html_join("", '<th scope="col">{}</th>', ((_word(name),) for name in columns))
    body = format_html_join("", "<tr>{}</tr>", ((_cells(row, columns),) for row in rows))
    return format_html(
        '<div class="box" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        head,
        body,
    )


def _cells(row: Mapping[str, Any], columns: Sequence[str]) -> SafeString:
    return format_html_join("", "<td>{}</td>", ((_cell(row.get(name, "")),) for name in columns))


def _cell(value: Any) -> str:
    """One value as text: a text in the reader's language, a list in one line, a code by its name."""
    if isinstance(value, Mapping):
        if _is_text(value):
            return say(value)
        return gettext("; ").join(f"{_word(name)}: {_cell(inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return gettext("; ").join(_cell(one) for one in value)
    return _named(str(value)) if value is not None else ""


def _is_text(value: Mapping[Any, Any]) -> bool:
    return bool(value) and set(value) <= {*locality.languages(), "und"}


def _named(code: str) -> str:
    """What a code of the pack is called; anything else as it is."""
    here = locality.pack()
    if here is None or not code.isascii():
        return code
    tables: tuple[Rows[Any], ...] = (here.kinds, here.clocks)
    found = next((table[code] for table in tables if code in table), None)
    return say(found.name) if found else code


def _word(name: Any) -> str:
    return said(name)
