"""Makes drafts to measure with: the corpus' own invented posts, drawn again and again with a seed.

python drafts.py 10000 > drafts.jsonl
"""

import json
import pathlib
import random
import re
import sys

CORPUS = pathlib.Path(__file__).resolve().parents[2] / "corpus"
CHANNELS = ["web", "facebook", "linkedin", "intranat", None]


def posts() -> list[str]:
    marks = re.compile(r"\[\[[^|\]]*\|([^\]]*)\]\]")
    found: list[str] = []
    # Files of formats and encodings are left out: a draft here is plain text.
    for path in sorted(p for p in CORPUS.glob("*/*.txt") if p.parent.name not in {"formats", "disguises"}):
        items = re.split(r"^=== .*\n", path.read_text(encoding="utf-8"), flags=re.M)
        found.extend(marks.sub(r"\1", item).strip() for item in items)
    return [post for post in found if post]


def main(count: int) -> None:
    draw = random.Random(7)
    all_posts = posts()
    for number in range(count):
        # Several posts with a blank line between make drafts of a web page's length.
        text = "\n\n".join(draw.choice(all_posts) for _ in range(draw.choice([1, 1, 2, 4, 8])))
        draft = {"id": number, "text": text}
        channel = draw.choice(CHANNELS)
        print(json.dumps(draft | ({"channel": channel} if channel else {}), ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]))
