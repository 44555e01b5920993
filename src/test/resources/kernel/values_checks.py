"""Checks that variables keep their values, and that a cell says so where one cannot."""

from protocol import check, contains, equal, main



def silent(k, code):
    """Runs a cell that must succeed and say nothing."""
    reply, messages = k.run(code)
    equal((reply["status"], messages), ("ok", []))


def note(k, code):
    """What a cell says on standard error."""
    _, messages = k.run(code)
    return "".join(
        content["text"]
        for kind, content in messages
        if kind == "stream" and content["name"] == "stderr"
    )


@check("a method can be changed, and a variable made with it keeps its value")
def _(k):
    silent(k, "double f() { return 9.0; }")
    silent(k, "var v = f();\nfinal double w = f() + 1;")
    silent(k, "double f() { return 2; }")
    equal(k.text('v + " " + w + " " + f()'), "9.0 10.0 2.0")
    silent(k, "int f() { return 3; }")
    silent(k, 'String f() { return "three"; }')
    equal(k.text('v + " " + w + " " + f()'), "9.0 10.0 three")


@check("a comment before an import leaves variables alone")
def _(k):
    silent(k, "var numbers = new ArrayList<>(List.of(1, 2));\nint count = numbers.size();")
    silent(k, "// times\nimport java.time.*;")
    silent(k, "/* dates */ import java.time.LocalDate;")
    equal(k.text("numbers + \" \" + count"), "[1, 2] 2")


@check("an import that makes a type ambiguous leaves variables of that type alone")
def _(k):
    silent(k, "List<Integer> list = List.of(4, 5);\nint size(Collection<?> c) { return c.size(); }")
    silent(k, "import java.awt.*;")
    equal(k.text("list.get(1) + size(list)"), "7")
    silent(k, "import java.util.List;")
    equal(k.text("list"), "[4, 5]")


@check("a declaration that an import breaks is named, with the reason")
def _(k):
    silent(k, "import java.util.function.*;\nTimer pick(Timer t) { return t; }")
    text = note(k, "import javax.swing.*;")
    contains(text, "pick(Timer) cannot be used any more: reference to Timer is ambiguous")
    equal(len(text.splitlines()), 1)


@check("a type is declared again as it was, and its objects stay")
def _(k):
    silent(k, "record Same(int a) {}\nvar same = List.of(new Same(1));")
    silent(k, "// again\nrecord Same(int a) {}")
    equal(k.text("same.get(0).a()"), "1")


@check("the body of a method of a class is changed, and its objects take it over")
def _(k):
    silent(k, "class Counter { int n = 4; static int made = 0; Counter() { made++; } int next() { return n + 1; } }")
    silent(k, "var counter = new Counter();\nvar counters = List.of(counter);")
    silent(k, "class Counter { int n = 4; static int made = 0; Counter() { made++; } int next() { return n + 2; } }")
    equal(k.text('counter.next() + " " + counters.get(0).next() + " " + Counter.made'), "6 6 1")


@check("a changed constant or static initializer takes effect")
def _(k):
    silent(k, "class Limits { static final int MAX = 5; static int start = 1; }\nint max() { return Limits.MAX; }")
    silent(k, "enum Size { SMALL(1); final int n; Size(int n) { this.n = n; } }")
    silent(k, "class Limits { static final int MAX = 6; static int start = 2; }")
    silent(k, "enum Size { SMALL(3); final int n; Size(int n) { this.n = n; } }")
    equal(k.text('max() + " " + Limits.MAX + " " + Limits.start + " " + Size.SMALL.n'), "6 6 2 3")


@check("a declaration with an error leaves the one before it in place")
def _(k):
    silent(k, "int x = 5;\nint m() { return 1; }\nrecord T(int a) {}\nvar t = new T(2);")
    for code in ('int x = "s";', 'int m() { return ""; }', 'record T(int a) { int f() { return ""; } }'):
        equal(k.error(code)[0], "CompilationError")
    equal(k.text('x + " " + m() + " " + t.a()'), "5 1 2")


@check("a variable that is declared again begins anew")
def _(k):
    silent(k, "int again = 5;\nString text = \"a\";")
    silent(k, "int again;\nString text;")
    equal(k.text('again + " " + text'), "0 null")


@check("a method is overloaded, and what uses it goes on")
def _(k):
    silent(k, "int g(int a) { return a; }\nint h() { return g(1); }\nint made = h();")
    silent(k, "int g(String s) { return 2; }")
    equal(k.text("h() + made"), "2")
    contains(note(k, 'String g(int a) { return ""; }'), "h() cannot be used any more: incompatible types")
    contains(k.error("h()")[1], "h cannot be used: incompatible types")
    silent(k, "int g(int a) { return 5; }")
    equal(k.text("h() + made"), "6")


@check("a lambda that goes on with a replaced method is named")
def _(k):
    silent(k, "int rate() { return 2; }\nvar scaled = (Function<Integer, Integer>) x -> x * rate();")
    silent(k, "int rate() { return 3; }")
    equal(k.text("scaled.apply(2)"), "6")
    contains(note(k, 'String rate() { return "3"; }'), "rate was replaced", "scaled still holds")
    equal(k.text("scaled.apply(2)"), "6")


@check("a variable that cannot be kept is named")
def _(k):
    silent(
        k,
        "record P(int a) {}\nP p = new P(1);\nvar list2 = new ArrayList<>(List.of(p));\n"
        "List<P> empty = new ArrayList<>();\nObject o = p;\nint n = p.a();",
    )
    text = note(k, "record P(int a) { int twice() { return 2 * a; } }")
    equal(
        text,
        "P was replaced, and objects made before do not fit: p was reset; list2, o still hold "
        "objects made before. Run again the cells that make them.\n",
    )
    equal(k.text('p + " " + list2 + " " + empty + " " + n'), "null [P[a=1]] [] 1")
    contains(k.error("list2.get(0).twice()")[1], "class P cannot be cast to class P, which has replaced it")
    text = note(k, "record P(int a) { int three() { return 3 * a; } }\np = new P(2);\nlist2 = new ArrayList<>(List.of(p));")
    equal(text, "")
    equal(k.text("list2.get(0).three()"), "6")


main()
