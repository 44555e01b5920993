"""Checks of the kernel through Jupyter's protocol: values, output, errors, help, the queue."""

import threading
import time

from protocol import LIMIT, check, contains, equal, main


@check("the kernel says that it speaks Java")
def _(k):
    content = k.ask("kernel_info")
    equal(content["language_info"]["name"], "java")


@check("the value of the last expression is the result")
def _(k):
    equal(k.text("int a = 40;\na + 2"), "42")
    equal(k.text('"a<b>"'), "a<b>")
    equal(k.text("List.of(1, 2)"), "[1, 2]")
    equal(k.text("Map.of(\"k\", Path.of(\"x\"))"), "{k=x}")
    reply, messages = k.run("int unseen = 1;")
    equal((reply["status"], messages), ("ok", []))
    reply, messages = k.run("// nothing but a comment")
    equal((reply["status"], messages), ("ok", []))


@check("a table is HTML with escaped cells and its size")
def _(k):
    data = k.value(
        "import tech.tablesaw.api.*;\n"
        'Table.create(StringColumn.create("<title>", "a & b", "<i>"), IntColumn.create("n", 1, 2))'
    )
    contains(data["text/html"], "&lt;title&gt;", "a &amp; b", "&lt;i&gt;", "2 rows × 2 columns")
    assert "<i>" not in data["text/html"], data["text/html"]
    contains(data["text/plain"], "a & b")


@check("a long table is cut and says so")
def _(k):
    data = k.value('Table.create(IntColumn.create("n", IntStream.range(0, 1000).toArray()))')
    contains(data["text/html"], "1000 rows × 1 columns (20 shown)")
    equal(data["text/html"].count("<tr>"), 21)


@check("a chart is a PNG")
def _(k):
    data = k.value(
        "import org.knowm.xchart.*;\n"
        "XYChart chart = new XYChartBuilder().width(200).height(100).title(\"t\").build();\n"
        'chart.addSeries("s", new double[] {1, 2}, new double[] {3, 4});\n'
        "chart"
    )
    contains(data["image/png"][:8], "iVBORw0K")
    equal(data["text/plain"], "chart 't', 200 × 100")


@check("an image is a PNG")
def _(k):
    data = k.value("new java.awt.image.BufferedImage(4, 4, 1)")
    contains(data["image/png"][:8], "iVBORw0K")


@check("a record is a table with its name, and its text")
def _(k):
    data = k.value('record Pair(String left, int[] right) {}\nnew Pair("<a>", new int[] {1, 2})')
    contains(data["text/html"], "Pair", "<td>left</td><td>&lt;a&gt;</td>", "<td>[1, 2]</td>")
    equal(data["text/plain"], "Pair[left=<a>, right=[1, 2]]")


@check("a list of records is a table")
def _(k):
    data = k.value('List.of(new Pair("x", new int[0]), new Pair("<y>", new int[] {3}))')
    contains(data["text/html"], "<th>left</th><th>right</th>", "<td>&lt;y&gt;</td><td>[3]</td>")


@check("arrays are their elements, with line breaks kept and long ones cut")
def _(k):
    equal(k.text("new float[] {1f, 2f}"), "[1.0, 2.0]")
    equal(k.text("new int[][] {{1, 2}, {3, 4}}"), "[[1, 2],\n [3, 4]]")
    contains(k.text("new double[1000]"), "(1000 elements)")
    equal(
        k.text("org.nd4j.linalg.factory.Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}})"),
        "[[    1.0000,    2.0000], \n [    3.0000,    4.0000]]",
    )


@check("output comes before the result, in the order of both streams")
def _(k):
    _, messages = k.run(
        'System.out.println("one"); System.err.println("two"); System.out.println("three");\n'
        'display("four");\nSystem.out.println("five");\n6'
    )
    seen = [
        (kind, content.get("text") or content["data"]["text/plain"]) for kind, content in messages
    ]
    expected = [
        ("stream", "one\n"),
        ("stream", "two\n"),
        ("stream", "three\n"),
        ("display_data", "four"),
        ("stream", "five\n"),
        ("execute_result", "6"),
    ]
    equal(seen, expected)


@check("20,000 lines come in few messages and in less than 5 s")
def _(k):
    start = time.time()
    _, messages = k.run('for (int i = 0; i < 20_000; i++) System.out.println("line " + i);')
    seconds = time.time() - start
    text = "".join(content["text"] for _, content in messages)
    equal(text, "".join(f"line {i}\n" for i in range(20_000)))
    assert seconds < 5 and len(messages) < 60, (seconds, len(messages))


@check("lines of several threads stay whole")
def _(k):
    _, messages = k.run(
        'IntStream.range(0, 4_000).parallel().forEach(i -> System.out.println("é" + i));'
    )
    lines = "".join(content["text"] for _, content in messages).split()
    equal(sorted(lines), sorted(f"é{i}" for i in range(4_000)))


@check("a thread that outlives its cell still prints")
def _(k):
    k.run('Thread.ofPlatform().start(() -> System.out.println("late")).join();')
    _, messages = k.run(
        "var pool = Executors.newSingleThreadExecutor();\n"
        'pool.submit(() -> System.out.println("from the pool")).get();'
    )
    equal(messages[-1][1]["text"], "from the pool\n")
    _, messages = k.run('pool.submit(() -> System.out.println("again")).get();')
    equal(messages[-1][1]["text"], "again\n")


@check("a compile error shows the line, a caret and the compiler's message")
def _(k):
    kind, message, report = k.error("int before = 1;\n\nint y = before + undefined;\n")
    equal((kind, message), ("CompilationError", "line 3: cannot find symbol"))
    equal(
        report,
        "3 | int y = before + undefined;\n"
        "  |                  ^ cannot find symbol\n"
        "  |                    symbol:   variable undefined",
    )


@check("a syntax error is told in the same way")
def _(k):
    kind, message, report = k.error('int fine = 1;\nint bad = ) ;')
    equal(kind, "CompilationError")
    contains(report, "2 | int bad = ) ;", "^ illegal start of expression")
    kind, message, report = k.error("foo(")
    contains(report, "1 | foo(", "reached end of file")


@check("a runtime error shows the failing line, causes and no frames of the kernel")
def _(k):
    kind, message, report = k.error(
        "int fail(int x) {\n"
        "  try {\n"
        "    return new int[1][2].length / x;\n"
        "  } catch (ArithmeticException e) {\n"
        '    throw new IllegalStateException("no <x>", e);\n'
        "  }\n"
        "}\n"
        "int fine = 1;\n"
        "\n"
        "fine = fail(0);"
    )
    equal((kind, message), ("IllegalStateException", "no <x>"))
    contains(
        report,
        "java.lang.IllegalStateException: no <x>",
        'line 5: throw new IllegalStateException("no <x>", e);',
        "line 10: fine = fail(0);",
        "Caused by: java.lang.ArithmeticException: / by zero",
        "line 3: return new int[1][2].length / x;",
    )
    for foreign in ("jdk.jshell", "seminar.kernel", "do_it$", "REPL"):
        assert foreign not in report, report


@check("an error in a library shows its frames down to the cell")
def _(k):
    _, _, report = k.error("// a comment\n\nList.of(1, 2).get(5)")
    contains(report, "java.lang.IndexOutOfBoundsException: ", "    at java.base/", "line 3: List.of(1, 2).get(5)")


@check("an endless recursion is an error, not the end of the kernel")
def _(k):
    kind, _, report = k.error("int down(int x) { return 1 + down(x + 1); }\ndown(0)")
    equal(kind, "StackOverflowError")
    assert len(report.splitlines()) < 40, report
    equal(k.text("1 + 1"), "2")


@check("standard input is refused")
def _(k):
    _, message, _ = k.error("new Scanner(System.in).nextLine()")
    contains(message, "cannot read standard input")


@check("a sealed hierarchy may refer forward within a cell")
def _(k):
    reply, messages = k.run(
        "sealed interface Shape permits Square, Disc {}\n"
        "record Square(int side) implements Shape {}\n"
        "record Disc(int radius) implements Shape {}\n"
        "Shape shape = new Disc(2);"
    )
    equal((reply["status"], messages), ("ok", []))
    text = "switch (shape) { case Square s -> s.side(); case Disc d -> -d.radius(); }"
    equal(k.text(f"int area = {text}; area"), "-2")


@check("what a cell leaves undefined is said")
def _(k):
    _, messages = k.run("interface Open extends Absent {}")
    contains(messages[0][1]["text"], "Open is declared", "Absent")


@check("a display can be updated")
def _(k):
    _, messages = k.run('String id = display("first");\nupdateDisplay(id, "second");')
    kinds = [kind for kind, _ in messages]
    equal(kinds, ["display_data", "update_display_data"])
    ids = {content["transient"]["display_id"] for _, content in messages}
    equal(len(ids), 1)


@check("progress leaves a line without timings")
def _(k):
    _, messages = k.run(
        "import seminar.notebook.CellProgress;\n"
        'try (CellProgress progress = CellProgress.of("counting", 100)) {\n'
        "  for (int i = 0; i < 100; i++) progress.step();\n"
        "}"
    )
    equal(messages[-1][0], "update_display_data")
    equal(messages[-1][1]["data"]["text/plain"], "counting: done, 100 of 100")
    assert len(messages) <= 4, messages


@check("completion knows members, classes and what cells define")
def _(k):
    k.run("int answer() { return 42; }")
    contains(k.matches('"a".substr'), '"a".substring(')
    contains(k.matches("Linked"), "LinkedHashMap")
    contains(k.matches("answ"), "answer()")
    contains(k.matches("int first = 1;\nint second = Math.ab"), "int first = 1;\nint second = Math.abs(")
    equal(k.matches("noSuchName.x"), [])


@check("inspection shows signature and Javadoc of the JDK")
def _(k):
    text = k.inspect('"a".substring')
    contains(text, "String String.substring(int beginIndex)", "IndexOutOfBoundsException")
    assert "{@code" not in text and "<p>" not in text, text


@check("inspection shows the Javadoc of classes whose sources are at hand")
def _(k):
    k.run("import seminar.math.*;")
    contains(k.inspect("TopK.of("), "of(float[] scores, int k)", "The K largest of scores.")
    contains(k.inspect("TopK"), "Tie rule")


@check("inspection shows the Javadoc of what a cell defined")
def _(k):
    k.run("/** Doubles a number. @param x the number */\nint twice(int x) { return 2 * x; }")
    contains(k.inspect("int y = twice("), "int twice(int x)", "Doubles a number.")


@check("inspection of nothing finds nothing")
def _(k):
    equal(k.ask("inspect", "noSuchName", 3)["found"], False)


@check("a cursor counts characters, however wide they are")
def _(k):
    smiles = '"\U0001F600\U0001F600"'
    contains(k.matches(smiles + ".substr"), smiles + ".substring(")
    contains(k.inspect(smiles + ".substring"), "String String.substring(int beginIndex)")


@check("is_complete tells finished, unfinished and wrong cells apart")
def _(k):
    equal(k.ask("is_complete", "int a = 1;")["status"], "complete")
    equal(k.ask("is_complete", "for (;;) {")["status"], "incomplete")
    equal(k.ask("is_complete", "}")["status"], "invalid")


def stopped(k, code):
    start = time.time()
    kind, _, _ = k.error(code, stop_after=0.7)
    equal(kind, "Interrupted")
    equal(k.text("40 + 2"), "42")
    return time.time() - start


@check("a sleeping cell can be interrupted, and the next one works")
def _(k):
    assert stopped(k, "Thread.sleep(60_000);") < 4


@check("a busy cell can be interrupted, and the next one works")
def _(k):
    assert stopped(k, "long n = 0;\nwhile (true) n++;") < 4


@check("a cell that waits for its own busy threads can be interrupted")
def _(k):
    code = "Thread t = new Thread(() -> { while (true) {} });\nt.start();\nt.join();"
    assert stopped(k, code) < 4
    equal(k.text("Thread.sleep(200); t.isAlive()"), "false")


@check("code that heeds no interrupt is left behind, and the next cell works")
def _(k):
    assert stopped(k, "LongStream.range(0, Long.MAX_VALUE).sum()") < 12


@check("cells that wait behind one that fails are aborted, and those that come later run")
def _(k):
    k.text("int ran = 0;\nran")
    cells = [("ran / 0", {}), ("ran = 1", {}), ("ran = 2", {})]
    equal([reply["status"] for reply in k.replies(cells)], ["error", "aborted", "aborted"])
    equal(k.text("ran"), "0")


@check("cells that wait behind one that is interrupted are aborted")
def _(k):
    timer = threading.Timer(0.7, k.manager.interrupt_kernel)
    timer.start()
    replies = k.replies([("while (true) {}", {}), ("ran = 3", {})])
    timer.join()
    equal([reply["status"] for reply in replies], ["error", "aborted"])
    equal(replies[0]["ename"], "Interrupted")
    equal(k.text("ran"), "0")


@check("an aborted cell is busy, then idle, and publishes nothing else")
def _(k):
    k.client.execute("ran / 0")
    aborted = k.client.execute("display(5);")
    k.client._recv_reply(aborted, timeout=LIMIT)
    messages = k.published(aborted)
    last = max(i for i, (kind, _) in enumerate(messages) if kind == "error")
    states = [content["execution_state"] for kind, content in messages[last + 1 :]]
    equal(states, ["idle", "busy", "idle"])


@check("a failing cell that should not stop the others does not")
def _(k):
    cells = [("ran / 0", {"stop_on_error": False}), ("ran = 4", {})]
    equal([reply["status"] for reply in k.replies(cells)], ["error", "ok"])
    equal(k.text("ran"), "4")


@check("other requests behind a cell that fails are answered, and abort nothing later")
def _(k):
    failing = k.client.execute("ran / 0")
    info = k.client.kernel_info()
    equal(k.client._recv_reply(failing, timeout=LIMIT)["content"]["status"], "error")
    contains(k.client._recv_reply(info, timeout=LIMIT)["content"]["language_info"]["name"], "java")
    k.published(info)
    equal(k.text("ran"), "4")


@check("a silent cell publishes no input and is not counted")
def _(k):
    before = k.run("1")[0]["execution_count"]
    silent = k.client.execute("ran = 5", silent=True)
    equal(k.client._recv_reply(silent, timeout=LIMIT)["content"]["status"], "ok")
    equal([kind for kind, _ in k.published(silent)], ["status", "status"])
    equal(k.run("ran")[0]["execution_count"], before + 1)
    equal(k.text("ran"), "5")


@check("the kernel shuts down when asked, even with a thread left behind")
def _(k):
    start = time.time()
    k.client.stop_channels()
    k.manager.shutdown_kernel(now=False)
    assert time.time() - start < 4, "took %.1f s" % (time.time() - start)


main()
