package seminar.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelSpecTest {
  @TempDir Path data;

  private static KernelSpec spec(String name, List<Path> classPath) {
    return new KernelSpec(
        name,
        "Java",
        Path.of("/jdk/bin/java"),
        List.of("-Xmx1g", "-Da=b c\"d\\e"),
        classPath,
        Map.of("OMP_NUM_THREADS", "1"));
  }

  @Test
  void writesWhatJupyterNeedsAndNothingElse() throws Exception {
    Path folder = spec("java-x", List.of(Path.of("/a b/c"), Path.of("/d.jar"))).install(data);
    spec("java-x", List.of(Path.of("/a b/c"), Path.of("/d.jar"))).install(data);
    assertEquals(data.resolve("kernels/java-x"), folder);
    JsonNode json = new ObjectMapper().readTree(folder.resolve("kernel.json").toFile());
    assertEquals("message", json.get("interrupt_mode").asText());
    assertEquals("java", json.get("language").asText());
    assertEquals("1", json.get("env").get("OMP_NUM_THREADS").asText());
    assertEquals("/jdk/bin/java", json.get("argv").get(0).asText());
    assertEquals("@{resource_dir}/kernel.args", json.get("argv").get(1).asText());
    assertEquals("-javaagent:{resource_dir}/agent.jar", json.get("argv").get(2).asText());
    assertEquals("{connection_file}", json.get("argv").get(4).asText());
    try (JarFile agent = new JarFile(folder.resolve("agent.jar").toFile())) {
      Attributes attributes = agent.getManifest().getMainAttributes();
      assertEquals(Redefinition.class.getName(), attributes.getValue("Premain-Class"));
      assertEquals("true", attributes.getValue("Can-Redefine-Classes"));
    }
    assertEquals(
        List.of(
            "\"-Xmx1g\"",
            "\"-Da=b c\\\"d\\\\e\"",
            "\"-cp\"",
            "\"/a b/c" + File.pathSeparator + "/d.jar\""),
        Files.readAllLines(folder.resolve("kernel.args")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void aNameThatJupyterRefusesIsAnError() {
    assertThrows(IllegalArgumentException.class, () -> spec("a b", List.of(Path.of("c"))));
    assertThrows(IllegalArgumentException.class, () -> spec("a", List.of()));
  }
}
