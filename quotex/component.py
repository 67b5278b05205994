"""Component: all of quotex as one part of anybody's English pipeline, `nlp.add_pipe("quotex")`."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from quotex.extraction import find_all, make_pipeline
from quotex.pipeline.results import set_results
from quotex.pipeline.scorer import WEIGHTS, Figures, Scorer
from quotex.pipeline.tagger import RoleTagger
from quotex.pipeline.tokens import read_text
from quotex.types import Article


@Language.factory(
    "quotex",
    assigns=["doc.spans", "doc._.quotes", "doc._.speakers"],
    default_config={"model": None, "n_threads": 1, "scorer": {"@scorers": "quotex.quotes_scorer.v1"}},
    default_score_weights=WEIGHTS,
)
def make_quote_finder(
    nlp: Language, name: str, *, model: str | None, n_threads: int, scorer: Scorer | None
) -> "QuoteFinder":
    """Build the component that finds quotes and speakers in the text of a Doc.

    Args:
        nlp: The pipeline.
        name: The component's name in it.
        model: Folder of a model; None means the one that comes with quotex.
        n_threads: Threads the model may use.
        scorer: What `nlp.evaluate` scores the quotes with; None leaves them out.
    """
    return QuoteFinder(model, n_threads=n_threads, scorer=scorer)


class QuoteFinder:
    """Reads the text of a Doc with a pipeline of its own, as `quotex.extract` does.

    Writes span groups CONTENT, CUE, SOURCE and SPEAKERS and the records; all else of the Doc stays as it is.
    """

    def __init__(self, model: str | None = None, *, n_threads: int = 1, scorer: Scorer | None = None) -> None:
        self._model = model
        self._n_threads = n_threads
        self.scorer = scorer

    @cached_property
    def nlp(self) -> Language:
        """The pipeline that reads the text; its words are its own."""
        return make_pipeline(self._model, n_threads=self._n_threads)

    @property
    def _tagger(self) -> RoleTagger:
        return cast(RoleTagger, self.nlp.get_pipe("quotex_tagger"))

    def __call__(self, doc: Doc) -> Doc:
        """Find the quotes of one Doc.

        Raises:
            InputError: Q114, half of a surrogate pair.
            ModelError: The model cannot be used.
        """
        found = find_all(Article("", read_text(doc)), self.nlp)
        set_results(doc, found.quotes, found.speakers)
        return doc

    def score(self, examples: Iterable[Example], **kwargs: Any) -> Figures:
        """Score the quotes, for `nlp.evaluate`."""
        return self.scorer(examples, **kwargs) if self.scorer else {}

    def memory_zone(self, mem: Any = None) -> AbstractContextManager[Any]:
        """Free the words that are met from now on at the end of the block, as `nlp.memory_zone()` does."""
        return self.nlp.memory_zone(mem)

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the files of the model into a folder."""
        self._tagger.to_disk(path, exclude=exclude)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> "QuoteFinder":
        """Take the model in a folder that `to_disk` wrote; it is no longer needed then."""
        self._tagger.from_disk(path, exclude=exclude)
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give the files of the model as one string of bytes."""
        return self._tagger.to_bytes(exclude=exclude)

    def from_bytes(self, bytes_data: bytes, *, exclude: Iterable[str] = ()) -> "QuoteFinder":
        """Take the model that `to_bytes` gave."""
        self._tagger.from_bytes(bytes_data, exclude=exclude)
        return self
