"""Reader: the text of an article into the words of an example, as the pipeline cuts them."""

import numpy as np

from quotex.model.encode import Encoder
from quotex.pipeline.marks import MarkPairer
from quotex.pipeline.notes import take_index
from quotex.pipeline.segment import Segmenter
from quotex.pipeline.tagger import find_mark_states, find_paragraph_numbers
from quotex.pipeline.tokenizer import MarkedEnglish
from quotex.training.examples import Example, Words


class ExampleReader:
    """Cuts texts into words with mark states and paragraphs, by the stages that the pipeline runs.

    Attributes:
        encoder: Cuts words into word pieces.
    """

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._nlp = MarkedEnglish()
        self._stages = (Segmenter(), MarkPairer())

    def __call__(self, id: str, text: str) -> Example:
        """Cut one text, of which nothing else is known yet."""
        words = self.read_words(text)
        return Example(id, words, self.encoder.encode(words.words, words.marks, words.paragraphs))

    def read_words(self, text: str) -> Words:
        """Cut one text into words."""
        doc = self._nlp.make_doc(text)
        for stage in self._stages:
            doc = stage(doc)
        index = take_index(doc)
        tokens = index.tokens
        words = [tokens.texts[i] for i in tokens.words.tolist()]
        starts = tokens.starts[tokens.words]
        ends = starts + np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        offsets = np.stack([starts, ends], axis=1).astype(np.int32)
        return Words(text, words, offsets, find_mark_states(index), find_paragraph_numbers(index))
