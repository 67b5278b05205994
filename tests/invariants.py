"""What holds of everything that the pipeline finds, whatever the text."""

from itertools import pairwise

from quotex.types import Article


def check_found(article: Article) -> None:
    """See that places, numbers and speakers go together."""
    assert [quote.id for quote in article.quotes] == list(range(1, len(article.quotes) + 1))
    for quote in article.quotes:
        for spans in (quote.content, quote.cue, quote.source):
            assert all(article.text[span.start : span.end] == span.text != "" for span in spans)
            assert all(one.end <= other.start for one, other in pairwise(spans))
        assert quote.content
        assert 0 <= quote.confidence <= 1
        assert quote.paragraph >= 1
    starts = [quote.content[0].start for quote in article.quotes]
    assert starts == sorted(starts)
    assert len({speaker.id for speaker in article.speakers}) == len(article.speakers)
    for speaker in article.speakers:
        assert speaker.quotes == tuple(q.id for q in article.quotes if q.speaker and q.speaker.id == speaker.id)
    assert all(quote.speaker in article.speakers for quote in article.quotes if quote.speaker)
