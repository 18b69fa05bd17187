"""Presidio's own anonymizer on answers of ombud's service: python3 presidio.py PROGRAM. Exits 0 with a line when it is not installed."""

import json
import subprocess
import sys
import urllib.request

try:
    from presidio_anonymizer import AnonymizerEngine
    from presidio_anonymizer.entities import RecognizerResult
except ImportError:
    print("presidio: skipped: presidio-anonymizer is not installed")
    sys.exit(0)

TEXT = "Åsa 👋 skriver: kontakta Torbjörn Edvardsson, 070-174 06 12 eller torbjorn.edvardsson@example.se."
service = subprocess.Popen([sys.argv[1], "serve", "--port", "0", "--no-config", "--lang", "en"], stdout=subprocess.PIPE, text=True)
try:
    address, token = service.stdout.readline().split("open ")[1].strip().split("#token=")
    # An address with the token in it is all that a program written for Presidio needs.
    base = address + token
    body = json.dumps({"text": TEXT, "language": "en"}).encode()
    request = urllib.request.Request(base + "/analyze", body, {"Content-Type": "application/json"})
    found = [RecognizerResult.from_json(row) for row in json.load(urllib.request.urlopen(request))]
    masked = AnonymizerEngine().anonymize(text=TEXT, analyzer_results=found).text
    print(masked)
    for value, name in [("Torbjörn Edvardsson", "<PERSON>"), ("070-174 06 12", "<PHONE_NUMBER>"), ("torbjorn.edvardsson@example.se", "<EMAIL_ADDRESS>")]:
        assert value not in masked and name in masked, (value, masked)
    assert urllib.request.urlopen(base + "/health").status == 200
    print("presidio: ok")
finally:
    service.terminate()
    service.wait()
