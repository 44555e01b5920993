"""Checks that a stop reaches a cell that waits, and that the process ends well after one."""

import glob
import threading
import time

from protocol import LIMIT, check, contains, equal, main



def code_of(count):
    """Code whose completion takes long, the longer the more statements it has."""
    return " ".join(f"int slow{i} = {i};" for i in range(count)) + " Math.ab"


@check("a stop reaches a cell that waits behind a slow completion")
def _(k):
    k.text("int waited = 0;\nwaited")
    count = 400
    stopped = 0
    while stopped < 3:
        assert count < 100_000, "no completion is slow"
        code = code_of(count)
        start = time.time()
        completion = k.client.complete(code, len(code))
        cell = k.client.execute("waited = 1")
        behind = k.client.execute("waited = 2")
        time.sleep(0.3)
        k.manager.interrupt_kernel()
        equal(k.client._recv_reply(completion, timeout=LIMIT)["content"]["status"], "ok")
        seconds = time.time() - start
        reply = k.client._recv_reply(cell, timeout=LIMIT)["content"]
        next_reply = k.client._recv_reply(behind, timeout=LIMIT)["content"]
        k.published(behind)
        if seconds < 1:
            # The cells may have run before the stop.
            count *= 2
            k.run("waited = 0")
            continue
        equal((reply["status"], reply.get("ename")), ("error", "Interrupted"))
        equal(next_reply["status"], "aborted")
        equal(k.text("waited"), "0")
        stopped += 1


@check("a stop with nothing to stop does not reach a later cell")
def _(k):
    k.manager.interrupt_kernel()
    time.sleep(0.5)
    equal(k.text("waited = 3;\nwaited"), "3")
    code = "Math.ab"
    k.ask("complete", code, len(code))
    k.manager.interrupt_kernel()
    time.sleep(0.5)
    equal(k.text("waited = 4;\nwaited"), "4")


@check("a stop at any time ends the cell that runs or waits")
def _(k):
    for delay in (0.0, 0.001, 0.003, 0.01, 0.03, 0.1):
        cell = k.client.execute("Thread.sleep(20_000);")
        time.sleep(delay)
        start = time.time()
        ended = False
        while not ended:
            # A stop that comes before its cell has nothing to stop.
            k.manager.interrupt_kernel()
            try:
                reply = k.client._recv_reply(cell, timeout=2)["content"]
                ended = True
            except TimeoutError:
                assert time.time() - start < 10, "not stopped"
        equal(reply["ename"], "Interrupted")
        k.published(cell)
    equal(k.text("waited"), "4")


@check("a native product is left behind, and the next cell works")
def _(k):
    k.text("import org.nd4j.linalg.factory.*;\nvar a = Nd4j.rand(6000, 6000);\na.rows()")
    start = time.time()
    reply, messages = k.run("var product = a.mmul(a).mmul(a).mmul(a).mmul(a).mmul(a);", stop_after=3)
    equal(reply["ename"], "Interrupted")
    assert time.time() - start < 20, time.time() - start
    contains("".join(content.get("text", "") for _, content in messages), "heeds no interrupt")
    equal(k.text("1 + 1"), "2")


@check("the process ends well while a native product goes on")
def _(k):
    process = k.manager.provisioner.process
    start = time.time()
    k.client.stop_channels()
    k.manager.shutdown_kernel(now=False)
    assert time.time() - start < 8, time.time() - start
    equal(process.poll(), 0)
    equal(glob.glob("hs_err_pid*.log"), [])


main()
