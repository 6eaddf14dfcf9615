# SPDX-License-Identifier: MIT
import random
import sys

import pytest

from annotator.text.word_numbers import WordNumbers


@pytest.mark.parametrize("count", [0, 1, 2, 63, 64, 65, 128, 1000])
def test_they_are_as_in_a_dict(count: int) -> None:
    chance = random.Random(count)
    words = {"".join(chance.choices("ابتو1a!ى", k=chance.randint(1, 5))): chance.randint(-3, 900) for _ in range(count)}
    numbers = WordNumbers.of(words.items(), int)
    assert dict(numbers) == words
    assert len(numbers) == len(words)
    assert all(numbers[word] == number for word, number in words.items())
    for _ in range(300):
        other = "".join(chance.choices("ابتو1a!ى", k=chance.randint(0, 6)))
        assert numbers.get(other) == words.get(other)
        assert (other in numbers) is (other in words)


def test_a_number_may_stand_for_something_else() -> None:
    assert WordNumbers.of([("في", 150)], lambda number: number / 100)["في"] == 1.5


def test_they_take_little_memory() -> None:
    chance = random.Random(1)
    words = {"".join(chance.choices("ابتجحدرسشعغفقكلمنهوي", k=6)): chance.randint(1, 900) for _ in range(10_000)}
    numbers = WordNumbers.of(words.items(), int)
    parts = (*vars(numbers).values(), *numbers._pieces, *numbers._firsts)
    as_dict = sys.getsizeof(words) + sum(map(sys.getsizeof, words))
    assert sum(map(sys.getsizeof, parts)) * 3 < as_dict
