"""Names for the shapes of arrays that go in and out of the network."""

from typing import Any

import numpy as np

Bytes1d = np.ndarray[tuple[int], np.dtype[np.int8]]
Ints1d = np.ndarray[tuple[int], np.dtype[np.signedinteger[Any]]]
Ints2d = np.ndarray[tuple[int, int], np.dtype[np.signedinteger[Any]]]
Floats1d = np.ndarray[tuple[int], np.dtype[np.float32]]
Floats2d = np.ndarray[tuple[int, int], np.dtype[np.float32]]
