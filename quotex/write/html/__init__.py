"""The HTML report: articles with their quotes marked, and who gets to speak, in one file that needs no other."""

from quotex.write.html.article import render_article
from quotex.write.html.writer import HtmlWriter, write_voices

__all__ = ["HtmlWriter", "render_article", "write_voices"]
