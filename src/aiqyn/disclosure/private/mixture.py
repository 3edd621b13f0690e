"""The distribution that noisy tables agree on best, as a mixture of products (mbi's model class).

A mixture of K products of independent columns has every table at hand, so that all pairs and many
triples may be fitted at once: a graphical model would have to leave most of them out, for its
largest table grows with their number. Fitted by gradient descent on the weighted squared distance
from the noisy tables. Everything here reads noisy tables only, so it costs nothing.

References
----------
Aydore et al. (2021), Differentially private query release through adaptive projection, ICML;
    arXiv:2103.06641: fitting synthetic data to noisy tables by gradients.
Liu, Vietri, Wu (2021), Iterative methods for private synthetic data: unifying framework and new
    methods, NeurIPS; arXiv:2106.07153: the softmax form.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from aiqyn.errors import UsageRefused

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from aiqyn.disclosure.private.measuring import Measured

START = 0.5  # spread of the first logits
RATE = 0.1  # of Adam, falling to 0 along a cosine


def fit(
    measured: Sequence[Measured],
    shape: Sequence[int],
    rows: int,
    *,
    components: int,
    steps: int,
    rng: np.random.Generator,
    start: Any = None,
) -> Any:  # mbi has no types
    """The mixture nearest to the noisy tables of one, two and three columns.

    Parameters
    ----------
    shape : levels of each column
    rows : persons that the tables add up to
    start : a mixture to go on from
    """
    mbi, jnp = mbi_module(), jax_numpy()
    ends = [0, *accumulate(shape)]
    first = (
        jnp.concatenate([start._logits[c] for c in range(len(shape))], axis=1)
        if start is not None
        else jnp.asarray(rng.normal(0, START, (components, ends[-1])))
    )
    rate = RATE if start is None else RATE / 3
    wanted = _targets(measured, ends, rows)
    logits = _descend(first, wanted, tuple(ends), steps, rate)
    parts = {c: logits[:, ends[c] : ends[c + 1]] for c in range(len(shape))}
    domain = mbi.Domain(range(len(shape)), shape)
    return mbi.extensions.MixtureOfProducts(parts, domain, float(rows))


def draw(model: Any, rows: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Rows of the mixture; its columns follow each product with little chance in it."""
    import numpy as np

    share = np.full(model.num_components, rows // model.num_components)
    share[: rows % model.num_components] += 1
    rng.shuffle(share)
    columns = [
        np.concatenate([_spread(p, n, rng) for p, n in zip(_softmax(logits), share, strict=True)])
        for _, logits in sorted(model._logits.items())
    ]
    return np.stack(columns, axis=1)[rng.permutation(rows)]


def _softmax(logits: Any) -> NDArray[np.float64]:
    import numpy as np

    weight = np.asarray(logits, dtype=np.float64)
    weight = np.exp(weight - weight.max(axis=1, keepdims=True))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _spread(chances: NDArray[np.float64], rows: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Codes by systematic sampling: counts are rows · chances but for less than one."""
    import numpy as np

    ends = np.cumsum(chances) * rows / chances.sum()
    codes = np.searchsorted(ends, np.arange(rows) + rng.random(), side="right")
    return rng.permutation(np.minimum(codes, len(chances) - 1))


def _targets(measured: Sequence[Measured], ends: Sequence[int], rows: int) -> Any:
    """The noisy tables as shares of the rows, each with the weight of its cells: 1 / variance."""
    import numpy as np

    ones, twos = np.zeros((2, ends[-1])), np.zeros((2, ends[-1], ends[-1]))
    threes: list[tuple[tuple[int, ...], Any, float]] = []
    for table in measured:
        where = tuple(slice(ends[c], ends[c + 1]) for c in table.clique)
        share, weight = table.counts / rows, (rows / table.sigma) ** 2
        if len(where) == 3:
            threes.append((table.clique, share, weight))
        else:
            kept = ones if len(where) == 1 else twos
            kept[0][where], kept[1][where] = share, weight
    return ones, twos, threes


def _descend(first: Any, wanted: Any, ends: tuple[int, ...], steps: int, rate: float) -> Any:
    """Adam on the weighted squared distance, the rate falling to 0 along a cosine."""
    import jax

    optax = import_module("optax")
    ones, twos, threes = wanted
    optimizer = optax.adam(optax.cosine_decay_schedule(rate, steps))
    cliques = tuple(clique for clique, _, _ in threes)
    data = (ones, twos, tuple((share, weight) for _, share, weight in threes))
    distance = partial(_distance, ends=ends, cliques=cliques)

    def step(state: Any, _: None) -> tuple[Any, None]:
        logits, memory = state
        slope = jax.grad(distance)(logits, data)
        move, memory = optimizer.update(slope, memory)
        return (logits + move, memory), None

    run = jax.jit(lambda state: jax.lax.scan(step, state, None, length=steps)[0][0])
    return run((first, optimizer.init(first)))


def _distance(logits: Any, data: Any, ends: tuple[int, ...], cliques: tuple[Any, ...]) -> Any:
    """Weighted squared distance of the mixture's tables from the noisy ones, a cell on average."""
    import jax

    jnp = jax_numpy()
    ones, twos, threes = data
    parts = [jax.nn.softmax(logits[:, a:b], axis=1) for a, b in pairwise(ends)]
    products = jnp.concatenate(parts, axis=1)
    number = len(products)
    total = (ones[1] * (products.mean(axis=0) - ones[0]) ** 2).sum()
    total += (twos[1] * (products.T @ products / number - twos[0]) ** 2).sum()
    for (a, b, c), (share, weight) in zip(cliques, threes, strict=True):
        table = jnp.einsum("ka,kb,kc->abc", parts[a], parts[b], parts[c]) / number
        total += weight * ((table - share) ** 2).sum()
    return total / ends[-1] ** 2


def jax_numpy() -> Any:
    """JAX's numpy, in double precision."""
    mbi_module()
    return import_module("jax.numpy")


def mbi_module() -> Any:
    """Mbi with JAX in double precision.

    Raises
    ------
    UsageRefused (DISC-101) when the extra ``private`` is not installed.
    """
    try:
        jax: Any = import_module("jax")
    except ImportError:
        raise UsageRefused("DISC-101") from None
    jax.config.update("jax_enable_x64", True)
    jax.config.update("jax_enable_compilation_cache", False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import_module("mbi.extensions")
        return import_module("mbi")
