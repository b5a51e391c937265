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
    dirty = markdown.render(text, {"blocks": _Blocks()})
    clean = nh3.clean(dirty, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"})
    return mark_safe(clean)  # noqa: S308 (nh3 has taken out everything but the tags above)


def _fence(renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    name, _, block = tokens[at].info.strip().partition(" ")
    if name != BLOCK:
        return format_html("<pre><code>{}</code></pre>", tokens[at].content)
    try:
        value = yaml.safe_load(tokens[at].content)
    except yaml.YAMLError:
        return format_html("<pre><code>{}</code></pre>", tokens[at].content)
    title = gettext("For the machine: {block}").format(block=said(block))
    return format_html("<figure><figcaption>{}</figcaption>{}</figure>", title, env["blocks"].whole(value))


class _Blocks:
    """The blocks of one document; the names of what their codes mean are looked up once."""

    def __init__(self) -> None:
        here = locality.pack()
        self.names: dict[str, str] = locality.post_names()
        tables: tuple[Rows[Any], ...] = (here.kinds, here.clocks) if here else ()
        for table in tables:
            self.names |= {key: say(row.name) for key, row in table.items()}
        self.languages = {*locality.languages(), "und"}

    def whole(self, value: Any) -> str:
        """A list of rows as a table, a mapping as a list of pairs, anything else as text."""
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            return self._table(value)
        if isinstance(value, dict) and not self._is_text(value):
            pairs = ((said(name), self._cell(inner)) for name, inner in value.items())
            return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs))
        return format_html("<p>{}</p>", self._cell(value))

    def _table(self, rows: list[dict[str, Any]]) -> SafeString:
        columns = list(dict.fromkeys(name for row in rows for name in row))
        head = format_html_join("", '<th scope="col">{}</th>', ((said(name),) for name in columns))
        body = format_html_join("", "<tr>{}</tr>", ((self._cells(row, columns),) for row in rows))
        return format_html(
            '<div class="box" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
            head,
            body,
        )

    def _cells(self, row: Mapping[str, Any], columns: Sequence[str]) -> SafeString:
        return format_html_join("", "<td>{}</td>", ((self._cell(row.get(name, "")),) for name in columns))

    def _cell(self, value: Any) -> str:
        """One value as text: a text in the reader's language, a list in one line, a code by its name."""
        if isinstance(value, Mapping):
            if self._is_text(value):
                return say(value)
            pairs = (f"{said(name)}: {self._cell(inner)}" for name, inner in value.items())
            return gettext("; ").join(pairs)
        if isinstance(value, list):
            return gettext("; ").join(self._cell(one) for one in value)
        return self.names.get(str(value), str(value)) if value is not None else ""

    def _is_text(self, value: Mapping[Any, Any]) -> bool:
        return bool(value) and set(value) <= self.languages
