#!/usr/bin/env python3
"""How a server is run: operations.py OVERPASSD OVERPASS FOLDER. Socket activation,
readiness, SIGTERM under load, SIGHUP, backup while others write, restore. Prints TAP."""
import http.client, json, os, random, re, shutil, signal, socket, ssl, subprocess, sys, threading

overpassd, overpass, folder = sys.argv[1:4]
number = failed = 0
JSON = {"Content-Type": "application/json"}
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
db = os.path.join(folder, "world.db")


def check(title, good, why=""):
    global number, failed
    number += 1
    failed += not good
    print("%sok %d - %s" % ("" if good else "not ", number, title))
    if not good:
        print("# " + str(why).replace("\n", "\n# "))
    sys.stdout.flush()


def skip(title, why):
    global number
    number += 1
    print("ok %d - %s # SKIP %s" % (number, title, why))


def cli(*words, store="sqlite:" + db):
    return subprocess.run([overpass, "--store", store, "--no-progress", *words], capture_output=True, text=True)


class Server:
    def __init__(self, *flags):
        self.log = open(os.path.join(folder, "log"), "w+")
        self.process = subprocess.Popen([overpassd, "--store", "sqlite:" + db, "--listen", "127.0.0.1:0", *flags],
                                        stdout=subprocess.PIPE, stderr=self.log)
        self.url = self.process.stdout.readline().decode().strip()
        self.port = int(self.url.rsplit(":", 1)[1])

    def log_has(self, text):
        """Waits until the log holds it."""
        pattern = re.compile(text)
        for _ in range(400):
            with open(self.log.name) as lines:
                if pattern.search(lines.read()):
                    return True
            threading.Event().wait(0.05)
        return False

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def ask(connection, method, path, body=None, token=None):
    headers = dict(JSON)
    if token:
        headers["Authorization"] = "Bearer " + token
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    answer = connection.getresponse()
    text = answer.read()
    return answer.status, json.loads(text) if text[:1] in (b"{", b"[") else text


def connect(port):
    return http.client.HTTPConnection("127.0.0.1", port, timeout=60)


def login(port, who="scheduler.1"):
    return ask(connect(port), "POST", "/v1/login", {"login": who, "password": None})[1]["token"]


class Writer(threading.Thread):
    """Commands until it is refused; .done: the days that were acknowledged."""
    def __init__(self, at, port, token, limit=4000):
        super().__init__()
        self.at, self.port, self.token, self.limit = at, port, token, limit
        self.done, self.refused, self.stop = set(), [], threading.Event()

    def run(self):
        connection = connect(self.port)
        for i in range(self.limit):
            if self.stop.is_set():
                return
            on = "%04d-%02d-%02d" % (2100 + self.at * 12 + i // 336, i % 336 // 28 + 1, i % 28 + 1)
            key = "01" + "".join(random.choice(LETTERS) for _ in range(24))
            try:
                status, answer = ask(connection, "POST", "/v1/commands", {"command": "calendar.set", "key": key, "args": {
                    "on_date": on, "kind": "CLOSED", "name": "Test"}}, self.token)
            except (OSError, http.client.HTTPException) as error:
                self.refused.append(type(error).__name__)
                return
            if status != 200:
                self.refused.append(status)
                return
            self.done.add(on)


def write(server, token, count=8):
    writers = [Writer(i, server.port, token) for i in range(count)]
    for writer in writers:
        writer.start()
    return writers


def some_done(writers, least):
    while sum(len(writer.done) for writer in writers) < least and any(w.is_alive() for w in writers):
        threading.Event().wait(0.01)


def days(port, token):
    connection, there, cursor = connect(port), set(), ""
    while cursor is not None:
        _, page = ask(connection, "GET", "/v1/calendar_days?on_date.ge=2100-01-01&limit=500" + cursor, token=token)
        there.update(row["on_date"] for row in page["items"])
        cursor = page["next"] and "&cursor=" + page["next"]
    return there


subprocess.run([overpass, "--store", "sqlite:" + db, "--no-progress", "init", "--demo", "--students", "300"],
               check=True, stdout=subprocess.DEVNULL)

# --- socket activation ---

listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen(64)
port = listener.getsockname()[1]
early = socket.create_connection(("127.0.0.1", port))  # before anybody is there
early.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
notify.bind(os.path.join(folder, "notify"))
notify.settimeout(20)


def activated(descriptor):
    pid = os.fork()
    if pid == 0:
        os.dup2(descriptor, 3)
        os.set_inheritable(3, True)
        os.environ.update(LISTEN_FDS="1", LISTEN_PID=str(os.getpid()), NOTIFY_SOCKET=os.path.join(folder, "notify"))
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execv(overpassd, [overpassd, "--store", "sqlite:" + db, "--listen", "nonsense"])
    return pid


pid = activated(listener.fileno())
check("it says that it is ready", notify.recv(100) == b"READY=1")
early.settimeout(20)
check("who came before it is answered", early.recv(100).startswith(b"HTTP/1.1 200"))
os.kill(pid, signal.SIGHUP)
check("and that it reloads", (notify.recv(100), notify.recv(100)) == (b"RELOADING=1", b"READY=1"))
os.kill(pid, signal.SIGTERM)
check("and stops", notify.recv(100) == b"STOPPING=1")
check("with status 0", os.waitpid(pid, 0)[1] == 0)
waiting = socket.create_connection(("127.0.0.1", port))
check("meanwhile callers wait in the queue", waiting is not None)
pid = activated(listener.fileno())
waiting.settimeout(20)
waiting.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
check("and are answered by the next one", waiting.recv(100).startswith(b"HTTP/1.1 200"))
os.kill(pid, signal.SIGTERM)
os.waitpid(pid, 0)
pipe = os.pipe()
check("a descriptor that is no socket is refused", os.waitstatus_to_exitcode(os.waitpid(activated(pipe[0]), 0)[1]) == 6)

# --- SIGTERM under load ---

acknowledged = set()
for trial in range(3):
    server = Server("--log", "none")
    token = login(server.port)
    writers = write(server, token)
    some_done(writers, 100 + 150 * trial)
    status = server.end()
    for writer in writers:
        writer.join()
        acknowledged |= writer.done
    check("SIGTERM under eight writers ends it with 0", status == 0, status)
    server = Server("--log", "none")
    there = days(server.port, login(server.port))
    check("what was acknowledged is there, and nothing else", there == acknowledged,
          "%d there, %d acknowledged; refused: %s" % (len(there), len(acknowledged), [w.refused for w in writers]))
    server.end()
    acknowledged = there

# --- while it drains ---

server = Server("--log", "none")
token = login(server.port)
kept = [connect(server.port) for _ in range(8)]
for connection in kept:
    ask(connection, "GET", "/v1/terms?limit=1", token=token)
body = json.dumps({"command": "calendar.set", "key": "01" + "0" * 24,
                   "args": {"on_date": "2099-01-01", "kind": "CLOSED", "name": "Test"}}).encode()
slow = socket.create_connection(("127.0.0.1", server.port), timeout=60)
slow.sendall(b"POST /v1/commands HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"
             b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % (token.encode(), len(body)))
begun = slow.recv(4096) # "100 Continue": the request is under way, and the server waits for it
slow.sendall(body[:10])
server.process.send_signal(signal.SIGTERM)
try:
    while True:  # until nobody is let in any more
        socket.create_connection(("127.0.0.1", server.port), timeout=60).close()
except OSError:
    pass
status, answer, reply = 200, {}, None
while status == 200 and kept:  # one answered at that moment is the last of its connection
    connection = kept.pop()
    connection.auto_open = 0
    try:
        connection.request("GET", "/v1/terms?limit=1", headers={"Authorization": "Bearer " + token})
        reply = connection.getresponse()
        status, answer = reply.status, json.loads(reply.read())
    except (OSError, http.client.HTTPException) as error:
        status = type(error).__name__
check("who asks while it stops is told so: 503, with when to come back", begun.startswith(b"HTTP/1.1 100") and
      status == 503 and answer["code"] == "HTTP_STOPPING" and int(reply.headers["Retry-After"]) > 0, (begun, status, answer))
slow.sendall(body[10:])
said = slow.recv(65536)
check("and what was under way is answered first", said.startswith(b"HTTP/1.1 200 "), said)
check("then it ends", server.process.wait(60) == 0)

# --- backup and restore ---

server = Server("--log", "none")
token = login(server.port)
shutil.rmtree(os.path.join(folder, "home"), ignore_errors=True)
for writer in (writers := write(server, token)):
    writer.limit = 4000
some_done(writers, 200)
sure = set().union(*(set(writer.done) for writer in writers))
copy = os.path.join(folder, "copy.db")
said = cli("--as", "admin.1", "backup", copy)
running = all(writer.is_alive() for writer in writers)
for writer in writers:
    writer.stop.set()
for writer in writers:
    writer.join()
check("a backup is made while eight write", said.returncode == 0 and running, said.stderr)
check("nobody was refused meanwhile", not any(writer.refused for writer in writers), [w.refused for w in writers])
said = cli("--as", "auditor.1", "audit", "verify", store="sqlite:" + copy)
check("its audit trail verifies", said.returncode == 0, said.stderr)
said = cli("--as", "auditor.1", "ledger", "verify", store="sqlite:" + copy)
check("and its ledger", said.returncode == 0, said.stderr)
away = os.path.join(folder, "away.db")
said = cli("--as", "admin.1", "backup", away, store=server.url)
check("over the line there is none, and it says so", said.returncode not in (0, 139) and said.stderr and
      not os.path.exists(away), (said.returncode, said.stderr))
print("# " + said.stderr.strip().replace("\n", " / "))
connection = connect(server.port)
cursor = ask(connection, "GET", "/v1/changes?limit=1", token=token)[1]["next"]
server.end()
said = cli("restore", copy)
check("a backup is restored", said.returncode == 0, said.stderr)
server = Server("--log", "none")
token = login(server.port)
there = days(server.port, token)
check("and holds what was acknowledged before it was made", sure <= there, len(sure - there))
status, answer = ask(connect(server.port), "GET", "/v1/changes?after=" + cursor, token=token)
check("a cursor from before is refused: read anew", status == 410 and answer["code"] == "CURSOR_BAD", answer)
server.end()

# --- SIGHUP: the file and the certificate ---


def certificate(name):
    made = subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                           "-nodes", "-days", "30", "-subj", "/CN=" + name, "-addext", "subjectAltName=IP:127.0.0.1",
                           "-keyout", os.path.join(folder, "key.pem"), "-out", os.path.join(folder, "cert.pem")],
                          capture_output=True)
    return made.returncode == 0


def served():
    return ssl.get_server_certificate(("127.0.0.1", server.port))


if shutil.which("openssl") and certificate("first"):
    config = os.path.join(folder, "overpassd.ini")
    with open(config, "w") as file:
        file.write("[server]\nlog = errors\n")
    flags = ["--config", config, "--certificate", os.path.join(folder, "cert.pem"), "--key", os.path.join(folder, "key.pem")]
    server = Server(*flags)
    first = served()
    context = ssl.create_default_context(cafile=os.path.join(folder, "cert.pem"))
    old = http.client.HTTPSConnection("127.0.0.1", server.port, timeout=30, context=context)
    check("TLS is spoken", ask(old, "GET", "/v1/status")[0] == 200)
    plain = connect(server.port)
    try:
        check("and nothing else", ask(plain, "GET", "/healthz")[0] == 0)
    except (OSError, http.client.HTTPException):
        check("and nothing else", True)
    weak = subprocess.run(["openssl", "s_client", "-connect", "127.0.0.1:%d" % server.port, "-tls1_1"],
                          capture_output=True, input=b"")
    check("TLS 1.1 is refused", b"Cipher is (NONE)" in weak.stdout or weak.returncode != 0, weak.stdout[-300:])
    session = os.path.join(folder, "session")
    for flag in ("-sess_out", "-sess_in"):
        # Its input stays open: TLS 1.3 tickets come with the answer.
        client = subprocess.Popen(["openssl", "s_client", "-connect", "127.0.0.1:%d" % server.port, flag, session],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        client.stdin.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        client.stdin.flush()
        said = client.stdout.read()
        client.communicate()
    check("a TLS session is resumed", b"Reused," in said, said[-600:])
    certificate("second")
    with open(config, "w") as file:
        file.write("[server]\nlog = all\n")
    server.process.send_signal(signal.SIGHUP)
    check("SIGHUP is logged", server.log_has('"event":"reloaded"'))
    second = served()
    check("it brings the new certificate", first != second)
    check("who is connected stays", ask(old, "GET", "/v1/status")[0] == 200)
    check("and the new settings", server.log_has('"route":"/v1/status"'))
    with open(os.path.join(folder, "key.pem"), "w") as file:
        file.write("rubbish\n")
    server.process.send_signal(signal.SIGHUP)
    check("a broken key is told", server.log_has('"event":"reloaded","detail"'))
    check("and the old certificate stays", served() == second)
    with open(config, "w") as file:
        file.write("[server]\nlog = loud\n")
    server.process.send_signal(signal.SIGHUP)
    check("a broken file is told, with its line", server.log_has(r"overpassd\.ini, line 2"))
    check("and it goes on", ask(old, "GET", "/v1/status")[0] == 200)
    check("SIGTERM ends it well", server.end() == 0)
else:
    skip("certificates are read anew", "openssl, to make one, is not here")

print("1..%d" % number)
sys.exit(failed > 0)
