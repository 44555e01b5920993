"""Checks of the smaller requests: history, ports, expressions beside a cell, counting, eval."""

from protocol import LIMIT, check, contains, equal, main


def execute(k, code, **options):
    return k.client._recv_reply(k.client.execute(code, **options), timeout=LIMIT)["content"]


@check("what eval gives is the value of the cell")
def _(k):
    equal(k.text('eval("1+2")'), "3")
    equal(k.text('eval("int inner = 5;");\ninner + 1'), "6")
    equal(k.text('int twice = 2 * (int) eval("inner");\ntwice'), "10")
    equal(k.text('eval("inner = 7; inner") + "!"'), "7!")


@check("code inside eval that is wrong or throws is told")
def _(k):
    _, message, report = k.error('eval("1 +")')
    contains(report, "reached end of file", '--> cell', 'eval("1 +")')
    _, message, _ = k.error('eval("inner / 0")')
    contains(message, "ArithmeticException: / by zero")
    equal(k.text("inner"), "7")


@check("a cell can be stopped after and inside eval")
def _(k):
    for code in ('eval("1"); Thread.sleep(60_000);', 'eval("while (true) {}");'):
        equal(k.error(code, stop_after=0.7)[0], "Interrupted")
    equal(k.text("inner"), "7")


@check("expressions beside a cell are evaluated, wrong ones are told")
def _(k):
    reply = execute(
        k, "int beside = 20;", user_expressions={"a": "beside + 1", "b": "nowhere", "c": "int d = 1;"}
    )
    values = reply["user_expressions"]
    equal(values["a"], {"status": "ok", "data": {"text/plain": "21"}, "metadata": {}})
    equal((values["b"]["status"], values["b"]["ename"]), ("error", "CompilationError"))
    contains("\n".join(values["b"]["traceback"]), "cannot find symbol")
    equal((values["c"]["status"], values["c"]["data"]), ("ok", {}))
    equal(execute(k, "1")["user_expressions"], {})


@check("a cell that is not to be stored is not counted")
def _(k):
    before = execute(k, "1")["execution_count"]
    equal(execute(k, "int hidden = 3;", store_history=False)["execution_count"], before + 1)
    equal(execute(k, "hidden")["execution_count"], before + 1)


def history(k, **options):
    message = k.client.history(**options)
    content = k.client._recv_reply(message, timeout=LIMIT)["content"]
    equal(content["status"], "ok")
    return content["history"]


@check("history holds the cells that were stored")
def _(k):
    execute(k, "// gone", store_history=False)
    execute(k, "// silent", silent=True)
    first = execute(k, "40 + 2")["execution_count"]
    execute(k, "String text = null;")
    execute(k, "1 / 0")
    expected = [
        [1, first, "40 + 2"],
        [1, first + 1, "String text = null;"],
        [1, first + 2, "1 / 0"],
    ]
    equal(history(k, hist_access_type="tail", n=3), expected)
    equal(
        history(k, hist_access_type="range", session=0, start=first, stop=first + 2), expected[:2]
    )
    equal(
        history(k, hist_access_type="range", output=True, session=0, start=first, stop=first + 2),
        [[1, first, ["40 + 2", "42"]], [1, first + 1, ["String text = null;", None]]],
    )
    equal(history(k, hist_access_type="range", session=7), [])


@check("history can be searched")
def _(k):
    for code in ("int one = 1;", "one", "int two = 2;", "one"):
        execute(k, code)
    search = {"hist_access_type": "search"}
    equal([e[2] for e in history(k, pattern="int t*", n=9, **search)][-1], "int two = 2;")
    equal([e[2] for e in history(k, pattern="o?e", n=9, **search)], ["one", "one"])
    equal([e[2] for e in history(k, pattern="o?e", n=9, unique=True, **search)], ["one"])
    equal([e[2] for e in history(k, pattern="one", n=1, **search)], ["one"])


@check("the ports are told to who asks")
def _(k):
    message = k.client.session.msg("connect_request", {})
    k.client.shell_channel.send(message)
    reply = k.client._recv_reply(message["header"]["msg_id"], timeout=LIMIT)
    equal(reply["msg_type"], "connect_reply")
    equal(reply["content"]["shell_port"], k.client.shell_port)
    equal(reply["content"]["iopub_port"], k.client.iopub_port)


@check("a text that only lacks its end is incomplete")
def _(k):
    texts = ("x ? 1 :", "x ?", "List<String", "Map<String, List<", "@Override", "foo(", "int x =")
    more = ('"""\nabc', "/* not", "if (x)", "1 +", "record P(int a", "new int[] {1,", "x ->", "a.")
    for text in texts + more:
        equal((text, k.ask("is_complete", text)["status"]), (text, "incomplete"))


@check("a text that is whole is complete, one that nothing can mend is invalid")
def _(k):
    k.run("int N = 3;")
    for text in ("int a = 1;", "N < 4", "x ? 1 : 2", "List<String> l", "@Override public String m() { return null; }"):
        equal((text, k.ask("is_complete", text)["status"]), (text, "complete"))
    for text in ("}", "} int a;", "int bad = ) ;", "x ? 1 : }", "foo)", "int a = 1; }"):
        equal((text, k.ask("is_complete", text)["status"]), (text, "invalid"))


main()
