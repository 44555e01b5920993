"""Checks of the list of variables, whatever these hold, and of the time of small cells."""

import statistics
import time

from protocol import check, contains, equal, main

LIST = "seminar.notebook.Notebook.variables()"


def rows(k):
    """Type and value by name."""
    table = {}
    for line in k.text(LIST).splitlines():
        name, kind, value = [part.strip() for part in line.split("  ") if part.strip()]
        table[name] = (kind, value)
    return table


@check("before the first variable the list says that there are none")
def _(k):
    equal(k.text(LIST), "no variables")


@check("variables are listed with their types and values, in the order of their declarations")
def _(k):
    k.run("int a = 3;\nvar list = new ArrayList<>(List.of(\"x\", \"y\\n<z>\"));\n1 + 1")
    k.run("char c = 'q'; Object nothing = null; var map = new TreeMap<>(Map.of(\"k\", 2.5));")
    equal(
        k.text(LIST).splitlines(),
        [
            "a        int                     3",
            'list     ArrayList<String>       ["x", "y\\n<z>"]',
            "c        char                    'q'",
            "nothing  Object                  null",
            'map      TreeMap<String,Double>  {"k"=2.5}',
        ],
    )


@check("the list is a table with escaped cells")
def _(k):
    html = k.value(LIST)["text/html"]
    contains(html, '<table class="dataframe">', "<th>name</th><th>type</th><th>value</th>")
    contains(html, "<td>a</td><td>int</td><td>3</td>", "&lt;z&gt;", "5 variables")


@check("a line with % lists them too, in the middle of a cell as well")
def _(k):
    contains(k.text("%variables"), "a        int")
    contains(k.text("int late = 7;\n%variables"), "late     int                     7")
    contains(k.text("a = 4;\n%variables"), "a        int                     4")


@check("of large values the beginning and the size are shown, at once")
def _(k):
    k.run(
        "double[] big = new double[20_000_000]; int[][] square = new int[1000][1000];\n"
        'String text = "q".repeat(50_000_000); var numbers = IntStream.range(0, 3_000_000).boxed().toList();'
    )
    start = time.time()
    table = rows(k)
    seconds = time.time() - start
    equal(table["big"], ("double[]", "[0.0, 0.0, 0.0, 0.0, 0.0, …] (20000000 elements)"))
    contains(table["square"][1], "[[0, 0, 0, 0, 0, …] (1000 elements), ", " (1000 elements)")
    contains(table["text"][1], '"qqq', '…" (50000000 characters)')
    equal(table["numbers"][1], "[0, 1, 2, 3, 4, …] (3000000 elements)")
    assert max(len(value) for _, value in table.values()) < 130, table
    assert seconds < 5, seconds


@check("a text that throws is told in the place of the value")
def _(k):
    k.run(
        'class Bad { public String toString() { throw new IllegalStateException("no"); } }\n'
        "var bad = new Bad();\nvar bads = List.of(bad);"
    )
    table = rows(k)
    k.run(
        "class Worse extends RuntimeException { public String toString() { throw this; } }\n"
        "Object worse = new Object() { public String toString() { throw new Worse(); } };"
    )
    equal(rows(k)["worse"][1], "(its text cannot be had)")
    for name in ("bad", "bads"):
        equal(
            table[name][1], "(its text cannot be had: java.lang.IllegalStateException: no)"
        )


@check("a text without end is given up and its thread is stopped, no other")
def _(k):
    k.run(
        "class Slow { public String toString() { while (true) {} } }\nvar slow = new Slow();\n"
        "var count = new java.util.concurrent.atomic.AtomicLong();\n"
        "var other = Thread.ofPlatform().daemon().start(() -> { while (true) { count.incrementAndGet(); Thread.yield(); } });"
    )
    start = time.time()
    equal(rows(k)["slow"], ("Slow", "(its text takes longer than 200 ms)"))
    assert time.time() - start < 5
    names = "Thread.getAllStackTraces().keySet().stream().map(Thread::getName)"
    equal(k.text(names + '.filter("variables"::equals).count()'), "0")
    equal(k.text("other.isAlive()"), "true")
    k.run("while (true) {}", stop_after=0.5)


@check("a variable that lacks something is listed")
def _(k):
    k.run("Missing missing;")
    equal(rows(k)["missing"], ("Missing", "(not defined)"))


@check("a trivial cell is quick, and its time is told")
def _(k):
    seconds = []
    for i in range(60):
        start = time.perf_counter()
        equal(k.text(f"a + {i}"), str(4 + i))
        seconds.append(time.perf_counter() - start)
    median = statistics.median(seconds[10:])
    print(f"median of a trivial cell: {1000 * median:.1f} ms", flush=True)
    # 50 ms are promised of a machine that does nothing else; the tests do not ask for one.
    assert median < 5, seconds


main()
