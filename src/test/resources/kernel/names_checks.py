"""Checks that errors and output name things as cells do, not as JShell does."""

from protocol import check, contains, equal, main

FOREIGN = ("REPL", "$JShell$", "do_it$", "CellControl", "StopChecks", "RemoteClassLoader")


def failing(k, code):
    kind, message, report = k.error(code)
    for foreign in FOREIGN:
        assert foreign not in kind + message + report, (kind, message, report)
    return kind, message, report


@check("messages about null have the names of variables, fields, methods and locals")
def _(k):
    k.run(
        "String name = null;\nclass Node { String label; Node next; int[] values; }\n"
        "Node node = new Node();\nint length(List<Integer> numbers) { return numbers.size(); }"
    )
    for code, text in (
        ("name.length()", 'Cannot invoke "String.length()" because "name" is null'),
        ('node.next.label = "a";', 'Cannot assign field "label" because "node.next" is null'),
        ("node.values[0] = 1;", 'Cannot store to int array because "node.values" is null'),
        ("length(null)", 'Cannot invoke "java.util.List.size()" because "numbers" is null'),
        ("{ String local = null; local.length(); }", 'Cannot invoke "String.length()" because "local" is null'),
    ):
        equal(failing(k, code)[1], text)


@check("an exception of a cell's own type has its own name")
def _(k):
    k.run("class MyError extends RuntimeException { MyError(String m) { super(m); } }")
    kind, message, report = failing(k, 'throw new MyError("in " + new Node().getClass().getName());')
    equal((kind, message), ("MyError", "in Node"))
    equal(report.splitlines()[0], "MyError: in Node")
    k.run("class Outer { static class Inner extends RuntimeException {} }")
    equal(failing(k, "throw new Outer.Inner();")[0], "Inner")


@check("a wrong cast names both types, and the line")
def _(k):
    _, message, report = failing(k, "Object o = node;\n((String) o).length()")
    equal(message, "class Node cannot be cast to class java.lang.String")
    contains(report, "] line 2: ((String) o).length()")
    _, message, report = failing(k, "Object[] objects = new Integer[1];\nobjects[0] = node;")
    equal(message, "Node")
    contains(report, "] line 2: objects[0] = node;")


@check("the lines of overloaded methods, lambdas and inner classes are the cell's")
def _(k):
    k.run("int two(String s) {\n  return s.length(); }\n\nint two(int x) {\n  return 1 / x; }\nint three() {\n return 3; }")
    contains(failing(k, "two(0)")[2], "] line 5: return 1 / x; }")
    contains(failing(k, "two(null)")[2], "] line 2: return s.length(); }")
    report = failing(k, "List.of(1, 0).stream().map(i ->\n  1 / i)\n  .toList()")[2]
    contains(report, "] line 2: 1 / i)")
    report = failing(k, "enum Color { RED }\nColor.valueOf(\"BLUE\")")[2]
    contains(report, "No enum constant Color.BLUE", 'line 2: Color.valueOf("BLUE")')
    report = failing(k, "class Walk {\n  void go() {\n    node.next.next = null; } }\nnew Walk().go();")[2]
    contains(report, "] line 3: node.next.next = null; } }", "] line 4: new Walk().go();")


@check("the lines of what was declared again are those of the cell that did so")
def _(k):
    k.run("int again(int x) { return 1 / x; }\nint once = again(1);")
    k.run("// changed\n\nint again(int x) {\n  int y = 2;\n  return 1 / x; }")
    cell = k.run("1")[0]["execution_count"] - 1
    contains(failing(k, "\nagain(0)")[2], f"--> cell [{cell}] line 5: return 1 / x; }}", f"cell [{cell + 2}] line 2: again(0)")
    contains(failing(k, "\n\nint once = again(0);")[2], f"cell [{cell + 3}] line 3: int once = again(0);")


@check("an error behind a loop has no line of the check that stops it")
def _(k):
    report = failing(k, "int[] two = new int[2];\nfor (int i = 0; i < 3; i++)\n  two[i] = 1;")[2]
    contains(report, "] line 3: two[i] = 1;")


@check("exceptions that are each other's cause are shown once")
def _(k):
    _, _, report = failing(
        k,
        'var one = new RuntimeException("one");\nvar other = new RuntimeException("other", one);\n'
        "one.initCause(other);\nthrow one;",
    )
    equal(report.count("RuntimeException: one"), 1)
    equal(report.count("RuntimeException: other"), 1)


@check("a constructor that is not public says what to write")
def _(k):
    report = failing(k, "record Range(int a) { Range { if (a < 0) throw new IllegalArgumentException(); } }")[2]
    contains(report, "write public before the constructor")
    k.run("record Range(int a) { public Range { if (a < 0) throw new IllegalArgumentException(); } }")
    equal(failing(k, "new Range(-1)")[0], "IllegalArgumentException")


@check("a value shows the names of a cell's types")
def _(k):
    assert k.text("new Node()").startswith("Node@"), k.text("new Node()")
    equal(k.text("new Node().getClass()"), "class Node")
    equal(k.text("List.of(Node.class, MyError.class)"), "[class Node, class MyError]")


@check("what is printed has the names of a cell's types")
def _(k):
    _, messages = k.run("System.out.println(new Node().getClass());\nSystem.out.print(Node[].class.getName());")
    equal("".join(content["text"] for _, content in messages), "class Node\n[LNode;")


@check("a class of the kernel is in no printed stack trace")
def _(k):
    _, messages = k.run(
        "void fail() {\n  throw new MyError(\"printed\"); }\n\n"
        "try { fail(); } catch (MyError e) {\n  e.printStackTrace(); }"
    )
    lines = "".join(content["text"] for _, content in messages).splitlines()
    equal(lines[0], "MyError: printed")
    contains(lines[1], '\tat cell [', '] line 2: throw new MyError("printed"); }')
    contains(lines[2], "] line 4: try { fail(); } catch (MyError e) {")
    for line in lines:
        assert not any(foreign in line for foreign in FOREIGN + ("seminar.kernel", "reflect")), lines


main()
