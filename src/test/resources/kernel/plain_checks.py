"""Checks of the kernel alone, which knows nothing of Seminar."""

import os
import tempfile

os.environ["JUPYTER_PATH"] = os.path.abspath("target/jupyter-alone/share/jupyter")

from protocol import check, contains, equal, main  # noqa: E402


@check("Seminar is not there, the kernel is")
def _(k):
    equal(k.error('Class.forName("seminar.math.Vectors")')[:2], ("ClassNotFoundException", "seminar.math.Vectors"))
    equal(k.text("int a = 40;\na + 2"), "42")
    contains(k.text("%variables"), "a  int  40")
    assert k.matches("List.o")


@check("the kernel alone writes no warning")
def _(k):
    equal(k.text('ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()'), "false")


@check("variables keep their values in the kernel alone")
def _(k):
    k.run("int f() { return 1; }\nvar v = f();")
    k.run("int f() { return 2; }")
    equal(k.text("v"), "1")


@check("the lines with % have what they need")
def _(k):
    with tempfile.TemporaryDirectory() as folder:
        k.run(f"%classpath {folder}")
        contains(k.run("%%time\n1 + 1")[1][0][1]["text"], "time: ")
        _, message, report = k.error("%maven no.such.group:nothing:1")
        contains(report, "no.such.group:nothing:1 cannot be had", "Looked in")


main(name="seminar-java-plain")
