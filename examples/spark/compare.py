"""Runs the same drafts on one machine and on Spark in local mode three ways, and compares every verdict.

OMBUD=target/release/ombud python compare.py [COUNT]        # needs pyspark, pyarrow and the wheel; Java 17

Ends 1 if a single finding differs.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
FIELDS = ["rule", "slug", "kind", "attributes", "severity", "confidence", "place", "role", "channel", "line", "column", "masked"]
FIELDS += ["evidence", "fingerprint"]


def main(count: int) -> int:
    program = str(pathlib.Path(os.environ["OMBUD"]).resolve())
    cores = os.environ.get("CORES", "2")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        drafts = folder / "drafts.jsonl"
        with drafts.open("w") as file:
            subprocess.run([sys.executable, HERE / "drafts.py", str(count)], stdout=file, check=True)
        size = drafts.stat().st_size
        print(f"{count} drafts, {size / 1e6:.1f} MB, local[{cores}]\n\n| way | seconds | same |\n|---|--:|---|")

        alone: dict[str, list[str]] = {}
        for command, arguments in {"detect": ["detect"], "check": ["check", "--no-config", "--lines"]}.items():
            start = time.monotonic()
            with drafts.open() as file:
                answer = subprocess.run([program, *arguments], stdin=file, capture_output=True, text=True, check=True)
            alone[command] = answer.stdout.splitlines()
            print(f"| one process, `{command}` | {time.monotonic() - start:.1f} | |")

        def spark(script: str, *arguments: str) -> list[str]:
            out = folder / f"out-{script}-{'-'.join(arguments)}"
            submit = [sys.executable, "-m", "pyspark.find_spark_home"]
            home = subprocess.run(submit, capture_output=True, text=True, check=True).stdout.strip()
            environment = os.environ | {"PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
            command = [f"{home}/bin/spark-submit", "--master", f"local[{cores}]", str(HERE / f"{script}.py")]
            if script == "pipe":
                command += [*arguments, program]
            command += [str(drafts), str(out)]
            subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            lines: list[str] = []
            for part in sorted(out.glob("part-*")):
                lines += part.read_text().splitlines()
            return lines

        same = True
        for command in ["detect", "check"]:
            start = time.monotonic()
            lines = spark("pipe", command)
            equal = lines == alone[command]
            same &= equal
            print(f"| Spark, `rdd.pipe` of `{command}` | {time.monotonic() - start:.1f} | {equal} |")
        start = time.monotonic()
        rows = [json.loads(line) for line in spark("arrow")]
        found = sorted(json.dumps([row["id"], *(row.get(name, []) for name in FIELDS)]) for row in rows)
        want = sorted(
            json.dumps([str(answer["id"]), *(finding[name] for name in FIELDS)])
            for answer in map(json.loads, alone["check"])
            for finding in answer["findings"]
        )
        same &= found == want
        print(f"| Spark, `mapInArrow` with the wheel | {time.monotonic() - start:.1f} | {found == want} |")
        print(f"\n{len(want)} findings")
    return 0 if same and want else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
