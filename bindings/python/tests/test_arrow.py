"""Arrow batches: one row a finding, ids kept, nothing of the text."""

import pytest

pytest.importorskip("pyarrow")

import pyarrow as pa  # noqa: E402

from ombud import Scanner  # noqa: E402
from ombud.arrow import DDL, SCHEMA, check_batches  # noqa: E402


def batch() -> pa.RecordBatch:
    columns: dict[str, list[object]] = {"nr": [7, 8, 9], "body": ["Pnr 800102-2386", None, "Ring 070-174 06 12"], "where": ["facebook", "web", None]}
    return pa.RecordBatch.from_pydict(columns)


def test_a_row_a_finding_with_the_drafts_id() -> None:
    run = check_batches(id="nr", text="body", channel="web", channel_column="where")
    [found] = list(run(iter([batch()])))
    assert found.schema == SCHEMA
    rows = found.to_pylist()
    assert [(row["id"], row["rule"], row["channel"]) for row in rows] == [("7", "OMB101", "facebook"), ("9", "OMB201", "web")]
    assert not any("800102" in str(value) for row in rows for value in row.values())


def test_columns_are_those_of_a_finding() -> None:
    [finding] = Scanner().check("Pnr 800102-2386")
    for name in SCHEMA.names[1:]:
        assert hasattr(finding, name)
    assert len(DDL.split(", ")) == len(SCHEMA.names)


def test_an_empty_batch_has_the_columns_too() -> None:
    run = check_batches(id="nr", text="body")
    [found] = list(run(iter([batch().slice(0, 0)])))
    assert found.num_rows == 0 and found.schema == SCHEMA
