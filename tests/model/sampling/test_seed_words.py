"""The words of many streams, beside NumPy's own."""

import numpy as np
import pytest

from model.sampling.seed_words import seed_words


def test_a_seed_may_be_a_whole_number_of_numpy_s():
    key = np.array([[7]], np.uint32)
    assert np.array_equal(seed_words(np.int64(5), key, 4), seed_words(5, key, 4))


@pytest.mark.parametrize("seed", [0, 1, 20_260_324, 2**32 - 1, 2**32, 2**64 + 17, 2**200 + 3])
@pytest.mark.parametrize("length", [1, 3, 6])
def test_the_words_are_those_of_numpy(seed, length):
    keys = np.random.default_rng(length).integers(0, 2**32, (20, length), dtype=np.uint32)
    keys[0] = 0
    found = seed_words(seed, keys, 33)
    for words, key in zip(found, keys.tolist(), strict=True):
        numpys = np.random.SeedSequence(seed, spawn_key=tuple(key)).generate_state(33, np.uint32)
        assert words.tolist() == numpys.tolist()
