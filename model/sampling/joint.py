"""Joint draws of every quantity: points → normal scores → copula → quantiles.

Every quantity has one dimension, whatever its family, and every dimension a random stream of its
own, seeded by (seed, chain, quantity, player). So changing a prior, or adding or leaving out a
player, changes no other quantity's draws.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast
from zlib import crc32

import numpy as np
from scipy import special

from model.numerics.arrays import Array, Words
from model.numerics.jit import njit
from model.numerics.threads import in_threads
from model.sampling import sobol_sequence as sobol
from model.sampling.copula import copula
from model.sampling.defaults import EARLIER_SAMPLER
from model.sampling.dimensions import (
    check_dimensions,
    columns,
    dimension,
    number_of_dimensions,
)
from model.sampling.draws import Draws
from model.sampling.normal_scores import fill_scores
from model.sampling.quantile_functions import LARGEST_SCORE, fill_values
from model.sampling.seed_words import seed_words
from model.sampling.size import check_seed, check_size
from priors.errors import InputError
from priors.reading.records import Player, Priors
from priors.registry.quantity import Quantity

__all__ = ["Row", "sample", "sample_chain", "sample_rows", "stream_key"]

#: A quantity, and whose; None of one of the industry.
type Row = tuple[Quantity, Player | None]


#: Marks the stream of a global quantity, where a player's has the player's name.
_NO_PLAYER = 0
#: Marks the stream of what the quantities of a t copula have in common.
_TAILS = crc32(b"tails")


def sample(
    priors: Priors,
    draws: int,
    chains: int = 16,
    seed: int = 0,
    sampler: str = "sobol",
    *,
    spread: float = 1.0,
    degrees: float | None = None,
) -> Draws:
    """Draw every quantity of every player from the joint prior.

    Parameters
    ----------
    priors : Priors
        The resolved prior file.
    draws : int
        Total over the chains; for ``sobol`` a power of two a chain.
    chains : int
        Independent randomizations, 4 or more.
    seed : int
        Not negative. The same seed gives the same bytes on any number of cores.
    sampler : {"sobol", "random"}
        Scrambled Sobol points, or independent pseudo-random ones.
    spread : float
        Factor on the normal score of every quantity that is no event and not discrete: 1.5 is half
        as wide again, about the same median.
    degrees : float, optional
        Degrees of freedom of a t copula in place of the Gaussian one, of the quantities that any
        correlation touches: extremes then come together (Demarta and McNeil 2005).

    Returns
    -------
    Draws

    Raises
    ------
    InputError
        Where the size or the sampler is impossible.
    """
    check_size(draws, chains, sampler)
    check_seed(seed)
    made = _Sampler(priors, draws // chains, chains, seed, sampler)
    made.spread, made.degrees = spread, degrees
    return made.run()


def sample_chain(
    priors: Priors, chain: int, draws: int, seed: int, sampler: str, *, block: int
) -> Iterator[Draws]:
    """One chain of `sample`, byte for byte, a block after the other.

    Parameters
    ----------
    priors : Priors
        The resolved prior file.
    chain : int
        Place of the chain.
    draws : int
        Of this chain; for ``sobol`` a power of two.
    seed : int
        Not negative.
    sampler : {"sobol", "random"}
        As `sample` takes it.
    block : int
        Draws of a block; the last may have fewer.

    Yields
    ------
    Draws
        Of one chain.
    """
    made = _Sampler(priors, block, 1, seed, sampler)
    players = tuple(player.name for player in priors.players)
    for values in made.blocks(chain, draws, made.rows(priors.players)):
        yield Draws(values, players, made.quantities)


def sample_rows(
    priors: Priors,
    rows: Sequence[Row],
    chain: int,
    draws: int,
    seed: int,
    sampler: str,
    *,
    block: int,
) -> Iterator[Array]:
    """Some quantities of one chain of `sample`, without the others that they do not need.

    Parameters
    ----------
    priors : Priors
        The resolved prior file.
    rows : sequence of Row
        Which quantities.
    chain : int
        Place of the chain.
    draws : int
        Of this chain.
    seed : int
        Not negative.
    sampler : {"sobol", "random"}
        As `sample` takes it.
    block : int
        Draws of a block; the last may have fewer.

    Yields
    ------
    array (row, draw)
        In the registry's units.
    """
    made = _Sampler(priors, block, 1, seed, sampler)
    for values in made.blocks(chain, draws, rows):
        yield values[0]


def stream_key(quantity: Quantity, player: Player | None) -> tuple[int, int]:
    """What tells the random streams of a quantity from all others'.

    Parameters
    ----------
    quantity : Quantity
        Which one.
    player : Player or None
        Whose; None of one of the industry.

    Returns
    -------
    tuple of int
        Two words of 32 bits.
    """
    owner = _NO_PLAYER if player is None else crc32(player.name.encode())
    return crc32(quantity.name.encode()), owner


@njit()
def _fill_sobol_scores(directions: Words, words: Words, start: int, out: Array) -> None:
    """Fill `out` (chain, draw) with scores of a dimension, each chain scrambled by its words."""
    for chain in range(out.shape[0]):
        sobol.fill_points(directions, words[chain], out[chain], start)
        fill_scores(out[chain], out[chain])


class _Sampler:
    """One run's streams; it works on the dimensions in parallel, each by itself.

    It makes `chains` chains from the one at place `first` on, and of each `per_chain` draws from
    the one at place `start` on.
    """

    def __init__(self, priors: Priors, per_chain: int, chains: int, seed: int, kind: str) -> None:
        self.priors, self.seed, self.chains, self.per_chain = priors, seed, chains, per_chain
        self.spread, self.degrees = 1.0, cast("float | None", None)
        self.first, self.start = 0, 0
        self.streams: dict[tuple[int, ...], np.random.Generator] = {}
        self.words: dict[tuple[int, ...], Words] = {}
        self.copula = copula(priors)
        self.quantities = priors.quantities
        places = len(priors.players) + len(priors.excluded)
        self.points: Callable[[int, list[int], Array], None] = self._random_scores
        if kind != "random":
            wrong = check_dimensions(self.quantities, places)
            if wrong:
                raise InputError(f"{wrong}: sample at random instead")
            count = number_of_dimensions(self.quantities, places)
            chosen = range(count) if kind == EARLIER_SAMPLER else columns(self.quantities, count)
            self.directions = sobol.direction_numbers(chosen)
            self.points = self._sobol_scores

    def run(self) -> Draws:
        players = self.priors.players
        values = self.fill(self.rows(players))
        return Draws(values, tuple(player.name for player in players), self.quantities)

    def blocks(self, chain: int, draws: int, rows: Sequence[Row]) -> Iterator[Array]:
        """Values (chain, row, draw) of a chain, `per_chain` draws at a time."""
        self.first = chain
        self.streams.clear()
        self.words.clear()
        block = self.per_chain
        for self.start in range(0, draws, block):
            self.per_chain = min(block, draws - self.start)
            yield self.fill(rows)
        self.per_chain = block

    def fill(self, rows: Sequence[Row]) -> Array:
        """Values (chain, row, draw) of some quantities."""
        values = np.empty((self.chains, len(rows), self.per_chain))
        correlated = self._correlated_scores({self._dimension(*row) for row in rows})

        def fill_row(place: int) -> None:
            self._fill(*rows[place], correlated, values[:, place])

        in_threads(fill_row, range(len(rows)))
        return values

    def _correlated_scores(self, wanted: set[int]) -> Mapping[int, Array]:
        """Scores of those dimensions among `wanted` that the copula joins, by dimension."""
        joined = self.copula.dimensions
        places = [place for place, dimension in enumerate(joined) if dimension in wanted]
        needed = {joined[column] for place in places for column in self.copula.sources(place)}
        ends = [
            end for end in self.rows(self.priors.all_players()) if self._dimension(*end) in needed
        ]
        found = in_threads(lambda end: self._scores(*end), ends)
        independent = dict(zip([self._dimension(*end) for end in ends], found, strict=True))
        mixed = in_threads(lambda place: self.copula.mix(independent, place), places)
        scores = map(self._with_tails(), mixed)
        return dict(zip([joined[place] for place in places], scores, strict=True))

    def _with_tails(self) -> Callable[[Array], Array]:
        """From normal scores to those of the t copula, where one is wanted."""
        degrees = self.degrees
        if degrees is None:
            return lambda scores: scores
        streams = (
            np.random.Generator(np.random.PCG64(self._stream(chain, [_TAILS])))
            for chain in range(self.chains)
        )
        drawn = np.stack([stream.chisquare(degrees, self.per_chain) for stream in streams])
        common = np.sqrt(degrees / drawn)

        def heavier(scores: Array) -> Array:
            below = special.stdtr(degrees, -np.abs(scores * common))
            found = np.copysign(special.ndtri(below), scores)
            return np.clip(found, -LARGEST_SCORE, LARGEST_SCORE)

        return heavier

    def _fill(
        self,
        quantity: Quantity,
        player: Player | None,
        correlated: Mapping[int, Array],
        out: Array,
    ) -> None:
        """Fill `out` (chain, draw) with a quantity's draws."""
        key = (quantity.name, None if player is None else player.name)
        distribution = self.priors.priors[key].distribution
        if distribution.constant:
            out[...] = distribution.quantile(0.5)
            return
        scores = correlated.get(self._dimension(quantity, player))
        if scores is None:
            # in the place of the values: one array less to touch
            self._fill_scores(quantity, player, out)
            scores = out
        if self.spread != 1.0 and not distribution.discrete:
            scores = np.clip(self.spread * scores, -LARGEST_SCORE, LARGEST_SCORE)
        fill_values(distribution, scores, out)

    def _scores(self, quantity: Quantity, player: Player | None) -> Array:
        """Independent standard normal scores (chain, draw) of one dimension."""
        scores = np.empty((self.chains, self.per_chain))
        self._fill_scores(quantity, player, scores)
        return scores

    def _fill_scores(self, quantity: Quantity, player: Player | None, out: Array) -> None:
        self.points(self._dimension(quantity, player), list(stream_key(quantity, player)), out)

    def _stream(self, chain: int, key: list[int]) -> np.random.SeedSequence:
        return np.random.SeedSequence(self.seed, spawn_key=(chain, *key))

    def _words(self, key: list[int]) -> Words:
        """Random words (chain, word) of one dimension's scramblings."""
        place = tuple(key)
        if place not in self.words:
            keys = [[self.first + chain, *key] for chain in range(self.chains)]
            streams = np.array(keys, np.uint32)
            self.words[place] = seed_words(self.seed, streams, sobol.SCRAMBLE_WORDS)
        return self.words[place]

    def _generator(self, chain: int, key: list[int]) -> np.random.Generator:
        """A stream of random numbers, which goes on where the block before has left it."""
        place = chain, *key
        if place not in self.streams:
            self.streams[place] = np.random.Generator(np.random.PCG64(self._stream(chain, key)))
        return self.streams[place]

    def _sobol_scores(self, dimension: int, key: list[int], out: Array) -> None:
        _fill_sobol_scores(self.directions[dimension], self._words(key), self.start, out)

    def _random_scores(self, dimension: int, key: list[int], out: Array) -> None:
        del dimension
        for chain in range(self.chains):
            self._generator(self.first + chain, key).standard_normal(out=out[chain])
        np.clip(out, -LARGEST_SCORE, LARGEST_SCORE, out=out)

    def rows(self, players: tuple[Player, ...]) -> list[Row]:
        """Every quantity of every player in the order of `Draws.values`."""
        rows: list[Row] = [(q, None) for q in self.quantities.shared]
        return rows + [(q, player) for player in players for q in self.quantities.own]

    def _dimension(self, quantity: Quantity, player: Player | None) -> int:
        place = None if player is None else player.place
        return dimension(self.quantities, quantity.name, place)
