package seminar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.junit.jupiter.api.Test;

/** The plan of the house (docs/ARCHITECTURE.md): data flows down this list of packages. */
class ArchitectureTest {
  /** The package seminar itself: the entry points for scripts. */
  private static final String ROOT = "";

  private static final List<String> ORDER =
      List.of(
          "file",
          "options",
          "math",
          "measure",
          "quantize",
          "retrieve",
          "data",
          "source",
          "world",
          "feature",
          "rank",
          "profile",
          "compute",
          "model",
          "loss",
          "train",
          "search",
          "serve",
          "experiment",
          "recall",
          "lesson",
          "figure",
          "kernel",
          "notebook",
          "book",
          ROOT,
          "terminal",
          "bench",
          "paper",
          "cli");

  private static final List<String> FORMATS =
      Stream.of("amazon", "jdsearch", "kuairand", "kuaisar", "movielens", "s3rec", "layout")
          .map(name -> "source." + name)
          .toList();

  private static final Set<String> MAY_NAME_ND4J =
      Set.of("compute", "model", "loss", "train", "search");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("seminar");

  @Test
  void aPackageImportsOnlyPackagesAboveIt() {
    for (int i = 0; i < ORDER.size(); i++) {
      String[] below =
          ORDER.subList(i + 1, ORDER.size()).stream()
              .map(ArchitectureTest::pattern)
              .toArray(String[]::new);
      if (below.length > 0) {
        noClasses()
            .that()
            .resideInAPackage(pattern(ORDER.get(i)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(below)
            .allowEmptyShould(true)
            .check(CLASSES);
      }
    }
  }

  @Test
  void retrievalKnowsNoCorpusAndNoModel() {
    noClasses()
        .that()
        .resideInAPackage(pattern("retrieve"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(pattern("data"), pattern("model"))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theKernelCouldBeUsedAlone() {
    String[] others =
        ORDER.stream()
            .filter(name -> !name.equals("kernel"))
            .map(ArchitectureTest::pattern)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(pattern("kernel"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheListedPackagesNameNd4j() {
    String[] others =
        ORDER.stream()
            .filter(name -> !MAY_NAME_ND4J.contains(name))
            .map(ArchitectureTest::pattern)
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAnyPackage(others)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.bytedeco..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyCommandsNamePicocli() {
    noClasses()
        .that()
        .resideOutsideOfPackage(pattern("cli"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }

  @Test
  void everyClassIsInAPackageOfThePlan() {
    String[] all = ORDER.stream().map(ArchitectureTest::pattern).toArray(String[]::new);
    classes()
        .that()
        .doNotHaveSimpleName("package-info")
        .should()
        .resideInAnyPackage(all)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void nobodyAddsLanesInAnOrderThatChangesWhenCodeIsCompiled() {
    noClasses()
        .should()
        .callMethod(FloatVector.class, "reduceLanes", VectorOperators.Associative.class)
        .because("seminar.math.Lanes adds them in a fixed order: same seed, same bits")
        .check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws Exception {
    List<Path> silent = new ArrayList<>();
    try (Stream<Path> folders = Files.walk(Path.of("src/main/java/seminar"))) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        if (!Files.exists(folder.resolve("package-info.java"))) {
          silent.add(folder);
        }
      }
    }
    assertEquals(List.of(), silent);
  }

  @Test
  void formatsOfLogsDoNotKnowEachOtherAndTheirPackageKnowsNoneOfThem() {
    for (String format : FORMATS) {
      String[] others =
          FORMATS.stream()
              .filter(name -> !name.equals(format))
              .map(ArchitectureTest::pattern)
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAnyPackage("seminar.source", pattern(format))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(CLASSES);
    }
  }

  /** Any format may be read as a table. */
  @Test
  void tablesKnowNoFormat() {
    noClasses()
        .that()
        .resideInAPackage(pattern("source.table"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(FORMATS.stream().map(ArchitectureTest::pattern).toArray(String[]::new))
        .check(CLASSES);
  }

  /** A notebook imports whole packages. */
  @Test
  void noTwoPublicTypesShareASimpleName() {
    Map<String, List<String>> packages = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      if (type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC)) {
        packages
            .computeIfAbsent(type.getSimpleName(), name -> new ArrayList<>())
            .add(type.getPackageName());
      }
    }
    packages.values().removeIf(of -> of.size() == 1);
    assertEquals(Map.of(), packages);
  }

  private static String pattern(String name) {
    return name.equals(ROOT) ? "seminar" : "seminar." + name + "..";
  }
}
