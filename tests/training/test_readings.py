"""What we marked in articles of others, by places alone."""

import json
from dataclasses import replace

import pytest

from models.news_en.training.readings import FILE, make_reading, read_articles, read_reading, read_readings
from models.news_en.training.texts import FOLDER, read_text, read_texts
from tests.paths import SHARED, needs_shared

MARKED = """# 1: person, Ann Lee, she
# 2: group, Ann Lee + Bob Moe, they
# 3: person, Bob Moe, he
# 4: unnamed, nobody, -
# 1: 1
# 2: 2
# 3: 4

<s:1>[[T:1|Mayor]] [[P:1|Lee]]</s> <u:1>said</u> <c:1>it was late</c>.

<s:2>[[P:1|Ann Lee]] and [[P:3|Bob Moe]]</s> <u:2>agreed</u>. It <u:3>was claimed</u> that
<c:3>all was well</c><c:2>.</c>"""


def test_a_reading_has_places_and_no_words() -> None:
    """The names of entities are places, too; one who cannot be told has none."""
    text = read_text("a", MARKED)
    row = json.loads(json.dumps(make_reading(text, titled=False)))
    assert "Lee" not in str(row)
    back = read_reading(row, {"id": "a", "text": text.text})
    unknown = back.entities[4]
    assert unknown.name == ""
    assert replace(back, entities={}, quotes=()) == replace(text, entities={}, quotes=())
    assert back.entities == {**text.entities, 4: unknown}
    assert [quote.content for quote in back.quotes] == [quote.content for quote in text.quotes]


def test_another_text_is_refused() -> None:
    """A word more, and all places would be wrong."""
    text = read_text("a", MARKED)
    row = make_reading(text, titled=True)
    with pytest.raises(ValueError, match="a: not the text"):
        read_reading(row, {"id": "a", "text": text.text, "title": "Late"})


def test_our_own_articles_go_there_and_back() -> None:
    """Whatever stands in one: quotes, names, what is beside them, mentions, who speaks."""
    for text in read_texts(FOLDER):
        row = json.loads(json.dumps(make_reading(text, titled=False)))
        back = read_reading(row, {"id": text.id, "text": text.text})
        assert back.besides == text.besides
        assert [name[:3] for name in back.names] == [name[:3] for name in text.names]
        assert [mention[:2] for mention in back.mentions] == [mention[:2] for mention in text.mentions]
        assert [back.entities[n].kind for n in back.speakers] == [text.entities[n].kind for n in text.speakers]
        for part in ("content", "cue", "source"):
            assert [getattr(q, part) for q in back.quotes] == [getattr(q, part) for q in text.quotes]


@needs_shared
def test_what_is_here_is_in_the_corpora() -> None:
    """Each reading finds its article there, unchanged."""
    files = [SHARED / "data" / name for name in ("news_unlabelled.jsonl.gz", "abc_unlabelled.jsonl")]
    articles = {article["id"]: article for article in read_articles(files)}
    rows = FILE.read_text(encoding="utf-8").splitlines()
    assert len(read_readings(FILE, articles)) == len(rows) > 0
