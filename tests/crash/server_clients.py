#!/usr/bin/env python3
"""Eight clients write through an overpassd that is broken off; then each sends what
it is not sure of again, under the same key.

  server_clients.py BUILD BASE WORK RUNS SEED kill|cut|lost [POWERCUT.so SLOWLINK.py]

  kill   kill -9 at a random moment        cut    the power fails under it (powercut.c)
  lost   the same as kill, behind a line that swallows answers

Prints what is wrong, a line each; the last line begins with # and counts."""
import http.client, json, os, random, re, shutil, signal, subprocess, sys, threading

build, base, work, runs, seed, how = sys.argv[1:7]
powercut = sys.argv[7] if how == "cut" else None
slowlink = sys.argv[7] if how == "lost" else None
runs, rnd = int(runs), random.Random(int(seed))
CLIENTS, DAYS_EACH = 8, 400
overpass, overpassd = os.path.join(build, "overpass"), os.path.join(build, "overpassd")
now = os.path.join(work, "now")
db = os.path.join(now, "world.db")
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
total = dict(acknowledged=0, unsure=0, repeated=0, broken=0)


def complain(run, text):
    print("run %d: %s" % (run, text), flush=True)


def day(client, number):
    """Another day for each command of each client."""
    return "%04d-%02d-%02d" % (2100 + client * 2 + number // 336, number % 336 // 28 + 1, number % 28 + 1)


class Server:
    def __init__(self, port=0, **env):
        self.process = subprocess.Popen(
            [overpassd, "--store", "sqlite:" + db, "--listen", "127.0.0.1:%d" % port, "--log", "none"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ, **env))
        line = self.process.stdout.readline().decode()
        self.port = int(line.rsplit(":", 1)[1]) if ":" in line else None

    def end(self, number):
        self.process.send_signal(number)
        said = self.process.communicate()[1]
        return self.process.returncode, said


def post(connection, path, body, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = "Bearer " + token
    connection.request("POST", path, json.dumps(body), headers)
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read() or b"{}")


def login(port):
    return post(http.client.HTTPConnection("127.0.0.1", port, timeout=30), "/v1/login",
                {"login": "scheduler.1", "password": None})[1]["token"]


class Client(threading.Thread):
    """Writes until the line is dead; .sure: key → answer, .open: what may or may not be done."""
    def __init__(self, number, port, token, generator, alive):
        super().__init__()
        self.number, self.port, self.token, self.rnd, self.alive = number, port, token, generator, alive
        self.sure, self.sent, self.open, self.wrong = {}, {}, None, []

    def run(self):
        connection = None
        for at in range(DAYS_EACH):
            key = "01" + "".join(self.rnd.choice(LETTERS) for _ in range(24))
            body = {"command": "calendar.set", "key": key, "args": {
                "on_date": day(self.number, at), "kind": "CLOSED", "name": "Power is out"}}
            self.sent[key] = body
            self.open = key
            while True:
                try:
                    # A new line now and then, because it is the third that swallows.
                    if connection is None or (how == "lost" and self.rnd.random() < 0.3):
                        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                    status, answer = post(connection, "/v1/commands", body, self.token)
                except (OSError, http.client.HTTPException, ValueError):
                    connection = None
                    if how == "lost" and self.alive():
                        continue  # under the same key
                    return
                if status != 200:
                    self.wrong.append("%s: %d %s" % (key, status, answer.get("detail")))
                    return
                self.sure[key] = answer
                self.open = None
                break


def audit_length(run):
    said = subprocess.run([overpass, "--store", "sqlite:" + db, "--no-progress", "--as", "auditor.1",
                           "audit", "verify"], capture_output=True, text=True)
    if said.returncode:
        complain(run, "audit verify: " + said.stderr.strip())
        return -1
    return int(re.search(r"\d+", said.stdout).group())


def after(run, clients, before, token):
    """What must be true once it runs again."""
    server = Server()
    if server.port is None:
        complain(run, "it does not start again: " + server.end(signal.SIGKILL)[1].decode())
        return
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    done = {}
    for client in clients:
        for key in list(client.sure) + ([client.open] if client.open else []):
            status, answer = post(connection, "/v1/commands", client.sent[key], token)
            if status != 200:
                complain(run, "%s again: %d %s" % (key, status, answer.get("detail")))
                continue
            done[client.sent[key]["args"]["on_date"]] = answer["id"]
            total["repeated"] += answer["repeated"]
            if key not in client.sure:
                continue
            if not answer["repeated"]:
                complain(run, "%s was acknowledged and is lost" % key)
            elif (answer["id"], answer["seq"]) != (client.sure[key]["id"], client.sure[key]["seq"]):
                complain(run, "%s is answered otherwise than before" % key)
    there, cursor = {}, ""
    while cursor is not None:
        connection.request("GET", "/v1/calendar_days?on_date.ge=2100-01-01&limit=500" + cursor, headers={
            "Authorization": "Bearer " + token})
        page = json.loads(connection.getresponse().read())
        there.update((row["on_date"], row["id"]) for row in page["items"])
        cursor = page["next"] and "&cursor=" + page["next"]
    if there != done:
        complain(run, "%d days are there, %d were done" % (len(there), len(done)))
    status, said = server.end(signal.SIGTERM)
    if status:
        complain(run, "SIGTERM: exit status %d: %s" % (status, said.decode()[-200:]))
    if audit_length(run) - before != len(done):
        complain(run, "%d commands, but not as many audit entries" % len(done))
    ledger = subprocess.run([overpass, "--store", "sqlite:" + db, "--no-progress", "--as", "auditor.1",
                             "ledger", "verify"], capture_output=True, text=True)
    if ledger.returncode:
        complain(run, "ledger verify: " + ledger.stderr.strip())


def one(run):
    shutil.rmtree(now, ignore_errors=True)
    shutil.copytree(base, now)
    first = Server()  # for the token: what it writes is before the trial
    token = login(first.port)
    first.end(signal.SIGTERM)
    before = audit_length(run)
    env = {}
    if powercut:
        # Some hundred writes a commit group; the first few dozen are the start.
        env = dict(PC_DIR=now, PC_AFTER=str(rnd.randint(20, 2500)), PC_TORN=str(run % 2),
                   PC_SEED=str(rnd.randint(1, 1 << 30)), LD_PRELOAD=powercut)
    server = Server(first.port, **env)
    if server.port is None:  # the power failed before it listened
        server.end(signal.SIGKILL)
        total["broken"] += 1
        return after(run, [], before, token)
    port, line = server.port, None
    if slowlink:
        line = subprocess.Popen([sys.executable, slowlink, "--listen", str(port + 1 if port < 65000 else port - 1),
                                 "--upstream", "127.0.0.1:%d" % port, "--kbps", "0", "--rtt-ms", "0",
                                 "--drop-every", "0", "--lose-reply", "3", "--seed", str(run)],
                                stdout=subprocess.PIPE)
        line.stdout.readline()
        port = port + 1 if port < 65000 else port - 1
    killed = threading.Event()
    clients = [Client(i, port, token, random.Random(rnd.random()), lambda: not killed.is_set())
               for i in range(CLIENTS)]
    for client in clients:
        client.start()
    if powercut:
        try:
            server.process.wait(60)
            total["broken"] += 1
        except subprocess.TimeoutExpired:
            pass
        for client in clients:
            client.join()
        server.process.kill()
    else:
        # Not before somebody was answered: a moment among commands, not before them.
        moment = rnd.random() * (1.2 if slowlink else 0.6)
        killed.wait(moment)
        total["broken"] += any(client.is_alive() for client in clients)
        server.process.kill()
        killed.set()
        for client in clients:
            client.join()
    server.process.communicate()
    if line:
        line.terminate()
        line.communicate()
    for client in clients:
        for wrong in client.wrong:
            complain(run, wrong)
    total["acknowledged"] += sum(len(client.sure) for client in clients)
    total["unsure"] += sum(client.open is not None for client in clients)
    after(run, clients, before, token)


for number in range(1, runs + 1):
    one(number)
if not total["broken"]:
    print("no server was broken off in %d runs" % runs)
print("# %s: %d runs, %d broken off; %d commands acknowledged, %d unsure; %d were there when sent again" % (
    how, runs, total["broken"], total["acknowledged"], total["unsure"], total["repeated"]))
