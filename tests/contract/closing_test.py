#!/usr/bin/env python3
"""Closing arithmetic (DOMAIN.md, I27): what a learner has earned and transferred
is the same to the hundredth on the screen (the card's credits), in the
statement as text, as CSV and as PDF, and over HTTP. OV_CLOSING_LEARNERS says
for how many learners, chosen at random by a seed that is printed (default 40;
the long form is 2000)."""
import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request

build = os.environ["OV_BUILDDIR"]
overpass = os.path.join(build, "overpass")
count = int(os.environ.get("OV_CLOSING_LEARNERS", "10" if "OV_TEST_SHORT" in os.environ else "40"))
seed = int(os.environ.get("OV_CLOSING_SEED", "20150301"))


def skip(why):
    print("1..0 # SKIP " + why)
    sys.exit(0)


if not shutil.which("pdftotext"):
    skip("pdftotext (poppler-utils) is not here")
if not os.access(os.path.join(build, "overpassd"), os.X_OK):
    skip("overpassd is not built")


def centi(text):
    match = re.fullmatch(r"'?(-?)(\d+)\.(\d\d)", text)
    if not match:
        raise ValueError(text)
    return int(match[1] + "1") * (int(match[2]) * 100 + int(match[3]))


class World:
    def __init__(self, work):
        self.store = "sqlite:" + os.path.join(work, "world.db")
        subprocess.run([overpass, "--store", self.store, "--quiet", "init", "--demo",
                        # Three in four are active, and on the list that is drawn from.
                        "--students", str(max(2000, 2 * count))], check=True, stdout=subprocess.DEVNULL)
        self.server = subprocess.Popen(
            [os.path.join(build, "overpassd"), "--store", self.store, "--listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.base = self.server.stdout.readline().strip()
        self.token = None
        self.token = self.http("/v1/login", {"login": "front_desk.1", "password": "overpass"})["token"]

    def http(self, path, body=None):
        request = urllib.request.Request(self.base + path)
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        if body is not None:
            request.add_header("Content-Type", "application/json")
            request.data = json.dumps(body).encode()
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def get(self, path):
        """Status, media type and body of a document."""
        request = urllib.request.Request(self.base + path)
        request.add_header("Authorization", "Bearer " + self.token)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers["Content-Type"], answer.read()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.headers["Content-Type"], refusal.read()

    def run(self, *args):
        return subprocess.run([overpass, "--store", self.store, *args], check=True,
                              capture_output=True).stdout

    def close(self):
        self.server.terminate()
        self.server.wait()


def statement_total(text):
    """The last figure of the line that says what counts, and the closing balances."""
    lines = [line for line in text.split("\n") if "counting" in line]
    return centi(lines[-1].split()[-1]) if lines else None


def five(world, number):
    card = json.loads(world.run("--json", "student", "show", number))
    screen = card["totals"]["earned_centi"]
    rows = list(csv.DictReader(io.StringIO(world.run("report", "statement", number, "--format", "csv")
                                           .decode())))
    total = [row for row in rows if row["row"] == "total"]
    closing = sum(centi(row["balance_centi"]) for row in rows
                  if row["row"] == "closing" and row["account"] != "POOL")
    moved = sum(centi(row["amount_centi"]) for row in rows
                if row["row"] == "record" and row["account"] != "POOL")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as pdf:
        pdf.write(world.run("report", "statement", number, "--format", "pdf"))
        pdf.flush()
        paper = subprocess.run(["pdftotext", "-layout", pdf.name, "-"], check=True,
                               capture_output=True, text=True).stdout
    _, _, served = world.get("/v1/reports/statement?format=csv&key=" + number)
    total_served = [row for row in csv.DictReader(io.StringIO(served.decode())) if row["row"] == "total"]
    api = [row["earned_centi"] for row in world.http("/v1/cards/account?key=" + number)["module_credit"]
           if not row["code"]]
    return {"screen": screen, "text": statement_total(world.run("report", "statement", number).decode()),
            "csv": centi(total[0]["balance_centi"]), "csv closing": closing, "csv entries": moved,
            "pdf": statement_total(paper), "api": api[0],
            "api csv": centi(total_served[0]["balance_centi"])}


def served_wrong(world, number):
    """What is not as docs/rest.md says of GET /v1/reports/NAME."""
    wrong = []
    for path, status, kind, begins in (
            ("/v1/reports/statement?key=" + number, 200, "text/plain", b" "),
            ("/v1/reports/D4?key=%s&format=pdf" % number, 200, "application/pdf", b"%PDF-"),
            ("/v1/reports/statement?key=%s&format=csv" % number, 200, "text/csv", b"row,account"),
            ("/v1/reports/caps?format=csv", 200, "text/csv", b"student_no"),
            ("/v1/reports/statement?key=%s&format=docx" % number, 400, "application/problem+json", b"{"),
            ("/v1/reports/statement", 400, "application/problem+json", b"{"),
            ("/v1/reports/statement?key=%s&from=2026-02-30" % number, 400, "application/problem+json", b"{"),
            ("/v1/reports/statement?key=0", 404, "application/problem+json", b"{"),
            ("/v1/reports/novel", 404, "application/problem+json", b"{"),
            # It writes to the trail: POST /v1/commands, person.copy.
            ("/v1/reports/personal?key=" + number, 404, "application/problem+json", b"{"),
            ("/v1/reports/audit", 403, "application/problem+json", b"{")):
        got, media, body = world.get(path)
        if got != status or not media.startswith(kind) or not body.startswith(begins):
            wrong.append("%s: %d %s %r" % (path.replace(number, "NUMBER"), got, media, body[:80]))
    return wrong


def main():
    with tempfile.TemporaryDirectory() as work:
        world = World(work)
        try:
            numbers = [row["student_no"] for row in
                       csv.DictReader(io.StringIO(world.run("--as", "registrar.1", "report", "graduation",
                                                            "--format", "csv").decode()))]
            transferred = [row["student_no"] for row in
                           csv.DictReader(io.StringIO(world.run("report", "caps", "--format", "csv")
                                                      .decode()))]
            chance = random.Random(seed)
            chosen = chance.sample(sorted(set(transferred)), min(count // 2, len(set(transferred))))
            chosen += chance.sample(numbers, min(count - len(chosen), len(numbers)))
            refused = served_wrong(world, chosen[0])
            wrong = []
            nonzero = 0
            for number in chosen:
                figures = five(world, number)
                nonzero += figures["screen"] > 0
                if len(set(figures.values())) != 1:
                    wrong.append(figures)
        finally:
            world.close()
    print("# %d learners, %d of them with credits, seed %d" % (len(chosen), nonzero, seed))
    for figures in wrong[:5]:
        print("# " + str(figures))
    ok = not wrong and nonzero > len(chosen) // 3 and len(chosen) >= count
    print(("ok" if ok else "not ok") + " 1 - screen, statement, CSV, PDF and API agree to the hundredth")
    for line in refused:
        print("# " + line)
    print(("not ok" if refused else "ok") + " 2 - documents over HTTP: forms, refusals")
    print("1..2")
    sys.exit(not ok or bool(refused))


main()
