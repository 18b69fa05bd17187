"""The wheel says what the program says: run with `OMBUD` set to the built program to compare the two."""

import json
import os
import pickle
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from ombud import Entity, Finding, Scanner

DRAFTS = [
    "Pnr 800102-2386",
    "Åsa Öst 😀 bor på Storgatan 12, ring 070-174 06 12.",
    "Inget att se här.",
    "",
    "Rektor Anna Berglund svarar på frågor, anna.berglund@example.se.",
]


def test_a_finding_names_its_place_in_characters_and_holds_no_value() -> None:
    [finding] = Scanner().check("😀 Pnr 800102-2386", "facebook")
    assert isinstance(finding, Finding)
    assert (finding.rule, finding.start, finding.end, finding.channel) == ("OMB101", 6, 17, "facebook")
    assert finding.masked == "******-****" and "800102" not in repr(finding)
    with pytest.raises(AttributeError):
        finding.rule = "OMB999"  # type: ignore[misc]


def test_entities_have_kinds_whatever_the_channel() -> None:
    kinds = {entity.kind for entity in Scanner().detect(DRAFTS[1])}
    assert {"person", "phone"} <= kinds
    assert all(isinstance(entity, Entity) for entity in Scanner().detect(DRAFTS[1]))


def test_settings_are_checked() -> None:
    for arguments in [{"policy": "nix"}, {"sensitivity": "very"}, {"lang": "fi"}, {"config": "langauge = 1"}]:
        with pytest.raises(ValueError):
            Scanner(**arguments)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="facebook"):
        Scanner().check("a", "facebok")
    with pytest.raises(ValueError):
        Scanner().check_many(["a", "b"], ["web"])


def test_the_pack_and_the_language_count() -> None:
    assert Scanner("granskning").check("Anna Berglund kom.") and not Scanner().check("Det regnar.")
    [finding] = Scanner(lang="en").check("Pnr 800102-2386")
    assert finding.message.startswith("The ")


def test_many_are_as_one_by_one_also_in_threads() -> None:
    scanner = Scanner()
    channels = ["facebook", "web", None, "web", "facebook"]
    alone = [[repr(f) for f in scanner.check(text, channel)] for text, channel in zip(DRAFTS, channels)]
    assert [[repr(f) for f in found] for found in scanner.check_many([*DRAFTS[:3], None, DRAFTS[4]], channels)] == alone
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: scanner.check_many(DRAFTS, channels), range(8)):
            assert [[repr(f) for f in one] for one in found] == alone


@pytest.mark.skipif("OMBUD" not in os.environ, reason="OMBUD names no program")
def test_the_program_says_the_same() -> None:
    lines = "".join(json.dumps({"id": i, "text": text}) + "\n" for i, text in enumerate(DRAFTS))
    run = [os.environ["OMBUD"], "check", "--no-config", "--lines"]
    answers = subprocess.run(run, input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    fields = ["rule", "kind", "attributes", "severity", "confidence", "line", "column", "masked", "evidence", "fingerprint"]
    for text, answer in zip(DRAFTS, answers):
        rows = json.loads(answer)["findings"]
        assert [[getattr(f, name) for name in fields] for f in Scanner().check(text)] == [[row[name] for name in fields] for row in rows]
    entities = subprocess.run([run[0], "detect"], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    fields = ["kind", "attributes", "start", "end", "confidence", "evidence"]
    for text, answer in zip(DRAFTS, entities):
        rows = json.loads(answer)["entities"]
        assert [[getattr(e, name) for name in fields] for e in Scanner().detect(text)] == [[row[name] for name in fields] for row in rows]


def test_functions_for_workers_can_be_sent() -> None:
    from ombud import arrow

    assert pickle.loads(pickle.dumps(arrow.check_batch)) is arrow.check_batch
