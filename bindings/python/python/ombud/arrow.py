"""Arrow record batches in, findings as record batches out: for `DataFrame.mapInArrow`, DuckDB, Polars and pyarrow itself.

>>> from ombud.arrow import DDL, check_batches                       # doctest: +SKIP
>>> posts.mapInArrow(check_batches(channel="web"), DDL)              # doctest: +SKIP

One row a finding. The text itself never comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain

import pyarrow as pa

from . import Finding, Scanner

__all__ = ["DDL", "SCHEMA", "check_batch", "check_batches"]

_TEXT = ["rule", "slug", "kind", "severity", "confidence", "place", "role", "channel", "masked", "fingerprint"]
_NUMBER = ["start", "end", "line", "column", "count"]
_LIST = ["attributes", "evidence", "also"]

#: The columns of the findings; `id` is the draft's.
SCHEMA = pa.schema(
    [("id", pa.string())]
    + [(name, pa.string()) for name in _TEXT]
    + [(name, pa.int64()) for name in _NUMBER]
    + [(name, pa.list_(pa.string())) for name in _LIST]
)

#: The same for Spark.
DDL = ", ".join(
    ["id string"]
    + [f"`{name}` string" for name in _TEXT]
    + [f"`{name}` bigint" for name in _NUMBER]
    + [f"`{name}` array<string>" for name in _LIST]
)


@lru_cache(maxsize=8)
def _scanner(policy: str | None, config: str | None) -> Scanner:
    return Scanner(policy, config=config)


def check_batch(
    batch: pa.RecordBatch,
    scanner: Scanner,
    *,
    id: str = "id",
    text: str = "text",
    channel: str | None = None,
    channel_column: str | None = None,
) -> pa.RecordBatch:
    """The findings of one batch. Ids become strings."""
    ids = batch.column(id).cast(pa.string()).to_pylist()
    texts = batch.column(text).to_pylist()
    channels = batch.column(channel_column).to_pylist() if channel_column is not None else None
    found = scanner.check_many(texts, channels, channel=channel)
    flat: list[Finding] = list(chain.from_iterable(found))
    columns = {"id": [i for i, findings in zip(ids, found) for _ in findings]}
    for field in SCHEMA.names[1:]:
        columns[field] = [getattr(finding, field) for finding in flat]
    return pa.RecordBatch.from_pydict(columns, schema=SCHEMA)


def check_batches(
    *,
    policy: str | None = None,
    config: str | None = None,
    id: str = "id",
    text: str = "text",
    channel: str | None = None,
    channel_column: str | None = None,
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A function for `mapInArrow`. The scanner is made once in each worker; nothing but these settings is sent to it."""

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        scanner = _scanner(policy, config)
        for batch in batches:
            yield check_batch(batch, scanner, id=id, text=text, channel=channel, channel_column=channel_column)

    return run
