#!/usr/bin/env python3
"""Ctrl-C on `overpass plan draft` is answered at once, whatever it is doing:
reading the term, building the problem, the first timetable, the search, saying
why a meeting has no place, saving. Counted is what the program computes between
the signal and its answer (the line that says what becomes of it, or its end), so
that a busy machine does not matter; and beside what a whole draft computes in the
same run, so that a slow one does not, nor a build with sanitizers, whose every start
and end takes as long as a stop may. OV_STOP_STORE names a store to try it on
instead of a demo world of 2000 learners, OV_STOP_TRIES how often."""
import os
import random
import re
import resource
import select
import signal
import subprocess
import sys
import tempfile
import time

overpass = os.path.join(os.environ["OV_BUILDDIR"], "overpass")
tries = int(os.environ.get("OV_STOP_TRIES", "40"))
limit_ms, share = 100, 0.5  # whichever is more: ms, or of a whole draft's computing
cases = failed = 0


def result(title, wrong):
    global cases, failed
    cases += 1
    failed += bool(wrong)
    print("%s %d - %s" % ("not ok" if wrong else "ok", cases, title))
    if wrong:
        print("# " + str(wrong).replace("\n", "\n# "))


def computed_ms(pid):
    """CPU time of a running process and all its threads."""
    total = 0
    for task in os.listdir("/proc/%d/task" % pid):
        try:
            with open("/proc/%d/task/%s/schedstat" % (pid, task)) as file:
                total += int(file.read().split()[0])
        except OSError:
            pass
    return total / 1e6


def children_ms():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1000


def run(store, *words):
    return [overpass, "--store", store, "--as", "scheduler.1", "--no-progress"] + list(words)


def stop_once(store, delay, effort):
    """Returns status, what was said, and ms computed until the answer; None: too late."""
    before = children_ms()
    process = subprocess.Popen(
        run(store, "plan", "draft", "--term", "2027S", *effort), stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    time.sleep(delay)
    if process.poll() is not None:
        process.stderr.close()
        return process.returncode, "", None
    at = computed_ms(process.pid)
    process.send_signal(signal.SIGINT)
    select.select([process.stderr], [], [], 120)
    said = os.read(process.stderr.fileno(), 4096).decode()
    try:
        spent = computed_ms(process.pid) - at if said.startswith("Stopped; the best") else None
    except OSError:
        spent = None
    said += process.stderr.read().decode()
    process.stderr.close()
    process.wait()
    if spent is None:
        spent = children_ms() - before - at
    return process.returncode, said, spent


def drafts(store):
    out = subprocess.run(run(store, "plan", "list", "--json"), check=True, capture_output=True)
    return len(re.findall(rb'"unplaced"', out.stdout))


def whole_ms(store):
    """How long a draft takes, and what it computes."""
    before, computed = time.monotonic(), children_ms()
    subprocess.run(run(store, "plan", "draft", "--term", "2027S", "--moves", "100000"),
                   stdout=subprocess.DEVNULL, check=True)
    return (time.monotonic() - before) * 1000, children_ms() - computed


with tempfile.TemporaryDirectory() as work:
    store = os.environ.get("OV_STOP_STORE")
    if not store:
        store = "sqlite:" + os.path.join(work, "world.db")
        subprocess.run([overpass, "--store", store, "--quiet", "init", "--demo", "--students",
                        "2000"], check=True, stdout=subprocess.DEVNULL)
    took, computed = whole_ms(store)
    limit_ms = max(limit_ms, share * computed)
    count = drafts(store)
    chance = random.Random(6)
    worst, said_kept, said_nothing, wrong = 0, 0, 0, []
    for i in range(tries):
        # Half of them in a search without end, half through to the saving.
        effort = ("--seconds", "3600") if i % 2 else ("--moves", "100000")
        status, said, spent = stop_once(store, chance.random() * took / 1000, effort)
        if spent is None:
            count += 1
            if status:
                wrong.append("status %d without a signal" % status)
            continue
        if status == -signal.SIGINT:
            # Before it listens to signals, or after all was done.
            count = drafts(store)
            continue
        kept = "the best so far is being saved" in said
        said_kept += kept
        said_nothing += "nothing was changed" in said
        count += kept or status == 0
        if status not in (0, 130) or (status == 130 and not kept and
                                      "nothing was changed" not in said):
            wrong.append("status %d: %s" % (status, said))
        if status == 130:
            worst = max(worst, spent)
    print("# %d tries, %d kept the best, %d nothing; at most %.0f ms from signal to answer; "
          "a whole draft computes %.0f ms" % (tries, said_kept, said_nothing, worst, computed))
    result("every stop is answered, with 130", "\n".join(wrong))
    result("within 100 ms of computing, or half a draft's",
           "%.0f ms, not %.0f ms" % (worst, limit_ms) if worst > limit_ms and not os.environ.get("OV_SLOW") else "")
    result("what was kept is there, and nothing else",
           "" if drafts(store) == min(count, 100) else
           "%d drafts, %d were kept" % (drafts(store), count))
    result("stops came in different phases",
           "" if said_kept and said_nothing else "always in the same phase")
    # Who doesn't want to wait until it is saved presses it again.
    process = subprocess.Popen(
        run(store, "plan", "draft", "--term", "2027S", "--seconds", "3600"),
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    said = b""
    while not said and process.poll() is None:
        process.send_signal(signal.SIGINT)
        said = os.read(process.stderr.fileno(), 4096)
    process.send_signal(signal.SIGINT)
    process.stderr.read()
    process.wait()
    result("the second one ends it", "" if process.returncode in (-signal.SIGINT, 130) else
           "status %d" % process.returncode)

print("1..%d" % cases)
sys.exit(failed > 0)
