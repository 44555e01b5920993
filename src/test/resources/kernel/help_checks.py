"""Checks of completion and inspection within a cell that has not run."""

import time

from protocol import check, contains, equal, main


def completed(k, code):
    """The completions of what stands at the end."""
    return [match[len(code.rsplit("\n", 1)[0]) + 1 :] for match in k.matches(code)]


@check("completion knows the variables above in the cell, whatever they shadow")
def _(k):
    contains(completed(k, 'String t = "x";\nt.le'), "t.length()")
    k.run("int t = 1;")
    contains(completed(k, 'String t = "x";\nt.le'), "t.length()")
    contains(completed(k, 'var names = List.of("a");\nnames.getFirst().le'), "names.getFirst().length()")
    contains(completed(k, "int counter = 0;\ncounter = counter + 1;\ncount"), "counter")


@check("completion knows the imports above in the cell")
def _(k):
    contains(completed(k, "import java.time.*;\nLocalDate.no"), "LocalDate.now(")
    contains(completed(k, "import java.time.Duration;\n\nDuration d = null;\nd.toMin"), "d.toMinutes()")
    contains(
        completed(k, "import static java.lang.Math.*;\nimport java.time.*;\nint a = 1;\nfloorM"), "floorMod("
    )
    equal(k.matches("LocalDate.no"), [])


@check("completion knows parameters, fields and local variables around the cursor")
def _(k):
    contains(completed(k, "int f(String word) {\n  word.le"), "  word.length()")
    contains(completed(k, "int f(String word) {\n  int n = 3;\n  wo"), "  word")
    contains(completed(k, "record P(String name) {\n  int size() { return name.le"), "  int size() { return name.length()")
    contains(completed(k, "class A {\n  String s;\n  void m() {\n    s.le"), "    s.length()")
    contains(completed(k, 'for (String s : List.of("a")) {\n  s.le'), "  s.length()")
    contains(completed(k, 'List.of("a").forEach(s -> {\n  s.le'), "  s.length()")
    contains(completed(k, 'String base = "";\nint f(int k) {\n  return base.le'), "  return base.length()")


@check("completion knows types and methods declared just above")
def _(k):
    code = "record Point(int left, int top) {\n  int area() { return left * top; }\n}\nnew Point(1, 2)."
    contains(completed(k, code + "ar"), "new Point(1, 2).area()")
    contains(completed(k, code), "new Point(1, 2).left()")
    contains(completed(k, "enum Color { RED, GREEN }\nColor.G"), "Color.GREEN")
    contains(completed(k, "String twice(String s) { return s + s; }\ntwice(\"a\").le"), 'twice("a").length()')
    contains(completed(k, "/** Doc. */\nString thrice(String s) { return s; }\nthri"), "thrice(")


@check("no name of the kernel's own is offered")
def _(k):
    for code in ("int a = 1;\n", "int f(int x) {\n  ", "int a = 1;\nCel", "int a = 1;\ncel"):
        for match in completed(k, code):
            assert "ell$$" not in match, match


@check("inspection knows the lines above in the cell")
def _(k):
    contains(k.inspect('String t = "x";\nt.length'), "int String.length()")
    contains(k.inspect("import java.time.*;\nLocalDate.now"), "LocalDate LocalDate.now()")
    contains(k.inspect("int f(String word) {\n  return word.length("), "int String.length()")
    text = k.inspect("/** Squares a number. */\nint square(int x) { return x * x; }\nsquare(")
    contains(text, "int square(int x)", "Squares a number.")
    text = k.inspect("/** A place. */\nrecord Spot(int x) {\n  /** How far. */\n  int far() { return x; }\n}\nnew Spot(1).far")
    contains(text, "int Spot(int x).far()", "How far.")


def bundle(k, code):
    return k.ask("inspect", code, len(code))["data"]


@check("a tooltip is text, HTML and Markdown, with the signature and formatted Javadoc")
def _(k):
    data = bundle(k, '"a".substring(')
    html = data["text/html"]
    contains(html, "<pre><code>String String.substring(int beginIndex)</code></pre>")
    contains(html, "<code>IndexOutOfBoundsException</code>", "<dt>Returns</dt>", "<dt>Parameter</dt>", "<hr>")
    contains(data["text/markdown"], "```java\nString String.substring(int beginIndex)\n```", "<dl>")
    contains(data["text/plain"], "String String.substring(int beginIndex)")
    for text in (html, data["text/markdown"]):
        assert "{@" not in text and "@param" not in text, text
    k.run(
        "/** Says {@code a < b} of <b>two</b> lists.\n * <script>alert(1)</script><p onclick='x'>More.\n"
        " * @param left the <i>first</i>\n * @return {@link List lists} */\n"
        "Map<String, List<Integer>> compare(List<? extends Number> left) { return null; }"
    )
    html = bundle(k, "compare(")["text/html"]
    contains(html, "<code>a &lt; b</code>", "<b>two</b>", "<p>More.", "List&lt;? extends Number&gt; left")
    contains(html, "<dd><code>left</code> the <i>first</i></dd>", "<dd><code>lists</code></dd>")
    assert "script" not in html and "onclick" not in html, html


@check("only the last of the questions that wait is answered, and the others at once")
def _(k):
    cell = k.client.execute("Thread.sleep(700);")
    codes = ['"a".substring(', '"a".length(', '"a".isEmpty(']
    questions = [k.client.inspect(code, len(code)) for code in codes]
    completions = [k.client.complete(code, len(code)) for code in ('"a".sub', '"a".le')]
    last = k.client.execute("40 + 2", user_expressions={"x": "40 + 2"})
    replies = {}
    for request in [cell, *questions, *completions, last]:
        replies[request] = k.client._recv_reply(request, timeout=60)["content"]
    equal([replies[one]["found"] for one in questions], [False, False, True])
    equal([replies[one]["matches"] for one in completions], [[], ["length()"]])
    equal(replies[last]["user_expressions"]["x"]["data"]["text/plain"], "42")
    k.published(last)


@check("completion comes quickly behind many lines, and declares nothing")
def _(k):
    lines = "".join(f"int unseen{i} = {i};\n" for i in range(60))
    k.matches(lines + "unseen5")
    start = time.time()
    contains(completed(k, lines + "unseen5"), "unseen59")
    seconds = time.time() - start
    assert seconds < 1.5, seconds
    equal(k.matches("unseen5"), [])
    equal(k.error("unseen5")[0], "CompilationError")


main()
