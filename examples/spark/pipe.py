"""ombud on Spark without any binding: the program as a filter in `rdd.pipe`.

spark-submit pipe.py detect|check OMBUD DRAFTS.jsonl OUT

Each partition starts the program once; drafts go in as JSON Lines, verdicts come out with the drafts' ids, in their order.
"""

import sys

from pyspark.sql import SparkSession

COMMANDS = {"detect": "detect", "check": "check --no-config --lines"}


def main(command: str, program: str, drafts: str, out: str) -> None:
    spark = SparkSession.builder.appName(f"ombud {command}").getOrCreate()
    lines = spark.sparkContext.textFile(drafts, minPartitions=spark.sparkContext.defaultParallelism)
    # A program that ends badly ends the job: a verdict that is not there must not look like a clean one.
    lines.pipe(f"{program} {COMMANDS[command]}", checkCode=True).saveAsTextFile(out)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
