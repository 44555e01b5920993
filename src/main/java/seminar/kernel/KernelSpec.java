package seminar.kernel;

import com.google.gson.GsonBuilder;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How Jupyter starts the kernel: in the folder {@code kernels/NAME} the files {@code kernel.json},
 * {@code kernel.args}, an argument file of {@code java}, and {@code agent.jar}, which lets the
 * kernel give new code to classes that are loaded ({@link Redefinition}).
 *
 * @param name the name that notebooks carry, such as {@code seminar-java}
 * @param displayName the name that people see
 * @param java the {@code java} program
 * @param options options of Java, one in each element
 * @param classPath what cells and the kernel see, the kernel's own classes included
 * @param environment variables of the kernel's process
 */
public record KernelSpec(
    String name,
    String displayName,
    Path java,
    List<String> options,
    List<Path> classPath,
    Map<String, String> environment) {

  /**
   * @throws IllegalArgumentException if the name has characters that Jupyter does not allow, or the
   *     class path is empty
   */
  public KernelSpec {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "name is '%s': a kernel's name is made of letters, digits, '.', '_' and '-'"
              .formatted(name));
    }
    if (classPath.isEmpty()) {
      throw new IllegalArgumentException("classPath has 0 entries: it must hold the kernel");
    }
    options = List.copyOf(options);
    classPath = List.copyOf(classPath);
    environment = Map.copyOf(environment);
  }

  /**
   * Writes the files, each in one step, so that a kernel started meanwhile finds whole files.
   *
   * @param dataFolder a data folder of Jupyter, such as {@code ~/.local/share/jupyter}
   * @return the folder of the kernel
   * @throws IOException if it cannot be written
   */
  public Path install(Path dataFolder) throws IOException {
    Path folder = Files.createDirectories(folder(dataFolder, name));
    replace(folder.resolve("agent.jar"), agent());
    replace(folder.resolve("kernel.args"), arguments().getBytes(StandardCharsets.UTF_8));
    replace(folder.resolve("kernel.json"), json().getBytes(StandardCharsets.UTF_8));
    return folder;
  }

  /** Where a kernel lies in a data folder of Jupyter. */
  static Path folder(Path dataFolder, String name) {
    return dataFolder.resolve("kernels").resolve(name);
  }

  /**
   * Removes a kernel with all that lies in its folder.
   *
   * @param dataFolder a data folder of Jupyter, such as {@code ~/.local/share/jupyter}
   * @return whether one of this kind was there, be it half installed; a kernel of others stays
   * @throws IOException if a file cannot be removed
   */
  public static boolean remove(Path dataFolder, String name) throws IOException {
    Path folder = folder(dataFolder, name);
    Path json = folder.resolve("kernel.json");
    boolean ours =
        Files.exists(json)
            ? Files.readString(json).contains(KernelMain.class.getName())
            : Files.isDirectory(folder.resolve(KernelLibrary.NAME));
    if (!ours) {
      return false;
    }
    Files.deleteIfExists(json);
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    return true;
  }

  private static void replace(Path file, byte[] bytes) throws IOException {
    Path fresh = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
    try {
      Files.write(fresh, bytes);
      fresh.toFile().setReadable(true, false);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** A jar that names the agent's class, which is on the class path. */
  private static byte[] agent() throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(new Attributes.Name("Premain-Class"), Redefinition.class.getName());
    attributes.put(new Attributes.Name("Can-Redefine-Classes"), "true");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }

  private String arguments() {
    List<String> lines = new ArrayList<>(options);
    lines.add("-cp");
    lines.add(
        classPath.stream()
            .map(entry -> entry.toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator)));
    return lines.stream().map(KernelSpec::quoted).collect(Collectors.joining("\n", "", "\n"));
  }

  /** In an argument file blanks separate, except in quotes, where a backslash escapes. */
  private static String quoted(String argument) {
    return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private String json() {
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put(
        "argv",
        List.of(
            java.toString(),
            "@{resource_dir}/kernel.args",
            "-javaagent:{resource_dir}/agent.jar",
            KernelMain.class.getName(),
            "{connection_file}"));
    spec.put("display_name", displayName);
    spec.put("language", "java");
    spec.put("interrupt_mode", "message");
    spec.put("env", environment);
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(spec) + "\n";
  }
}
