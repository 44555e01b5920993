"""Checks of a kernel that was installed with all its files, from a project that is gone."""

import os

os.environ["JUPYTER_PATH"] = os.path.abspath("target/jupyter-alone/share/jupyter")

from protocol import check, contains, equal, main  # noqa: E402


@check("all that the kernel runs from lies in its own folder")
def _(k):
    folder = os.path.join(os.environ["JUPYTER_PATH"], "kernels", "seminar-java", "lib")
    entries = k.text('System.getProperty("java.class.path")').split(os.pathsep)
    equal([entry for entry in entries if os.path.dirname(entry) != folder], [])
    place = k.text("seminar.math.Vectors.class.getProtectionDomain().getCodeSource().getLocation()")
    contains(place, "/lib/seminar.jar")


@check("the installed kernel computes and shows tables")
def _(k):
    equal(k.text("seminar.math.Vectors.dot(new float[] {1, 2}, 0, new float[] {3, 4}, 0, 2)"), "11.0")
    contains(k.value("record P(int x) {}\nnew P(1)")["text/html"], "<table")


@check("native libraries are found")
def _(k):
    equal(k.text("org.nd4j.linalg.factory.Nd4j.ones(2, 2).sumNumber().intValue()"), "4")


@check("the installed kernel has the comments of the sources")
def _(k):
    contains(k.inspect("seminar.notebook.Notebook.variables"), "have declared so far")


@check("values are kept by the installed kernel too")
def _(k):
    k.run("int f() { return 1; }\nvar v = f();")
    k.run("int f() { return 2; }")
    equal(k.text("v"), "1")


main()
