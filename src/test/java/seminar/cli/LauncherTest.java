package seminar.cli;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./seminar}, in a copy of the project's outline whose path has blanks. */
class LauncherTest {
  private static final Path CLASSES = Path.of("target/classes").toAbsolutePath();
  private static final int LIMIT_SECONDS = 60;

  @TempDir Path temporary;
  private Path root;
  private Path tools;
  private final Map<Process, Path> outputs = new HashMap<>();

  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void outline() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher needs a POSIX shell");
    root = Files.createDirectories(temporary.resolve("a folder with blanks"));
    tools = Files.createDirectories(temporary.resolve("tools"));
    Files.copy(Path.of("seminar"), root.resolve("seminar"), COPY_ATTRIBUTES);
    Files.createDirectories(root.resolve("src/main"));
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Path target = Files.createDirectories(root.resolve("target"));
    Files.createSymbolicLink(target.resolve("classes"), CLASSES);
    Files.copy(Path.of("target/classpath.txt"), target.resolve("classpath.txt"));
    Files.createFile(target.resolve("seminar.jar"));
    age(root.resolve("pom.xml"), 20);
    age(root.resolve("src/main"), 20);
  }

  /** JUnit warns of links that lead out of its folder. */
  @AfterEach
  void removeLinks() throws IOException {
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  private static void age(Path file, int seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
  }

  /** A program on PATH that stands in for another. */
  private void tool(String name, String... lines) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Makes the sources newer than the jar. */
  private void editSource() throws IOException {
    age(root.resolve("target/seminar.jar"), 10);
    Files.writeString(root.resolve("src/main/New.java"), "class New {}");
  }

  private Process start(Path folder, Map<String, String> environment, String... command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("PATH", tools + ":" + System.getenv("PATH"));
    builder.environment().put("XDG_CACHE_HOME", temporary.resolve("cache").toString());
    builder.environment().putAll(environment);
    Path out = Files.createTempFile(temporary, "out", "");
    builder.redirectOutput(out.toFile()).redirectError(Path.of(out + ".err").toFile());
    Process process = builder.start();
    outputs.put(process, out);
    return process;
  }

  private Result result(Process process) throws Exception {
    assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "did not end");
    Path out = outputs.get(process);
    return new Result(
        process.exitValue(), Files.readString(out), Files.readString(Path.of(out + ".err")));
  }

  private Result run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("./seminar"));
    command.addAll(List.of(arguments));
    return result(start(root, Map.of(), command.toArray(String[]::new)));
  }

  @Test
  void helpListsTheCommandsAndIsSilentOtherwise() throws Exception {
    Result result = run("--help");
    assertEquals(0, result.exitCode(), result::err);
    assertEquals("", result.err());
    for (String command : List.of("reproduce", "test", "lab", "bench")) {
      assertTrue(result.out().contains("\n  " + command + " "), result::out);
    }
  }

  @Test
  void anUnknownCommandIsOneSentenceAndExitCode2() throws Exception {
    Result result = run("trian");
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertEquals(
        "seminar: there is no command 'trian' (did you mean train?); see ./seminar --help\n",
        result.err());
  }

  @Test
  void worksThroughSymbolicLinksFromAnyDirectory() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), root.resolve("seminar"));
    Path second = Files.createSymbolicLink(tools.resolve("seminar"), Path.of("../link"));
    for (String program : List.of(link.toString(), second.toString(), "seminar")) {
      Result result = result(start(temporary, Map.of(), "/bin/sh", "-c", "\"$0\" -V", program));
      assertEquals(0, result.exitCode(), result::err);
      assertTrue(result.out().startsWith("seminar "), result::out);
      assertEquals("", result.err());
    }
  }

  @Test
  void withoutAJdkItSaysWhatToInstall() throws Exception {
    tool("java", "exit 0");
    Map<String, String> none = Map.of("JAVA_HOME", "", "SEMINAR_JDKS", tools.toString());
    Result result = result(start(root, none, "./seminar", "--help"));
    assertEquals(1, result.exitCode());
    assertTrue(result.err().startsWith("seminar: needs a JDK 25 or newer"), result::err);
    assertEquals(1, result.err().lines().count());
  }

  @Test
  void anOldJavaHomeIsPassedOverForANewerJdk() throws Exception {
    Path old = Files.createDirectories(temporary.resolve("old/bin"));
    for (String program : List.of("java", "javac")) {
      Files.createSymbolicLink(old.resolve(program), Path.of("/bin/false"));
    }
    Files.writeString(temporary.resolve("old/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Path jdks = Files.createDirectories(temporary.resolve("some jdks"));
    Files.createSymbolicLink(jdks.resolve("new one"), Path.of(System.getProperty("java.home")));
    Map<String, String> environment =
        Map.of("JAVA_HOME", old.getParent().toString(), "SEMINAR_JDKS", jdks.toString());
    Result result = result(start(root, environment, "./seminar", "-V"));
    assertEquals(0, result.exitCode(), result::err);
  }

  @Test
  void anEditIsBuiltOnceByMavenWithTheJdkThatWasFound() throws Exception {
    tool(
        "mvn", "echo \"$JAVA_HOME $*\" >>\"" + temporary + "/builds\"", "touch target/seminar.jar");
    editSource();
    assertEquals("seminar: building…\n", run("-V").err());
    assertEquals("", run("-V").err());
    String builds = Files.readString(temporary.resolve("builds"));
    assertEquals(1, builds.lines().count(), builds);
    assertTrue(builds.startsWith(System.getProperty("java.home") + " "), builds);
    assertTrue(builds.contains("-Dmaven.test.skip=true package"), builds);
  }

  @Test
  void theProfileCudaHasAClassPathOfItsOwnThatIsMadeOnce() throws Exception {
    tool(
        "mvn",
        "echo \"$*\" >>\"" + temporary + "/builds\"",
        "cp target/classpath.txt target/classpath-cuda.txt");
    tool("nvidia-smi", "exit 9");
    String without = "seminar: no CUDA device (nvidia-smi names none): nd4j computes on the CPU\n";
    byte[] usual = Files.readAllBytes(root.resolve("target/classpath.txt"));
    String getting = "seminar: getting ND4J for CUDA, about a gigabyte, once…\n";
    assertEquals(getting + without, run("--profile", "cuda", "-V").err());
    assertEquals(without, run("--profile", "cuda", "-V").err());
    String builds = Files.readString(temporary.resolve("builds"));
    assertEquals(1, builds.lines().count(), builds);
    assertTrue(builds.contains("-Pcuda generate-resources"), builds);
    assertArrayEquals(usual, Files.readAllBytes(root.resolve("target/classpath.txt")));
    assertEquals("", run("-V").err());

    tool("nvidia-smi", "echo '8.6, NVIDIA A10'");
    assertEquals("seminar: CUDA device: NVIDIA A10\n", run("--profile", "cuda", "-V").err());
    tool("nvidia-smi", "echo '9.0, NVIDIA H200'");
    assertEquals(
        "seminar: no CUDA device for ND4J, whose binaries run on compute capability 3.7 to 8.6 and"
            + " not on 9.0 (NVIDIA H200): nd4j computes on the CPU\n",
        run("--profile", "cuda", "-V").err());
    Result other = run("--profile", "rocm", "-V");
    assertEquals(1, other.exitCode());
    assertEquals("seminar: there is no profile 'rocm': there is cuda\n", other.err());
  }

  @Test
  void aFailedBuildShowsMavensErrors() throws Exception {
    tool("mvn", "echo '[ERROR] New.java: no such thing'", "exit 1");
    editSource();
    Result result = run("-V");
    assertEquals(1, result.exitCode());
    assertEquals("", result.out());
    assertTrue(result.err().contains("[ERROR] New.java: no such thing\n"), result::err);
    assertTrue(result.err().endsWith("the build failed: Maven's errors are above.\n"), result::err);
    assertFalse(Files.exists(root.resolve("target/.lock")));
  }

  @Test
  void startsAtTheSameTimeBuildOnce() throws Exception {
    tool("mvn", "echo build >>\"" + temporary + "/builds\"", "sleep 1", "touch target/seminar.jar");
    editSource();
    List<Process> starts = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      starts.add(start(root, Map.of(), "./seminar", "-V"));
    }
    for (Process process : starts) {
      assertEquals(0, result(process).exitCode());
    }
    assertEquals("build\n", Files.readString(temporary.resolve("builds")));
  }

  @Test
  void theLockOfAProcessThatIsNoMoreIsBroken() throws Exception {
    tool("mvn", "touch target/seminar.jar");
    editSource();
    Process gone = new ProcessBuilder("/bin/true").start();
    gone.waitFor();
    Path lock = Files.createDirectories(root.resolve("target/.lock"));
    Files.writeString(lock.resolve("holder"), gone.pid() + "\n");
    assertEquals(0, run("-V").exitCode());
    assertFalse(Files.exists(lock));
  }

  @Test
  void labInstallsTheKernelWhereItIsTold() throws Exception {
    Path prefix = temporary.resolve("pre fix");
    Result result = run("lab", "--install-only", "--prefix", prefix.toString());
    assertEquals(0, result.exitCode(), result::err);
    Path kernel = prefix.resolve("share/jupyter/kernels/seminar-java");
    String json = Files.readString(kernel.resolve("kernel.json"));
    assertTrue(json.contains("\"display_name\": \"Java (Seminar)\""), json);
    String arguments = Files.readString(kernel.resolve("kernel.args"));
    assertTrue(arguments.contains("\"-Dseminar.home=" + kernel.resolve("lib") + "\""), arguments);
    assertFalse(arguments.contains(root.toRealPath().toString()), arguments);
    assertTrue(arguments.contains("\"--add-modules=jdk.incubator.vector\""), arguments);
  }

  @Test
  void labRemovesWhatItHasInstalled() throws Exception {
    String prefix = temporary.resolve("prefix").toString();
    run("lab", "--install-only", "--prefix", prefix);
    Files.copy(Path.of("target/kernel-classpath.txt"), root.resolve("target/kernel-classpath.txt"));
    Files.createFile(root.resolve("target/seminar-kernel.jar"));
    Result result = run("lab", "--install-only", "--plain", "--prefix", prefix);
    assertEquals(0, result.exitCode(), result::err);
    Path kernels = temporary.resolve("prefix/share/jupyter/kernels");
    assertTrue(Files.exists(kernels.resolve("seminar-java-plain/lib/seminar-kernel.jar")));
    result = run("lab", "--remove", "--plain", "--prefix", prefix);
    assertEquals(0, result.exitCode(), result::err);
    assertFalse(Files.exists(kernels.resolve("seminar-java-plain")));
    assertTrue(Files.exists(kernels.resolve("seminar-java/lib/seminar.jar")));
    result = run("lab", "--remove", "--prefix", prefix);
    assertEquals(0, result.exitCode(), result::err);
    assertFalse(Files.exists(kernels.resolve("seminar-java")));
    result = run("lab", "--remove", "--prefix", prefix);
    assertEquals(0, result.exitCode(), result::err);
    assertTrue(result.out().startsWith("There is no kernel of Seminar in "), result::out);
  }

  @Test
  void openingTheLabLeavesInstalledKernelsAlone() throws Exception {
    Files.createDirectories(root.resolve("notebooks"));
    tool(
        "my-jupyter",
        "[ \"$2\" = --version ] || cat \"${JUPYTER_PATH%%:*}\"/kernels/*/kernel.args");
    tool("python3", "exit 0");
    Path data = temporary.resolve("data");
    Map<String, String> environment =
        Map.of(
            "SEMINAR_JUPYTER", "my-jupyter",
            "JUPYTER_DATA_DIR", data.toString(),
            "JUPYTER_PATH", "/other");
    Result result = result(start(root, environment, "./seminar", "lab"));
    assertEquals(0, result.exitCode(), result::err);
    assertTrue(result.out().contains("-Dseminar.home=" + root.toRealPath()), result::out);
    assertTrue(result.out().contains(root.toRealPath() + "/target/classes"), result::out);
    assertFalse(Files.exists(data));
  }

  @Test
  void labInstallsTheKernelForTheUserAsJupyterItselfLooksForIt() throws Exception {
    String kernel = "kernels/seminar-java/kernel.json";
    Path data = temporary.resolve("data");
    for (Map<String, String> environment :
        List.of(
            Map.of("JUPYTER_DATA_DIR", data.toString()),
            Map.of("JUPYTER_DATA_DIR", "", "XDG_DATA_HOME", data.toString(), "HOME", "/nowhere"),
            Map.of("JUPYTER_DATA_DIR", "", "XDG_DATA_HOME", "", "HOME", data.toString()))) {
      Result result = result(start(root, environment, "./seminar", "lab", "--install-only"));
      assertEquals(0, result.exitCode(), result::err);
    }
    assertTrue(Files.exists(data.resolve(kernel)));
    if (!System.getProperty("os.name").startsWith("Mac")) {
      assertTrue(Files.exists(data.resolve("jupyter").resolve(kernel)));
      assertTrue(Files.exists(data.resolve(".local/share/jupyter").resolve(kernel)));
    }
  }

  @Test
  void aProgramOfOneFileIsRunWithItsArgumentsAndItsExitCode() throws Exception {
    Files.writeString(
        root.resolve("Say.java"),
        """
        void main(String[] words) {
          IO.println(seminar.math.Vectors.dot(new float[] {1, 2}, 0, new float[] {3, 4}, 0, 2));
          IO.println(String.join("|", words));
          System.exit(words.length);
        }
        """);
    Result result = run("run", "Say.java", "one", "two words", "--seed");
    assertEquals(3, result.exitCode(), result::err);
    assertEquals("11.0\none|two words|--seed\n", result.out());
    assertEquals(2, run("run").exitCode());
    assertTrue(run("run", "--help").out().contains("docs/examples/Demo.java"));
  }

  @Test
  void jshellSeesTheLibraryAndItsOptions() throws Exception {
    String snippet =
        "IO.println(seminar.math.Vectors.dot(new float[] {1, 2}, 0, new float[] {3, 4}, 0, 2))";
    Files.writeString(root.resolve("a b.jsh"), snippet + "\n/exit\n");
    Result result = run("jshell", "a b.jsh");
    assertEquals(0, result.exitCode(), result::err);
    assertEquals("11.0\n", result.out());
  }

  @Test
  void theClassPathIsOneLineThatAnyJavaTakes() throws Exception {
    Result result = run("classpath");
    assertEquals(1, result.out().lines().count());
    assertTrue(result.out().startsWith(root.toRealPath() + "/target/classes:"), result::out);
    assertTrue(run("classpath", "--options").out().startsWith("--add-modules="), result::out);
    assertEquals("", result.err());
  }

  @Test
  void aSignalEndsItWithTheUsualExitCode() throws Exception {
    tool("mvn", "kill -TERM $PPID", "sleep 0.2");
    editSource();
    assertEquals(143, run("-V").exitCode());
    assertFalse(Files.exists(root.resolve("target/.lock")));
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws Exception {
    for (String name :
        List.of(
            "dirname", "readlink", "sed", "find", "head", "mkdir", "cat", "touch", "rm", "sh")) {
      Path program =
          Stream.of("/bin", "/usr/bin")
              .map(folder -> Path.of(folder, name))
              .filter(Files::isExecutable)
              .findFirst()
              .orElseThrow();
      Files.createSymbolicLink(tools.resolve(name), program);
    }
    editSource();
    Map<String, String> noMaven = Map.of("PATH", tools.toString());
    Result result = result(start(root, noMaven, "./seminar", "-V"));
    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("seminar: needs Maven 3.8 or newer"), result::err);
    assertFalse(Files.exists(root.resolve("target/.lock")));
  }

  @Test
  void whereItCannotWriteItSaysSo() throws Exception {
    Path target = root.resolve("target");
    tool("mvn", "exit 1");
    editSource();
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r-xr-xr-x"));
    boolean mayWriteAnyway = Files.isWritable(target);
    if (mayWriteAnyway) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(target, root.resolve("elsewhere"));
      Files.writeString(target, "a file");
    }
    Result result = run("-V");
    if (!mayWriteAnyway) {
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    assertEquals(1, result.exitCode());
    assertTrue(
        result.err().startsWith("seminar: cannot write to " + root.toRealPath() + "/target: "),
        result::err);
    assertEquals(1, result.err().lines().count(), result::err);
  }

  @Test
  void theLockOfALiveProcessStandsWherePsIsOfNoUse() throws Exception {
    tool("mvn", "touch target/seminar.jar");
    tool("ps", "exit 1");
    tool("sleep", "cat target/.lock/holder >\"" + temporary + "/seen\"", "rm -rf target/.lock");
    editSource();
    Path lock = Files.createDirectories(root.resolve("target/.lock"));
    String holder = ProcessHandle.current().pid() + "\n";
    Files.writeString(lock.resolve("holder"), holder);
    assertEquals(0, run("-V").exitCode());
    assertEquals(holder, Files.readString(temporary.resolve("seen")));
  }

  @Test
  void aFailedDownloadKeepsAJupyterThatWorks() throws Exception {
    Path script = root.resolve("seminar");
    Files.writeString(
        script, Files.readString(script).replace("/usr/bin/jupyter", "/nowhere/jupyter"));
    tool("jupyter", "exit 1");
    tool("apt-get", "exit 1");
    tool("python3", "[ \"$1 $2\" = '-m venv' ]");
    Path cache = temporary.resolve("cache");
    Path bin = cache.resolve("seminar/jupyter/bin");
    Map<String, String> environment =
        Map.of("XDG_CACHE_HOME", cache.toString(), "SEMINAR_JUPYTER", "");
    assertEquals(1, result(start(root, environment, "./seminar", "lab")).exitCode());
    assertFalse(Files.exists(bin.getParent()));

    Files.createDirectories(bin);
    Files.copy(tools.resolve("jupyter"), bin.resolve("jupyter"), COPY_ATTRIBUTES);
    tool("imports", "[ \"$1\" = -c ]");
    Files.copy(tools.resolve("imports"), bin.resolve("python3"), COPY_ATTRIBUTES);
    Result result = result(start(root, environment, "./seminar", "lab"));
    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("seminar: pip could not get it."), result::err);
    assertTrue(Files.exists(bin.resolve("jupyter")));
  }

  @Test
  void whatJavaHasAgainstItsOptionsIsShown() throws Exception {
    Map<String, String> wrong = Map.of("SEMINAR_JAVA_OPTS", "-Xss2m -Xmx8gb");
    Result result = result(start(root, wrong, "./seminar", "-V"));
    assertEquals(1, result.exitCode());
    assertTrue(result.err().startsWith("Invalid maximum heap size: -Xmx8gb\n"), result::err);
    assertTrue(
        result.err().contains("\nseminar: Java does not start with SEMINAR_JAVA_OPTS="),
        result::err);
    Map<String, String> right = Map.of("SEMINAR_JAVA_OPTS", "-Xss2m -Xmx1g");
    result = result(start(root, right, "./seminar", "-V"));
    assertEquals(0, result.exitCode(), result::err);
    assertEquals("", result.err());
  }

  @Test
  void theJupyterThatIsNamedMayBeARelativePathOrAName() throws Exception {
    Files.createDirectories(root.resolve("notebooks"));
    tool("my-jupyter", "[ \"$2\" = --version ] || echo \"$1 in $PWD\"");
    tool("python3", "exit 0");
    String data = temporary.resolve("data").toString();
    Path folder = Files.createDirectories(temporary.resolve("elsewhere"));
    for (String jupyter : List.of("my-jupyter", "../tools/my-jupyter")) {
      Map<String, String> environment =
          Map.of("SEMINAR_JUPYTER", jupyter, "JUPYTER_DATA_DIR", data);
      Result result = result(start(folder, environment, root + "/seminar", "lab"));
      assertEquals(0, result.exitCode(), result::err);
      assertTrue(
          result.out().endsWith("lab in " + root.toRealPath() + "/notebooks\n"), result::out);
    }
  }
}
