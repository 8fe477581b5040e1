#!/usr/bin/env python3
"""What a server gets to hear on the open net: hostile.py OVERPASSD OVERPASS FOLDER MODE.

Malformed, huge, slow, pipelined, chunked and half-closed requests, JSON that is none,
floods and idle crowds. Each is answered or closed within a bound; meanwhile others are
served, and the memory stays flat. MODE "memory" measures it; a build with sanitizers
keeps what was freed, so there it can't be. Prints TAP."""
import gzip, http.client, json, os, resource, socket, statistics, subprocess, sys, threading, time

overpassd, overpass, folder, mode = sys.argv[1:5]
HEADER_S, BODY_S = 2, 2
number = failed = 0


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


soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
db = os.path.join(folder, "world.db")
subprocess.run([overpass, "--store", "sqlite:" + db, "--no-progress", "init", "--demo", "--students", "800"],
               check=True, stdout=subprocess.DEVNULL)
log = open(os.path.join(folder, "log"), "w")
server = subprocess.Popen([overpassd, "--store", "sqlite:" + db, "--listen", "127.0.0.1:0", "--log", "all",
                           "--per-address", "0", "--connections", "20000", "--body-max", "65536",
                           "--header-seconds", str(HEADER_S), "--body-seconds", str(BODY_S),
                           "--keep-seconds", "3"],
                          stdout=subprocess.PIPE, stderr=log)
port = int(server.stdout.readline().decode().rsplit(":", 1)[1])


def connect(buffer=0):
    s = socket.socket()
    if buffer:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    s.settimeout(30)
    s.connect(("127.0.0.1", port))
    return s


def raw(data, half_close=False):
    """Sends bytes; all that comes until the server closes (or stays silent for 5 s)."""
    s = connect()
    got = b""
    try:
        s.sendall(data)
        if half_close:
            s.shutdown(socket.SHUT_WR)
    except OSError:
        pass
    s.settimeout(HEADER_S + 8)
    try:
        while True:
            part = s.recv(65536)
            if not part:
                s.close()
                return got, True
            got += part
            if b"\r\n\r\n" in got and b"100 Continue" not in got and not half_close:
                head, rest = got.split(b"\r\n\r\n", 1)
                length = [int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
                if length and len(rest) >= length[0]:
                    s.close()
                    return got, False
    except socket.timeout:
        s.close()
        return got, None
    except OSError:
        return got, True


def status(answer):
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def rss():
    with open("/proc/%d/status" % server.pid) as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def ask(method, path, body=None, headers=(), connection=None):
    connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body, dict(headers))
    answer = connection.getresponse()
    return answer.status, answer.read()


JSON = {"Content-Type": "application/json"}
token = json.loads(ask("POST", "/v1/login", '{"login":"scheduler.1","password":null}', JSON)[1])["token"]
AUTH = {"Authorization": "Bearer " + token}
HEAD = ("Host: x\r\nAuthorization: Bearer %s\r\n" % token).encode()


def latency(count=150):
    """Median and worst ms of look-ups on a connection of one's own."""
    connection, times = http.client.HTTPConnection("127.0.0.1", port, timeout=30), []
    for i in range(count):
        started = time.monotonic()
        code, _ = ask("GET", "/v1/students/%d" % (i + 1), None, AUTH, connection)
        times.append((time.monotonic() - started) * 1000)
        if code != 200:
            return float("inf"), float("inf")
    return statistics.median(times), max(times)


def others(title, before):
    """Those who behave: their median, as a multiple of the one before. The floor of 2 ms
    is what this machine's own noise may be."""
    during, _ = latency()
    check(title, during <= max(before, 2) * 10, "median %.2f ms, before %.2f ms" % (during, before))
    print("# median %.2f ms, before %.2f ms" % (during, before))


# --- malformed ---

calm, _ = latency()
for title, data, want in [
    ("bytes that are no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(64) + b"\r\n\r\n", (400, 0)),
    ("a line without a version", b"GET /healthz\r\n\r\n", (400, 0)),
    ("an unknown version", b"GET /healthz HTTP/9.9\r\n\r\n", (400, 505, 0)),
    ("HTTP/1.1 without Host", b"GET /healthz HTTP/1.1\r\n\r\n", (400,)),
    ("a header without a colon", b"GET /healthz HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n", (400, 0)),
    ("a blank before the colon", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A : b\r\n\r\n", (200, 400)),
    ("NUL in a header", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\x00b\r\n\r\n", (200, 400, 0)),
    ("a method nobody knows", b"BREW /healthz HTTP/1.1\r\nHost: x\r\n\r\n", (405,)),
    ("a broken escape", b"GET /v1/students?q=%zz HTTP/1.1\r\n" + HEAD + b"\r\n", (400,)),
    ("NUL in the address", b"GET /v1/students?q=%00 HTTP/1.1\r\n" + HEAD + b"\r\n", (400,)),
    ("an address of 9 kB", b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", (414,)),
    ("an address of 60 kB", b"GET /" + b"a" * 60000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", (414, 431)),
    ("headers of 10 kB", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 10000 + b"\r\n\r\n", (431,)),
    ("a flood of headers", b"GET /healthz HTTP/1.1\r\nHost: x\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n", (431,)),
    ("a header of 1 MB", b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 1000000, (431, 0)),
    ("25 parameters", b"GET /v1/students?" + b"&".join(b"a%d=1" % i for i in range(25)) + b" HTTP/1.1\r\n" + HEAD + b"\r\n", (400,)),
]:
    answer, closed = raw(data)
    check(title, status(answer) in want and closed is not None, (closed, answer[:200]))

# --- the framing of bodies ---

POST = b"POST /v1/assess HTTP/1.1\r\n" + HEAD + b"Content-Type: application/json\r\n"
for title, data, want in [
    ("a length that is no number", POST + b"Content-Length: 1x\r\n\r\n{", (400, 0)),
    ("a negative length", POST + b"Content-Length: -1\r\n\r\n", (400, 0)),
    ("a length of 2^70", POST + b"Content-Length: 1180591620717411303424\r\n\r\n", (400, 413, 0)),
    ("two lengths", POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x", (400,)),
    ("a length and chunks", POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", (400,)),
    ("a body that is too long", POST + b"Content-Length: 9999999\r\n\r\n{", (413,)),
    ("chunks that are too many", POST + b"Transfer-Encoding: chunked\r\n\r\n" + (b"4000\r\n" + b" " * 0x4000 + b"\r\n") * 6 + b"0\r\n\r\n", (413,)),
    ("a chunk whose size is no number", POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n", (400, 0)),
    ("a chunk of 2^64", POST + b"Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\n{}\r\n", (400, 413, 0)),
    ("a coding nobody knows", POST + b"Transfer-Encoding: rot13\r\n\r\n{}", (400, 411, 501, 0)),
    ("gzip that is none", POST + b"Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", (400,)),
    ("an unknown encoding", POST + b"Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}", (415,)),
]:
    answer, closed = raw(data)
    check(title, status(answer) in want and closed is not None, (closed, answer[:200]))
bomb = gzip.compress(b" " * (64 << 20))
# Closing with unread bytes resets the connection: then sending fails, and many a
# client gives up without looking for an answer.
def send_all_first(size):
    try:
        with connect() as s:
            s.sendall(POST + b"Content-Length: %d\r\n\r\n" % size + b" " * size)
            return status(s.recv(65536))
    except OSError as why:
        return str(why)


codes = [send_all_first(20000000) for _ in range(10)]
check("who sends it all before reading is answered as well", codes == [413] * 10, codes)
check("a body that unpacks to 64 MB", ask("POST", "/v1/assess", bomb, {**AUTH, **JSON, "Content-Encoding": "gzip"})[0] == 413)
body = b'{"command":"nothing.do","args":{}}'
chunked = POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(b"1\r\n%c\r\n" % c for c in body) + b"0\r\n\r\n"
answer, _ = raw(chunked)
check("a body in chunks of one byte is read", status(answer) == 400 and b"nothing.do" in answer, answer)
small = gzip.compress(body)
answer = ask("POST", "/v1/assess", small, {**AUTH, **JSON, "Content-Encoding": "gzip"})
check("a gzipped body is read", answer[0] == 400 and b"nothing.do" in answer[1], answer)

# --- pipelines and halves ---

answer, _ = raw(b"".join(b"GET /v1/students/%d HTTP/1.1\r\n" % i + HEAD + (b"Connection: close\r\n" if i == 50 else b"") + b"\r\n"
                         for i in range(1, 51)), half_close=True)
ids = [json.loads(part.split(b"\r\n\r\n", 1)[1])["id"] for part in answer.split(b"HTTP/1.1 200 OK")[1:]]
check("50 requests in one piece are answered in order", ids == list(range(1, 51)), ids)
answer, closed = raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", half_close=True)
check("who only listens any more is answered", status(answer) == 200 and closed, answer)
started = time.monotonic()
answer, closed = raw(b"GET /healthz HTTP/1.1\r\nHo", half_close=True)
check("half a request, then nothing, is closed", closed and time.monotonic() - started < HEADER_S + 6, answer)
answer, closed = raw(POST + b"Content-Length: 100\r\n\r\n{", half_close=True)
check("half a body, then nothing, is closed", closed, answer)

# --- JSON ---

connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
for title, text, want, name in [
    ("nothing", b"", 400, None), ("a number", b"1", 400, None), ("text behind it", b"{} x", 400, None),
    ("two documents", b"{}{}", 400, None), ("a comma too many", b'{"command":"term.create",}', 400, None),
    ("60,000 brackets", b"[" * 60000, 400, None), ("17 deep", b"[" * 17 + b"]" * 17, 400, None),
    ("a member twice", b'{"command":"term.create","command":"term.create"}', 400, None),
    ("a member twice, escaped", b'{"command":"term.create","c\\u006fmmand":"term.create"}', 400, None),
    ("NUL", b'{"command":"a\\u0000b"}', 400, None), ("a raw NUL", b'{"command":"a\x00b"}', 400, None),
    ("a lone surrogate", b'{"command":"\\ud800"}', 400, None), ("two that don't fit", b'{"command":"\\udc00\\ud800"}', 400, None),
    ("bytes that are no UTF-8", b'{"command":"\xff\xfe"}', 400, None), ("a byte order mark", b'\xef\xbb\xbf{"command":"x"}', 400, None),
    ("UTF-16", '{"command":"x"}'.encode("utf-16"), 400, None),
    ("a number of 40 digits", b'{"command":"term.create","target":' + b"9" * 40 + b"}", 400, None),
    ("1e999", b'{"command":"term.create","target":1e999}', 400, None),
    ("a fraction for a number", b'{"command":"term.create","target":1.5}', 400, b"target"),
    ("text for a number", b'{"command":"term.create","target":"1"}', 400, b"target"),
    ("a list for a text", b'{"command":["term.create"]}', 400, b"command"),
    ("null for a command", b'{"command":null}', 400, b"command"),
    ("a member nobody knows", b'{"command":"term.create","nonsense":1}', 400, b"nonsense"),
    ("an argument nobody knows", b'{"command":"term.create","args":{"nonsense":1}}', 400, b"nonsense"),
    ("a number for a text", b'{"command":"term.create","args":{"code":5,"starts_on":"2031-03-03","ends_on":"2031-07-06"}}', 422, b"code"),
    ("a day that isn't", b'{"command":"term.create","args":{"code":"2031S","starts_on":"2031-02-30","ends_on":"2031-07-06"}}', 422, b"starts_on"),
    ("101 commands", b"[" + b",".join([b'{"command":"term.create"}'] * 101) + b"]", 400, None),
]:
    route = "/v1/commands" if text.startswith(b"[{") else "/v1/assess"
    code, answer = ask("POST", route, text, {**AUTH, **JSON}, connection)
    problem = json.loads(answer)
    check("JSON: " + title, code == want and problem["code"] and problem["detail"] and
          problem["next"] and
          (name is None or problem["field"] == name.decode() or name.decode() in problem["detail"]), (code, answer))

# --- slowness ---

def drip(data, pause, until):
    """Sends a byte at a time; the seconds until the server hangs up."""
    s, started = connect(), time.monotonic()
    s.settimeout(pause)
    for byte in data:
        try:
            s.sendall(bytes([byte]))
            if not s.recv(4096):
                break
        except socket.timeout:
            continue
        except OSError:
            break
        if time.monotonic() - started > until:
            break
    return time.monotonic() - started


results = {}
slow = [threading.Thread(target=lambda i=i: results.__setitem__(i, drip(
    b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: " + b"a" * 1000, 0.25, 20))) for i in range(50)]
bodies = [threading.Thread(target=lambda i=i: results.__setitem__(i, drip(
    POST + b"Content-Length: 3000\r\n\r\n" + b" " * 3000, 0.25, 20))) for i in range(50, 60)]
# The head of a body at once, its bytes slowly.
for thread in slow + bodies:
    thread.start()
others("others beside 60 who send four bytes a second", calm)
for thread in slow + bodies:
    thread.join()
check("who sends a byte at a time is cut off", max(results.values()) < HEADER_S + 6, results)

readers = []
for i in range(40):
    s = connect(buffer=2048)
    s.sendall(b"GET /v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 20)
    readers.append(s)
for s in readers:
    s.recv(1)
others("others beside 40 who read a byte at a time", calm)
for s in readers:
    s.close()
code, _ = ask("GET", "/healthz")
check("it lives", code == 200)

# --- floods; memory ---

def flood(count):
    for i in range(count):
        s = connect()
        try:
            s.sendall(b"GET /%d HTTP/1.1\r\nHost: x\r\n" % i + b"X-A: bbbbbbbb\r\n" * (i % 900) + b"\r\n")
            s.recv(4096)
        except OSError:
            pass
        s.close()


threads = [threading.Thread(target=flood, args=(300,)) for _ in range(4)]
for thread in threads:
    thread.start()
others("others beside a flood of connections and headers", calm)
for thread in threads:
    thread.join()
if mode == "memory":
    latency(50)
    before = rss()
    for _ in range(2):
        flood(400)
        for _ in range(40):
            ask("POST", "/v1/assess", bomb, {**AUTH, **JSON, "Content-Encoding": "gzip"})
            ask("POST", "/v1/assess", b"[" * 60000, {**AUTH, **JSON})
    after = rss()
    check("memory stays flat under it", after - before < 4096, "%d kB before, %d kB after" % (before, after))
    print("# resident %d kB before, %d kB after" % (before, after))
else:
    skip("memory stays flat under it", "a build with sanitizers keeps what was freed")

want = 10000
if hard < want + 200:
    skip("10,000 idle connections", "this process may open %d files only" % hard)
else:
    before, idle = rss(), []
    try:
        for _ in range(want):
            idle.append(connect())
    except OSError as error:
        print("# after %d: %s" % (len(idle), error))
    check("10,000 connections that say nothing are taken", len(idle) == want, len(idle))
    others("others beside 10,000 idle connections", calm)
    grown = rss() - before
    if mode == "memory":
        check("which cost at most 32 kB each", grown < want * 32, "%d kB" % grown)
    print("# %d kB for %d connections" % (grown, len(idle)))
    closed, until = 0, time.monotonic() + HEADER_S + 20
    for s in idle:
        s.settimeout(max(0.01, until - time.monotonic()))
        try:
            closed += not s.recv(1)
        except OSError:
            closed += isinstance(sys.exc_info()[1], ConnectionError)
        s.close()
    check("and are closed when their time is over", closed == want, closed)

server.terminate()
check("SIGTERM ends it well", server.wait(30) == 0, server.returncode)
log.close()
said = open(os.path.join(folder, "log")).read()
check("every line of the log is JSON", all(json.loads(line) for line in said.splitlines()))
check("and no token stands in it", token not in said)
print("1..%d" % number)
sys.exit(failed > 0)
