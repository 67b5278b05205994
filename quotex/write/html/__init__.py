"""The HTML report: articles with their quotes marked, and who gets to speak, in one file that needs no other."""

from quotex.write.html.article import render_article
from quotex.write.html.writer import HtmlWriter, VoicesHtmlWriter

__all__ = ["HtmlWriter", "VoicesHtmlWriter", "render_article"]
