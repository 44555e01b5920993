"""Checks of standard input: what a cell reads is asked of the front end."""

import queue
import threading
import time

from protocol import LIMIT, check, contains, equal, main


def asked(k, code, *answers):
    """Runs a cell, answers its questions in turn: the questions, its reply, what it published."""
    waiting, questions, messages = list(answers), [], []

    def answer(message):
        questions.append((message["content"]["prompt"], message["content"]["password"]))
        if waiting:
            k.client.input(waiting.pop(0))

    def keep(message):
        if message["msg_type"] not in ("status", "execute_input"):
            messages.append((message["msg_type"], message["content"]))

    reply = k.client.execute_interactive(
        code, allow_stdin=True, stdin_hook=answer, output_hook=keep, timeout=LIMIT
    )
    return questions, reply["content"], messages


def result(messages):
    return [c["data"]["text/plain"] for kind, c in messages if kind == "execute_result"][0]


@check("a scanner asks the front end")
def _(k):
    questions, _, messages = asked(
        k,
        "var in = new Scanner(System.in);\nint a = in.nextInt();\nint b = in.nextInt();\na + b",
        "40",
        "2",
    )
    equal((questions, result(messages)), ([("", False)] * 2, "42"))
    questions, _, messages = asked(k, "in.nextLine();\nin.nextLine()", "zwölf 木")
    equal((questions, result(messages)), ([("", False)], "zwölf 木"))


@check("IO.readln asks with its prompt, which is printed nowhere else")
def _(k):
    questions, _, messages = asked(
        k, 'IO.println("hello");\nString name = IO.readln("Your name: ");\nname', "Ada Łovelace"
    )
    equal(questions, [("Your name: ", False)])
    equal(result(messages), "Ada Łovelace")
    equal([c["text"] for kind, c in messages if kind == "stream"], ["hello\n"])
    equal(asked(k, 'IO.readln() + IO.readln("?")', "a", "b")[0], [("", False), ("?", False)])


@check("System.in.read reads what was typed, byte after byte")
def _(k):
    _, _, messages = asked(
        k,
        "System.in.read() + 1000 * System.in.read()\n"
        " + 1_000_000 * System.in.read() + 1_000_000_000L * System.in.available()",
        "AB",
    )
    equal(result(messages), str(65 + 66_000 + 10_000_000))


@check("where the front end takes no questions, one sentence says so")
def _(k):
    for code in ("new Scanner(System.in).nextLine()", "IO.readln()", "System.in.read()"):
        _, message, report = k.error(code)
        contains(message, "cannot read standard input", "write the value into the cell")
        equal(report.count("\n"), 1)
        contains(report.splitlines()[1], "line 1: " + code)


@check("a cell that waits for an answer can be stopped, and the next question works")
def _(k):
    timer = threading.Timer(0.7, k.manager.interrupt_kernel)
    timer.start()
    start = time.time()
    _, reply, _ = asked(k, 'IO.readln("never: ")')
    timer.join()
    equal((reply["status"], reply["ename"]), ("error", "Interrupted"))
    assert time.time() - start < 4
    k.client.input("too late")
    time.sleep(0.2)
    questions, _, messages = asked(k, 'IO.readln("now: ")', "in time")
    equal((questions, result(messages)), ([("now: ", False)], "in time"))


@check("a thread that reads after its cell is told that nobody can be asked")
def _(k):
    asked(
        k,
        "var seen = new CompletableFuture<String>();\n"
        "Thread.ofPlatform().start(() -> {\n"
        "  try { Thread.sleep(500); System.in.read(); }\n"
        "  catch (Exception e) { seen.complete(e.getMessage()); }\n"
        "});",
    )
    contains(k.text("seen.get()"), "cannot read standard input")
    try:
        k.client.get_stdin_msg(timeout=0.1)
        raise AssertionError("it asked")
    except queue.Empty:
        pass


main()
