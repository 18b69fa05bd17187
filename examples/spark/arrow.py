"""ombud on Spark through the wheel: Arrow batches in `mapInArrow`, one row a finding.

spark-submit arrow.py DRAFTS.jsonl OUT        # needs the wheel of bindings/python on the workers: --archives, or installed there
"""

import sys

from ombud.arrow import DDL, check_batches
from pyspark.sql import SparkSession


def main(drafts: str, out: str) -> None:
    spark = SparkSession.builder.appName("ombud arrow").getOrCreate()
    posts = spark.read.schema("id string, text string, channel string").json(drafts)
    found = posts.mapInArrow(check_batches(channel_column="channel"), DDL)
    found.write.mode("errorifexists").json(out)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
