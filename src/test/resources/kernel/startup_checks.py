"""Checks of what the environment says: scripts before the first cell, and a time limit."""

import os
import pathlib
import tempfile
import time

from protocol import check, contains, equal, main

FOLDER = pathlib.Path(tempfile.mkdtemp())
(FOLDER / "here.txt").write_text("here")
(FOLDER / "first.jsh").write_text("int first = 1;\nSystem.out.println(\"from the script\");\n/exit\n")
(FOLDER / "wrong.jsh").write_text("int wrong = nothing;\n")


@check("scripts run before the first cell, which says what was wrong with one")
def _(k):
    reply, messages = k.run("first + second")
    equal(reply["status"], "ok")
    text = "".join(content["text"] for kind, content in messages if kind == "stream")
    contains(text, "from the script", "wrong.jsh", "1 | int wrong = nothing;")
    equal(messages[-1][1]["data"]["text/plain"], "3")
    equal(reply["execution_count"], 1)


@check("a cell that takes longer than the limit is stopped and says so")
def _(k):
    start = time.time()
    kind, message, _ = k.error("while (true) {}")
    assert time.time() - start < 20, time.time() - start
    equal(kind, "Timeout")
    contains(message, "10.0 s", "SEMINAR_TIMEOUT")
    equal(k.text("Thread.sleep(100);\nfirst"), "1")
    equal(k.error("Thread.sleep(60_000);", stop_after=0.5)[0], "Interrupted")


@check("the class path and the options of the compiler are those of the environment")
def _(k):
    equal(k.text('Thread.currentThread().getContextClassLoader().getResource("here.txt") != null'), "true")
    k.run("class Holder { void named(int parameter) {} }")
    equal(k.text("Holder.class.getDeclaredMethods()[0].getParameters()[0].getName()"), "parameter")


main(
    {
        "SEMINAR_CLASSPATH": str(FOLDER),
        "SEMINAR_COMPILER_OPTS": "-parameters -Xlint:none",
        "SEMINAR_STARTUP_SCRIPTS_PATH": os.pathsep.join(
            str(FOLDER / name) for name in ("first.jsh", "wrong.jsh")
        ),
        "SEMINAR_STARTUP_SCRIPT": "int second = first + 1;",
        "SEMINAR_TIMEOUT": "10 SECONDS",
    }
)
