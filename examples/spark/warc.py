"""What a gigabyte of WARC costs: reading it alone, and reading and checking it, in core-seconds.

python warc.py make FOLDER OUT.warc.gz      # a WARC of a folder's HTML files, a gzip member a record, as crawlers write it
python warc.py measure FILE.warc.gz [...]   # needs the wheel; one core

`pages` reads one file and is what a Spark job maps over its files: `sc.parallelize(files, len(files)).flatMap(pages)`.
"""

import gzip
import pathlib
import sys
import time
from collections.abc import Iterator

from ombud import Scanner


def pages(path: str) -> Iterator[tuple[str, str]]:
    """The address and source of every HTML response in a WARC file (ISO 28500)."""
    with gzip.open(path, "rb") as file:
        while (start := file.readline()) != b"":
            if not start.startswith(b"WARC/"):
                continue
            fields = {}
            while (line := file.readline().decode("utf-8", "replace").strip()) != "":
                name, _, value = line.partition(":")
                fields[name.lower()] = value.strip()
            block = file.read(int(fields["content-length"]))
            if fields.get("warc-type") != "response":
                continue
            http, _, body = block.partition(b"\r\n\r\n")
            if b"text/html" in http.lower():
                yield fields.get("warc-target-uri", ""), body.decode("utf-8", "replace")


def make(folder: str, out: str) -> None:
    with open(out, "wb") as file:
        for page in sorted(pathlib.Path(folder).rglob("*.html")):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.read_bytes()
            warc = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.se/{page.name}\r\nContent-Length: {len(http)}\r\n\r\n"
            file.write(gzip.compress(warc.encode() + http + b"\r\n\r\n", 6))


def measure(paths: list[str]) -> None:
    scanner = Scanner()
    packed = sum(pathlib.Path(path).stat().st_size for path in paths)
    start = time.process_time()
    texts = [[text for _, text in pages(path)] for path in paths]
    read = time.process_time() - start
    size = sum(len(text.encode()) for part in texts for text in part)
    start = time.process_time()
    found = sum(len(findings) for part in texts for findings in scanner.check_many(part, channel="web", format="html"))
    checked = time.process_time() - start
    count = sum(len(part) for part in texts)
    print(f"{count} pages, {packed / 1e6:.1f} MB packed, {size / 1e6:.1f} MB of HTML ({size / packed:.2f} to 1), {found} findings")
    print("| step | core-seconds | MB/s of HTML | core-seconds a GB of WARC |\n|---|--:|--:|--:|")
    for step, seconds in [("read: gunzip, records", read), ("check", checked), ("both", read + checked)]:
        print(f"| {step} | {seconds:.2f} | {size / 1e6 / seconds:.1f} | {seconds / (packed / 1e9):.0f} |")


if __name__ == "__main__":
    make(*sys.argv[2:]) if sys.argv[1] == "make" else measure(sys.argv[2:])
