#!/usr/bin/env python3
# Types and resizes like a cat on the keyboard: random keys, pastes, bytes that are
# no UTF-8, sizes from 1x1 to 300x100, many kinds of terminal, both languages. The
# program must neither crash nor hang, nor say a word of a sanitizer, and must go when
# the line drops. The seeds of fuzz_seeds.txt are always played; OV_FUZZ_SECONDS=3600
# goes on with new ones for an hour. A seed that fails is printed: keep it in the file.
import fcntl
import os
import pty
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

SRC = os.environ.get("OV_SRCDIR", ".")
PROGRAM = os.path.join(os.environ.get("OV_BUILDDIR", "."), "overpass")
ROLES = ["front_desk.1", "verifier.1", "reviewer1.1", "reviewer2.1", "registrar.1",
         "scheduler.1", "auditor.1", "viewer.1", "ledger_keeper.1"]
TERMS = ["xterm-256color", "xterm", "vt100", "linux", "screen", "tmux-256color", "vt220", "dumb",
         "st-256color", "foot"]
NAMED = ["\r", "\x1b", "\t", "\x7f", "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1bOP", "\x1bOQ",
         "\x1bOR", "\x1bOS", "\x1b[15~", "\x1b[17~", "\x1b[18~", "\x1b[19~", "\x1b[20~",
         "\x1b[5~", "\x1b[6~", "\x1b[H", "\x1b[F", "\x1b[Z", "\x1b[11~", "\x10", "\x0c", "\x15",
         "\x17", "\x13", "\x18l", "\x18d", "\x18t", "\x18e", "\x1bz", "\x1b1", "\x1b2", "\x1b9"]
ODD = ["王", "ａ", "é", "e\u0301" * 40, "\u202e", "\U0001f600", "\x00", "\x9b31m",
       "1510100100001\r", "wxm", "zs", "C-2026"]
RAW = [b"\xff\xfe", b"\xe4\xbd", b"\x1b[", b"\x1b[200~", b"\x1b[201~", b"\x1b]0;x\x07",
       b"\x1b[<0;10;10M", b"\x1b[999;999R", b"\x1bO", b"\x9b"]


def step(rng):
    kind = rng.random()
    if kind < 0.45:
        return rng.choice(NAMED).encode()
    if kind < 0.85:
        return rng.choice("abcdefghijklmnoprstuvwxyz0123456789/?[]*:. GLTABRN").encode()
    if kind < 0.93:
        return rng.choice(ODD).encode("utf-8", "surrogateescape")
    if kind < 0.97:
        return rng.choice(RAW)
    return b"\x1b[200~" + bytes(rng.randrange(1, 256) for _ in range(rng.choice([5, 500, 40000]))
                                ).replace(b"\x1a", b"") + b"\x1b[201~"


def resize(fd, rng):
    rows, cols = rng.choice([(1, 1), (24, 80), (10, 3), (18, 60), (40, 120), (50, 200),
                             (rng.randrange(1, 100), rng.randrange(1, 300))])
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))


def drain(fd, seconds, said):
    end = time.monotonic() + seconds
    while True:
        left = end - time.monotonic()
        if not select.select([fd], [], [], max(left, 0))[0]:
            return True
        try:
            got = os.read(fd, 65536)
        except OSError:
            return False
        if not got:
            return False
        said[0] = (said[0] + got)[-65536:]


def send(fd, data, said):
    while data:
        if select.select([], [fd], [], 0.02)[1]:
            try:
                data = data[os.write(fd, data[:512]):]
            except OSError:
                return False
        if not drain(fd, 0, said):
            return False
    return True


def ended(pid, seconds):
    """Its status; None when it had to be killed. Waits for the process itself."""
    fd = os.pidfd_open(pid)
    over = bool(select.select([fd], [], [], seconds)[0])
    os.close(fd)
    if not over:
        os.kill(pid, signal.SIGKILL)
    status = os.waitpid(pid, 0)[1]
    return status if over else None


def play(seed, store, steps, log):
    """None when all was well, else what was wrong."""
    rng = random.Random(seed)
    env = dict(os.environ, TERM=rng.choice(TERMS), LC_ALL="C.UTF-8",
               LANGUAGE=rng.choice(["en", "zh_CN"]))
    pid, fd = pty.fork()
    if pid == 0:
        os.execve(PROGRAM, [PROGRAM, "--store", store, "--as", rng.choice(ROLES)], env)
    os.set_blocking(fd, False)
    said = [b""]
    alive = drain(fd, 0.3, said)
    for _ in range(steps):
        if not alive:
            break
        if rng.random() < 0.12:
            resize(fd, rng)
            alive = drain(fd, 0.003, said)
        else:
            alive = send(fd, step(rng), said) and drain(fd, 0.003, said)
    if alive:
        drain(fd, 0.2, said)
    os.close(fd)
    status = ended(pid, 20)
    for name in os.listdir(log):
        path = os.path.join(log, name)
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()[:6000]
        os.remove(path)
        return text
    if status is None:
        return "it hangs after the line dropped"
    if os.WIFSIGNALED(status):
        return "signal %d" % os.WTERMSIG(status)
    return None


def sanitizer_log(folder):
    """A sanitizer speaks into a file: what it says at the end, when the terminal is
    already gone, would be lost."""
    log = os.path.join(folder, "log")
    os.mkdir(log)
    for name in ("ASAN", "UBSAN"):
        value = os.environ.get(name + "_OPTIONS", "")
        os.environ[name + "_OPTIONS"] = (value + ":" if value else "") + "log_path=%s/said" % log
    return log


def main():
    with open(os.path.join(SRC, "tests/pty/fuzz_seeds.txt"), encoding="ascii") as file:
        seeds = [int(line) for line in file if line.strip() and not line.startswith("#")]
    seconds = int(os.environ.get("OV_FUZZ_SECONDS", "0"))
    steps = int(os.environ.get("OV_FUZZ_STEPS", "120"))
    folder = tempfile.mkdtemp(prefix="overpass-fuzz-")
    for name in ("STATE", "CONFIG", "DATA"):
        os.environ["XDG_%s_HOME" % name] = os.path.join(folder, name.lower())
    store = "sqlite:%s/demo.db" % folder
    log = sanitizer_log(folder)
    subprocess.run([PROGRAM, "--store", store, "--no-progress", "init", "--demo", "--students", "300"],
                   check=True, stdout=subprocess.DEVNULL)
    bad, count, end = [], 0, time.monotonic() + seconds
    try:
        while count < len(seeds) or time.monotonic() < end:
            seed = seeds[count] if count < len(seeds) else random.randrange(1 << 40)
            count += 1
            wrong = play(seed, store, steps, log)
            if wrong:
                bad.append(seed)
                print("# seed %d: %s" % (seed, wrong.replace("\n", "\n# ")))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("%sok 1 - %d runs of %d random steps end well" % ("not " if bad else "", count, steps))
    print("1..1")
    sys.exit(1 if bad else 0)


main()
