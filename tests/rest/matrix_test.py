#!/usr/bin/env python3
"""Every role, every command and every kind, over HTTP, against the permission table.

The table is read from core/model/permission_list.h, the commands from
core/store/command_list.h, the kinds from core/model/kind.h: the header files,
not the program that is tested. Each role asks three times: its account belongs
to the branch of the record, to another branch, to none. What is another
branch's must look, to the byte, like what never was.
"""
import http.client
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

SRC = os.environ.get("OV_SRCDIR", ".")
BUILD = os.environ.get("OV_BUILDDIR", ".")
NOWHERE = 987654321


def rows(path, name):
    text = open(os.path.join(SRC, path), encoding="utf-8").read()
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.findall(rf"^{name}\((.*?)\)$", text, flags=re.M | re.S)


ROLES = ["viewer", "front_desk", "verifier", "reviewer1", "expert", "reviewer2",
         "ledger_keeper", "registrar", "scheduler", "auditor", "admin"]
GRANTS = {}
for row in rows("core/model/permission_list.h", "P"):
    name, _, matrix = [part.strip() for part in row.split(",")[:3]]
    GRANTS[name] = dict(zip(ROLES, matrix.strip('"')))
COMMANDS = []
for row in rows("core/store/command_list.h", "C"):
    name = re.search(r'"([a-z_]+\.[a-z_]+)"', row).group(1)
    tail = [part.strip() for part in row.split(",")]
    args, permission, target, flags = tail[-5], tail[-4], tail[-3], tail[-2]
    COMMANDS.append((name, permission, target, flags))
kind_list = open(os.path.join(SRC, "core/model/kind.h"), encoding="utf-8").read()
kind_list = kind_list[kind_list.index("#define STORED_KINDS"):kind_list.index("#define DERIVED_KINDS")]
KINDS = re.findall(r"^\tX\(([A-Z_0-9]+), ([a-z_0-9]+), ([A-Z0-9_]+)\)", kind_list, re.M)


class Server:
    def __init__(self, folder):
        self.file = os.path.join(folder, "world.db")
        subprocess.run([f"{BUILD}/overpass", "--store", f"sqlite:{self.file}", "init", "--demo",
                        "--students", "200"], check=True, stdout=subprocess.DEVNULL)
        self.log = open(os.path.join(folder, "log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [f"{BUILD}/overpassd", "--store", f"sqlite:{self.file}", "--listen", "127.0.0.1:0",
             "--log", "all"], stdout=subprocess.PIPE, stderr=self.log, text=True)
        self.port = int(self.process.stdout.readline().strip().rsplit(":", 1)[1])
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port)
        self.serial = 0

    def ask(self, method, path, token=None, body=None):
        headers = {"Accept-Language": "en"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            body = json.dumps(body)
            headers["Content-Type"] = "application/json"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()

    def key(self):
        self.serial += 1
        return f"01ARZ3NDEKTSV4RRFF{self.serial:08d}"

    def login(self, name):
        status, body = self.ask("POST", "/v1/login", None, {"login": name, "password": None})
        assert status == 200, (name, status, body)
        return json.loads(body)["token"]


class Tap:
    def __init__(self):
        self.number = self.failed = 0

    def case(self, name, differences):
        self.number += 1
        self.failed += bool(differences)
        print(f"{'not ok' if differences else 'ok'} {self.number} - {name}")
        for line in differences[:20]:
            print(f"# {line[:300]}")


def faceless(answer, asked):
    """A problem without its request's id and without what was asked for."""
    answer = re.sub(r'"request_id":"[^"]*"', "", answer)
    return re.sub(rf"\b{asked}\b", "ASKED", answer)


def plural(lower, base=[None]):
    if base[0] is None:
        base[0] = {}
        for name in os.listdir(os.path.join(SRC, "core/model")):
            text = open(os.path.join(SRC, "core/model", name), encoding="utf-8").read()
            for one, many in re.findall(r'FIELD_TABLE\(([a-z_]+),\s*[A-Z_0-9]+,\s*"([a-z_]+)"', text):
                base[0][one] = many
            for one, many in re.findall(r'T\(([a-z_]+),\s*[A-Z_0-9]+,\s*"([a-z_]+)"', text):
                base[0].setdefault(one, many)
    return base[0].get(lower)


def main():
    if not os.access(f"{BUILD}/overpassd", os.X_OK):
        print("1..0 # SKIP overpassd is not built")
        return 0
    folder = tempfile.TemporaryDirectory()
    server = Server(folder.name)
    tap = Tap()
    try:
        run(server, tap)
    finally:
        server.process.terminate()
        server.process.wait()
    log_check(server, tap)
    print(f"1..{tap.number}")
    return 1 if tap.failed else 0


def accounts(server):
    """A token for each role and scope; scopes are the two branches of the demo world, and none."""
    admin = server.login("admin.1")
    tokens = {}
    for role in ROLES:
        for scope in (1, 2, None):
            login = f"m.{role}.{scope or 0}"
            status, body = server.ask("POST", "/v1/commands", admin, {
                "command": "user.create", "key": server.key(), "args": {
                    "login": login, "branch_id": scope, "roles": [{"role": role}],
                    "password": "a long passphrase"}})
            assert status == 200, (login, body)
            tokens[role, scope] = server.login(login)
    return tokens


# SQL: a record of branch 1 of each kind that belongs to a learner or a branch.
OF_BRANCH = {
    "STUDENT": "SELECT id FROM student WHERE branch_id = 1 AND status = 'ACTIVE' LIMIT 1",
    "PERSON": "SELECT person_id FROM student WHERE branch_id = 1 LIMIT 1",
    "COHORT": "SELECT c.id FROM cohort c JOIN branch b ON b.id = c.centre_id WHERE b.parent_id = 1 LIMIT 1",
    "CREDIT_CLAIM": "SELECT c.id FROM credit_claim c JOIN student s ON s.id = c.student_id "
                    "WHERE s.branch_id = 1 LIMIT 1",
    "ENROLMENT": "SELECT e.id FROM enrolment e JOIN student s ON s.id = e.student_id "
                 "WHERE s.branch_id = 1 LIMIT 1",
    "ACCOUNT": "SELECT a.id FROM account a JOIN student s ON s.id = a.student_id "
               "WHERE s.branch_id = 1 LIMIT 1",
    "LEDGER_ENTRY": "SELECT l.id FROM ledger_entry l JOIN account a ON a.id = l.account_id "
                    "JOIN student s ON s.id = a.student_id WHERE s.branch_id = 1 LIMIT 1",
    "COURSE_RESULT": "SELECT r.id FROM course_result r JOIN student s ON s.id = r.student_id "
                     "WHERE s.branch_id = 1 LIMIT 1",
    "EMPLOYMENT": "SELECT e.id FROM employment e JOIN student s ON s.person_id = e.person_id "
                  "WHERE s.branch_id = 1 LIMIT 1",
    "CERTIFICATE": "SELECT e.id FROM certificate e JOIN student s ON s.person_id = e.person_id "
                   "WHERE s.branch_id = 1 LIMIT 1",
    "PRIOR_RESULT": "SELECT e.id FROM prior_result e JOIN student s ON s.person_id = e.person_id "
                    "WHERE s.branch_id = 1 LIMIT 1",
    "CLAIM_LINE": "SELECT l.id FROM claim_line l JOIN credit_claim c ON c.id = l.claim_id "
                  "JOIN student s ON s.id = c.student_id WHERE s.branch_id = 1 LIMIT 1",
    "EVIDENCE": "SELECT e.id FROM evidence e JOIN claim_line l ON l.id = e.line_id JOIN credit_claim c "
                "ON c.id = l.claim_id JOIN student s ON s.id = c.student_id WHERE s.branch_id = 1 LIMIT 1",
    "CLAIM_EXPLANATION": "SELECT l.id FROM claim_explanation l JOIN credit_claim c ON c.id = l.claim_id "
                         "JOIN student s ON s.id = c.student_id WHERE s.branch_id = 1 LIMIT 1",
    "SOURCE_USE": "SELECT u.id FROM source_use u JOIN student s ON s.id = u.student_id "
                  "WHERE s.branch_id = 1 LIMIT 1",
    "CALENDAR_FEED": "SELECT f.id FROM calendar_feed f JOIN student s ON s.id = f.student_id "
                     "WHERE s.branch_id = 1 LIMIT 1",
}


def run(server, tap):
    tokens = accounts(server)
    base = sqlite3.connect(f"file:{server.file}?mode=ro", uri=True)

    def one(sql):
        row = base.execute(sql).fetchone()
        return row[0] if row else None

    for subject, sql in (("student_id", OF_BRANCH["STUDENT"]), ("cohort_id", OF_BRANCH["COHORT"])):
        status, body = server.ask("POST", "/v1/commands", tokens["registrar", 1], {
            "command": "feed.create", "key": server.key(), "args": {subject: one(sql)}})
        assert status == 200, (subject, status, body)
    ids = {kind: one(sql) for kind, sql in OF_BRANCH.items()}
    reads(server, tap, tokens, one, ids)
    commands(server, tap, tokens, one, ids)
    hostile(server, tap, tokens, base, ids)
    reveal(server, tap, tokens, base, ids)


def reads(server, tap, tokens, one, ids):
    wrong, count, alike = [], 0, []
    for kind, lower, permission in KINDS:
        if not plural(lower):
            wrong.append(f"{lower} has no plural")
            continue
        table = f'"{lower}"'
        record = ids.get(kind) or one(f"SELECT id FROM {table} LIMIT 1")
        for (role, scope), token in tokens.items():
            granted = GRANTS[permission][role] != "-"
            status, body = server.ask("GET", f"/v1/{plural(lower)}?limit=1", token)
            count += 1
            if status != (200 if granted else 403):
                wrong.append(f"{role} of {scope} lists {lower}: {status}")
            status, body = server.ask("GET", f"/v1/{plural(lower)}/{record or NOWHERE}", token)
            count += 1
            apart = kind in OF_BRANCH and scope == 2
            want = 403 if not granted else 200 if record and not apart else 404
            if status != want:
                wrong.append(f"{role} of {scope} reads {lower} {record}: {status}, not {want}")
            if status == 404:
                _, never = server.ask("GET", f"/v1/{plural(lower)}/{NOWHERE}", token)
                if faceless(never, NOWHERE) != faceless(body, record or NOWHERE):
                    alike.append(f"{lower}: {body} {never}")
    tap.case(f"who may read is what the table says ({count} requests)", wrong)
    tap.case("another branch's record looks like none", alike)


def commands(server, tap, tokens, one, ids):
    wrong, alike, count = [], [], 0
    for name, permission, target, flags in COMMANDS:
        record = ids.get(target) or (one(f'SELECT id FROM "{target.lower()}" LIMIT 1')
                                     if target != "NONE" else None)
        fresh = "CMD_NEW" in flags or target == "NONE"
        for (role, scope), token in tokens.items():
            call = {"command": name, "target": 0 if fresh else record or NOWHERE, "rev": "*",
                    "key": server.key(), "args": {}}
            status, body = server.ask("POST", "/v1/assess", token, call)
            count += 1
            granted = GRANTS[permission][role] != "-" and "CMD_SYSTEM" not in flags
            apart = not fresh and target in OF_BRANCH and scope == 2
            code = json.loads(body).get("code", "")
            if not granted and status != 403:
                wrong.append(f"{role} of {scope} may not {name}: {status} {code}")
            # What depends on the claim's state is refused by the handler.
            if granted and status == 403 and permission != "CLAIM_READ":
                wrong.append(f"{role} of {scope} may {name}: {status} {code}")
            if granted and apart and status not in (404, 400, 422):
                wrong.append(f"{role} of {scope} sees another branch's {target} by {name}: {status}")
            if granted and apart:
                call.update(target=NOWHERE, key=server.key())
                _, never = server.ask("POST", "/v1/assess", token, call)
                if faceless(never, NOWHERE) != faceless(body, record):
                    alike.append(f"{name}: {body} {never}")
            if not granted:
                call["key"] = server.key()
                status, body = server.ask("POST", "/v1/commands", token, call)
                count += 1
                if status != 403:
                    wrong.append(f"{role} of {scope} does {name}: {status}")
    tap.case(f"who may do is what the table says ({count} requests)", wrong)
    tap.case("a command finds in another branch what it finds nowhere", alike)


def hostile(server, tap, tokens, base, ids):
    """Other ways to the learner of branch 1, by people of branch 2."""
    student_no, person, name = base.execute(
        "SELECT s.student_no, s.person_id, p.full_name FROM student s JOIN person p "
        "ON p.id = s.person_id WHERE s.id = ?", (ids["STUDENT"],)).fetchone()
    cohort, claim = ids["COHORT"], ids["CREDIT_CLAIM"]
    code = base.execute("SELECT code FROM cohort WHERE id = ?", (cohort,)).fetchone()[0]
    number = base.execute("SELECT claim_no FROM credit_claim WHERE id = ?", (claim,)).fetchone()[0]
    wrong = []
    clerk, registrar, planner = tokens["front_desk", 2], tokens["registrar", 2], tokens["scheduler", 2]
    for path in (f"/v1/cards/student/{ids['STUDENT']}", f"/v1/cards/credit_claim/{claim}",
                 f"/v1/cards/cohort/{cohort}", f"/v1/cards/account/{ids['ACCOUNT']}"):
        status, body = server.ask("GET", path, clerk)
        _, never = server.ask("GET", re.sub(r"\d+$", str(NOWHERE), path), clerk)
        if status != 404 or faceless(body, path.rsplit("/", 1)[1]) != faceless(never, NOWHERE):
            wrong.append(f"{path}: {status} {body} {never}")
    for kind, key, none in (("student", student_no, "9910199999999"), ("credit_claim", number, number[:-4] + "9999"),
                            ("cohort", code, "99ZZ0009"), ("account", student_no, "9910199999999")):
        status, body = server.ask("GET", f"/v1/cards/{kind}?key={key}", clerk)
        other, never = server.ask("GET", f"/v1/cards/{kind}?key={none}", clerk)
        if status != 404 or other != 404 or \
           faceless(body, key) != faceless(never, none):
            wrong.append(f"card of {kind} by number: {status} {body} {never}")
    for path in (f"/v1/students?student_no={student_no}", f"/v1/students?q={student_no}",
                 f"/v1/persons?id={person}", f"/v1/claims?student_id={ids['STUDENT']}",
                 f"/v1/claim_rows?claim_no={number}", f"/v1/cohorts?code={code}",
                 f"/v1/accounts?student_id={ids['STUDENT']}",
                 f"/v1/calendar_feeds?student_id={ids['STUDENT']}",
                 f"/v1/calendar_feeds?cohort_id={cohort}",
                 f"/v1/enrolments?student_id={ids['STUDENT']}", f"/v1/employments?person_id={person}"):
        status, body = server.ask("GET", path, clerk)
        if status != 200 or json.loads(body)["items"]:
            wrong.append(f"{path}: {status} {body}")
    own = base.execute("SELECT id, person_id FROM student WHERE branch_id = 2 AND status = 'ACTIVE'").fetchone()
    home = base.execute("SELECT c.id FROM cohort c JOIN branch b ON b.id = c.centre_id "
                        "WHERE b.parent_id = 2").fetchone()[0]
    centre = base.execute("SELECT id FROM branch WHERE parent_id = 2").fetchone()[0]
    programme, curriculum = base.execute("SELECT programme_id, id FROM curriculum").fetchone()
    number_2 = base.execute("SELECT student_no FROM student WHERE branch_id = 2").fetchone()[0]
    for token, call, place in (
            (clerk, {"command": "claim.create", "target": 0, "args": {"student_id": 0, "lines": []}}, "student_id"),
            (planner, {"command": "cohort.add", "target": home, "args": {"student_id": 0}}, "student_id"),
            (registrar, {"command": "cohort.remove", "target": home, "args": {"student_id": 0}}, "student_id"),
            (clerk, {"command": "feed.create", "target": 0, "args": {"student_id": 0}}, "student_id"),
            (planner, {"command": "feed.create", "target": 0, "args": {"cohort_id": 0}}, "cohort_id"),
            (registrar, {"command": "student.edit", "target": own[0], "args": {"cohort_id": 0}}, "cohort_id"),
            (clerk, {"command": "student.register", "target": 0, "args": {
                "person_id": 0, "student_no": number_2[:-3] + "997", "programme_id": programme,
                "centre_id": centre, "entry_level": "NONE"}}, "person_id")):
        answers = []
        known = {"student_id": ids["STUDENT"], "cohort_id": cohort, "person_id": person}[place]
        for ident in (known, NOWHERE):
            call["args"][place] = ident
            call.update(rev="*", key=server.key())
            answers.append(server.ask("POST", "/v1/assess", token, call))
        if answers[0][0] == 200 or answers[0][0] != answers[1][0] or \
           faceless(answers[0][1], known) != faceless(answers[1][1], NOWHERE):
            wrong.append(f"{call['command']} {place}: {answers}")
    status, body = server.ask("POST", "/v1/commands", clerk, {
        "command": "claim.withdraw", "target": claim, "rev": 77, "key": server.key(), "args": {}})
    if status != 404 or "current" in body:
        wrong.append(f"a stale rev tells of another branch: {status} {body}")
    cursor = None
    while True:
        status, body = server.ask("GET", "/v1/changes?limit=1000" + (f"&after={cursor}" if cursor else ""), clerk)
        page = json.loads(body)
        if name in body or student_no in body:
            wrong.append("the changes name a learner")
        if not page["items"]:
            break
        cursor = page["next"]
    tap.case("there is no other way to another branch's learner", wrong)


def reveal(server, tap, tokens, base, ids):
    """Masked fields leave by pii.reveal alone, and the trail has the reason."""
    person, citizen, mobile = base.execute(
        "SELECT p.id, p.doc_no, p.mobile FROM person p JOIN student s ON s.person_id = p.id "
        "WHERE s.branch_id = 1 AND p.doc_no IS NOT NULL AND p.mobile IS NOT NULL LIMIT 1").fetchone()
    wrong = []
    for (role, scope), token in tokens.items():
        seen = ""
        for path in (f"/v1/persons/{person}", f"/v1/persons?id={person}",
                     f"/v1/cards/student/{ids['STUDENT']}", "/v1/students?q=" + citizen):
            seen += server.ask("GET", path, token)[1].replace("q=" + citizen, "")
        if citizen in seen:
            wrong.append(f"{role} of {scope} reads the ID number")
        if mobile in seen and GRANTS["SEE_P2"][role] != "Y":
            wrong.append(f"{role} of {scope} reads the phone")
        before = base.execute("SELECT count(*) FROM audit_event WHERE action = 'pii.reveal'").fetchone()[0]
        call = {"command": "pii.reveal", "target": person, "args": {"field": "doc_no", "reason": "计划外核对 42"}}
        for assess in ("/v1/assess", "/v1/commands"):
            call["key"] = server.key()
            status, body = server.ask("POST", assess, token, call)
            may = GRANTS["REVEAL"][role] != "-" and scope != 2
            if (citizen in body) != (may and assess == "/v1/commands"):
                wrong.append(f"{role} of {scope}: {assess} {status} {body}")
        after = base.execute("SELECT count(*) FROM audit_event WHERE action = 'pii.reveal'").fetchone()[0]
        if after - before != may:
            wrong.append(f"{role} of {scope}: {after - before} events")
        if may and base.execute("SELECT reason FROM audit_event ORDER BY id DESC LIMIT 1").fetchone()[0] != "计划外核对 42":
            wrong.append(f"{role}: the reason is not in the trail")
    tap.case("masked fields leave by the reveal command alone, with its reason", wrong)


def log_check(server, tap):
    """No name, number or phone of the world stands in the log of all this."""
    server.log.seek(0)
    log = server.log.read()
    base = sqlite3.connect(f"file:{server.file}?mode=ro", uri=True)
    texts = set()
    for row in base.execute("SELECT full_name, doc_no, mobile FROM person"):
        texts.update(text for text in row if text)
    texts.update(row[0] for row in base.execute("SELECT student_no FROM student"))
    texts.update(row[0] for row in base.execute('SELECT login FROM "user" WHERE id > 1'))
    tap.case(f"the log of {log.count(chr(10))} lines names none of {len(texts)} names and numbers",
             [text for text in texts if text in log] + ([] if log.count("request") > 1000 else ["no log"]))


if __name__ == "__main__":
    sys.exit(main())
