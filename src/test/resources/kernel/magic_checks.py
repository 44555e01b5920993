"""Checks of the lines that begin with %: libraries, files, times, another language."""

import json
import pathlib
import re
import tempfile
import zipfile

from protocol import check, contains, equal, main

POM = pathlib.Path("pom.xml").read_text()


def version(name):
    """A version that the build itself uses, so that its jar is in the local repository."""
    return re.search(rf"<{name}.version>(.*?)<", POM).group(1)


def printed(messages):
    return "".join(content["text"] for kind, content in messages if kind == "stream")


def folder():
    return pathlib.Path(tempfile.mkdtemp())


def failure(k, code):
    _, message, report = k.error(code)
    assert "    at " not in report, report
    return report


@check("a library can be used in the cell that adds it, and below")
def _(k):
    code = "import com.tngtech.archunit.core.importer.*;\nnew ClassFileImporter() != null"
    equal(k.error(code)[0], "CompilationError")
    line = f"// first the library\n%maven com.tngtech.archunit:archunit:{version('archunit')}\n"
    equal(k.text(line + code), "true")
    equal(k.text("ClassFileImporter.class.getSimpleName()"), '"ClassFileImporter"'.strip('"'))
    contains(k.matches("new ClassFileImporter().importPack"), "new ClassFileImporter().importPackages(")


@check("several libraries may stand in one line, with what they need")
def _(k):
    jmh = f"org.openjdk.jmh:jmh-core:{version('jmh')}"
    format = f"com.google.googlejavaformat:google-java-format:jar:{version('google-java-format')}"
    reply, messages = k.run(f"%maven {jmh} {format}")
    equal(reply["status"], "ok")
    equal(k.text("org.openjdk.jmh.util.Optional.of(1).get()"), "1")
    equal(k.text('joptsimple.OptionParser.class.getSimpleName()'), "OptionParser")


@check("the same as plain Java")
def _(k):
    api = f"org.junit.jupiter:junit-jupiter-api:{version('junit')}"
    k.run(f'seminar.notebook.Notebook.library("{api}");')
    equal(k.text("org.junit.jupiter.api.Assertions.class.getSimpleName()"), "Assertions")
    _, message, _ = k.error('seminar.notebook.Notebook.library("junk");')
    contains(message, "group:artifact:version")


@check("a library that is not found: what was asked, where it was looked for, what to do")
def _(k):
    report = failure(k, "%maven no.such.group.seminar:nothing:1.0")
    contains(report, "no.such.group.seminar:nothing", "Looked in", "central", "Check group", "settings.xml")
    contains(failure(k, "%maven commons-csv"), "'commons-csv' is no library: write group:artifact:version")
    contains(failure(k, "%maven"), "%maven GROUP:ARTIFACT:VERSION")


@check("the libraries of a project are those of its pom.xml")
def _(k):
    dependency = f"""<dependency>
      <groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter-params</artifactId>
      <version>{version('junit')}</version></dependency>"""
    reply, _ = k.run("%%loadFromPOM\n" + dependency)
    equal(reply["status"], "ok")
    equal(k.text("org.junit.jupiter.params.ParameterizedTest.class.getSimpleName()"), "ParameterizedTest")
    contains(failure(k, "%loadFromPOM nowhere/pom.xml"), "there is no nowhere/pom.xml")


def jar(path, text):
    """A jar with a text in it."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("words.txt", text)


@check("jars and folders come onto the class path")
def _(k):
    here = folder()
    jar(here / "a.jar", "from a")
    (here / "classes").mkdir()
    (here / "classes" / "other.txt").write_text("from a folder")
    k.run(f"%jars {here}/*.jar")
    k.run(f"%classpath {here}/classes")
    k.run(
        "String read(String name) throws IOException {\n"
        "  class Here {}\n"
        "  try (var in = Here.class.getResourceAsStream(name)) { return new String(in.readAllBytes()); }\n"
        "}"
    )
    equal(k.text('read("/words.txt")'), "from a")
    equal(k.text('read("/other.txt")'), "from a folder")
    contains(failure(k, f"%jars {here}/none*.jar"), "no jar is named")
    contains(failure(k, "%classpath nowhere"), "there is no nowhere")


@check("a notebook or a file of Java is run here")
def _(k):
    here = folder()
    cells = [
        {"cell_type": "markdown", "source": "text"},
        {"cell_type": "code", "source": ["int loaded = 20;\n", "int more = 1;"]},
        {"cell_type": "code", "source": "loaded + more"},
    ]
    (here / "book.ipynb").write_text(json.dumps({"cells": cells}))
    equal(k.text(f"%load {here}/book.ipynb"), "21")
    (here / "code.jsh").write_text("/set feedback silent\nint twice(int x) {\n  return 2 * x;\n}\n/exit\n")
    equal(k.text(f"%load {here}/code.jsh\ntwice(loaded)"), "40")
    (here / "wrong.jsh").write_text("int fine = 1;\nint x = nothing;\n")
    contains(failure(k, f'%load "{here}/wrong.jsh"'), "2 | int x = nothing;", "in cell 1 of wrong.jsh")
    (here / "self.jsh").write_text(f"%load {here}/self.jsh")
    contains(failure(k, f"%load {here}/self.jsh"), "self.jsh loads itself")


@check("a statement and a cell can be timed")
def _(k):
    _, messages = k.run("int before = 1;\n%time Thread.sleep(30)\nint after = before;")
    assert re.fullmatch(r"time: 0\.[0-9]{3} s\n", printed(messages)), messages
    reply, messages = k.run("%%time\nint timed = 6;\ntimed * 7")
    contains(printed(messages), "time: ")
    equal([c["data"]["text/plain"] for kind, c in messages if kind == "execute_result"], ["42"])
    contains(failure(k, "%%time\n\nint x = nothing;"), "3 | int x = nothing;")


@check("bash runs, prints and can be stopped")
def _(k):
    reply, messages = k.run("%%bash\necho one; echo two >&2\nx=3; echo $x")
    equal((reply["status"], printed(messages)), ("ok", "one\ntwo\n3\n"))
    contains(failure(k, "%%bash\nexit 3"), "bash ended with 3")
    kind, _, _ = k.error("%%bash\nsleep 60", stop_after=0.7)
    equal(kind, "Interrupted")


@check("any other line with % is answered in one sentence that says what there is")
def _(k):
    _, messages = k.run("%lsmagic")
    contains(printed(messages), "%maven ", "%%bash ")
    for code in ("%matplotlib inline", "int kept = 5;\n%foo", "%%html\n<b>", "%%foo"):
        report = failure(k, code)
        contains(report, "is not known; there are %", "%maven", "%%time")
        equal(report.count("\n"), 0)
    contains(failure(k, "%bash ls"), "%bash is not known in this form")
    equal(k.text("kept"), "5")


@check("a % of Java stays a % of Java")
def _(k):
    equal(k.text("int b = 4;\nint rest = 7\n%b;\nrest"), "3")
    equal(k.text('String text = """\n%maven a:b:c\n""";\ntext'), "%maven a:b:c\n")
    equal(k.text('String.format("%d", 3)'), "3")
    equal(k.ask("is_complete", "%maven a:b:c")["status"], "complete")
    equal(k.matches("%ma"), ["%maven", "%mavenRepo"])
    equal(k.matches("%%t"), ["%%time"])
    contains(k.matches('%time 1\nint n = 1;\n"a".substr'), '%time 1\nint n = 1;\n"a".substring(')


main()
