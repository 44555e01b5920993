package seminar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.file.Sha256;

class CorpusFolderTest {
  @TempDir Path parent;

  private Path written() throws IOException {
    Path folder = parent.resolve("corpus");
    CorpusFolder.write(RandomHistories.tiny(), folder);
    return folder;
  }

  private static String failure(Path folder) {
    return assertThrows(IOException.class, () -> CorpusFolder.read(folder)).getMessage();
  }

  private List<Path> siblings() throws IOException {
    try (var files = Files.list(parent)) {
      return files.toList();
    }
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    Corpus corpus = RandomHistories.tiny();
    Corpus back = CorpusFolder.read(written());
    assertEquals(corpus.hash(), back.hash());
    assertEquals(corpus.statistics(), back.statistics());
    assertEquals(corpus.manifest(), back.manifest());
    assertEquals("Tèa ☕", back.catalog().text(3));
    assertArrayEquals(new int[] {2, 3}, back.queries().tokens(2));
    assertEquals(corpus.histories().time(4), back.histories().time(4));
    assertEquals(FeatureFiles.none(), back.features());
    assertEquals(List.of(parent.resolve("corpus")), siblings());
  }

  @Test
  void columnsThatALogDoesNotHaveStayAbsent() throws IOException {
    Corpus tiny = RandomHistories.tiny();
    Histories histories = RandomHistories.random(3, 4, 2);
    Manifest manifest =
        new Manifest(
            "named",
            "test/2",
            Map.of("minLength", "2"),
            Map.of("lines", 7L),
            Map.of("log.csv", "abc"),
            List.of("log.csv:3: bad"));
    Corpus corpus =
        new Corpus(manifest, tiny.catalog(), tiny.queries(), histories, FeatureFiles.none());
    CorpusFolder.write(corpus, parent.resolve("x"));
    Corpus back = CorpusFolder.read(parent.resolve("x"));
    assertFalse(back.histories().hasTimes());
    assertFalse(back.histories().hasActions());
    assertEquals(manifest, back.manifest());
    assertEquals(corpus.hash(), back.hash());
  }

  @Test
  void everyDamagedFileIsFoundAndNamed() throws IOException {
    Path folder = written();
    List<Path> files;
    try (var list = Files.list(folder)) {
      files = list.filter(file -> !file.toString().endsWith(".json")).toList();
    }
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      String name = file.getFileName().toString();
      if (good.length > 0) {
        Files.write(file, Arrays.copyOf(good, good.length - 1));
        assertTrue(failure(folder).contains(name + " is " + (good.length - 1) + " bytes long"));
        assertTrue(failure(folder).contains("truncated; make the corpus again"));
        byte[] flipped = good.clone();
        flipped[good.length / 2] ^= 4;
        Files.write(file, flipped);
        assertTrue(failure(folder).contains(name + " does not have the checksum"));
      }
      Files.delete(file);
      assertTrue(failure(folder).contains(name + " is missing"));
      Files.write(file, good);
    }
    assertEquals(RandomHistories.tiny().hash(), CorpusFolder.read(folder).hash());
  }

  @Test
  void aDamagedManifestIsNamed() throws IOException {
    Path folder = written();
    Path manifest = folder.resolve("manifest.json");
    String good = Files.readString(manifest);
    Files.writeString(manifest, good.substring(0, good.length() / 2));
    assertTrue(failure(folder).contains("manifest.json, line "), failure(folder));
    Files.writeString(manifest, good.replace("seminar-corpus/2", "seminar-corpus/9"));
    assertTrue(failure(folder).contains("does not say format"), failure(folder));
    Files.writeString(manifest, "{\"format\": \"seminar-corpus/2\"}");
    assertTrue(failure(folder).contains("incomplete"), failure(folder));
    Files.writeString(manifest, good.replace("\"item-id.utf8\"", "\"../corpus2/item-id.utf8\""));
    assertTrue(failure(folder).contains("lists a wrong file"), failure(folder));
    Files.delete(manifest);
    assertTrue(failure(folder).contains("is no corpus folder"), failure(folder));
  }

  @Test
  void columnsThatContradictEachOtherAreRefused() throws IOException {
    Path folder = written();
    Path items = folder.resolve("event-item.i32");
    byte[] bytes = Files.readAllBytes(items);
    String before = Sha256.of(items);
    bytes[0] = 77;
    Files.write(items, bytes);
    Path manifest = folder.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace(before, Sha256.of(items)));
    assertTrue(failure(folder).contains("is 77, outside 1..3"), failure(folder));
  }

  @Test
  void aWriteThatFailsLeavesTheOldFolderAsItWas() throws IOException {
    Path folder = written();
    Path absent = parent.resolve("absent.npy");
    Corpus broken =
        RandomHistories.tiny()
            .withFeatures(new FeatureFiles(Optional.of(absent), Optional.empty()));
    assertThrows(IOException.class, () -> CorpusFolder.write(broken, folder));
    assertEquals(RandomHistories.tiny().hash(), CorpusFolder.read(folder).hash());
    assertEquals(List.of(folder), siblings());
  }

  @Test
  void aFolderIsReplacedByANewerCorpusAndItsFeaturesComeAlong() throws IOException {
    Path folder = written();
    Path matrix = Files.write(parent.resolve("m.npy"), new byte[] {1, 2, 3});
    Corpus corpus =
        CorpusFolder.read(folder)
            .withFeatures(new FeatureFiles(Optional.empty(), Optional.of(matrix)));
    CorpusFolder.write(corpus, folder);
    Corpus back = CorpusFolder.read(folder);
    assertEquals(Optional.of(folder.resolve("image.npy")), back.features().image());
    assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(folder.resolve("image.npy")));
    CorpusFolder.write(back, folder);
    assertEquals(3, Files.size(CorpusFolder.read(folder).features().image().orElseThrow()));
    Files.write(folder.resolve("image.npy"), new byte[] {1, 2, 4});
    assertTrue(failure(folder).contains("image.npy does not have the checksum"), failure(folder));
  }

  @Test
  void whatOneReaderMayReadAnotherMay() throws IOException {
    boolean posix = Files.getFileStore(parent).supportsFileAttributeView("posix");
    Assumptions.assumeTrue(posix, "this file system has no permissions");
    Path plain = Files.createDirectory(parent.resolve("plain"));
    Path folder = written();
    assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(folder));
  }

  @Test
  void aFolderThatHoldsSomethingElseIsNotTouched() throws IOException {
    Path folder = Files.createDirectories(parent.resolve("thesis"));
    Files.writeString(folder.resolve("chapter1.txt"), "years of work");
    IOException e =
        assertThrows(IOException.class, () -> CorpusFolder.write(RandomHistories.tiny(), folder));
    assertTrue(e.getMessage().contains("something that is no corpus"), e.getMessage());
    assertEquals("years of work", Files.readString(folder.resolve("chapter1.txt")));
    Path empty = Files.createDirectories(parent.resolve("empty"));
    CorpusFolder.write(RandomHistories.tiny(), empty);
    assertEquals(RandomHistories.tiny().hash(), CorpusFolder.read(empty).hash());
  }

  @Test
  void aManifestOfSomethingElseIsNoLicenceToDelete() throws IOException {
    Path folder = Files.createDirectories(parent.resolve("app"));
    Files.writeString(folder.resolve("manifest.json"), "{\"name\": \"my web page\"}");
    Path page = Files.writeString(folder.resolve("index.html"), "years of work");
    assertThrows(IOException.class, () -> CorpusFolder.write(RandomHistories.tiny(), folder));
    assertEquals("years of work", Files.readString(page));
  }

  @Test
  void theFolderInWhichOneStandsIsAFolder() throws IOException {
    Path file = Path.of("pom.xml");
    FolderFiles.Entry entry = new FolderFiles.Entry(Files.size(file), Sha256.of(file));
    FolderFiles contents = new FolderFiles("", null, Map.of("pom.xml", entry));
    for (Path here : List.of(Path.of("."), Path.of(""), Path.of("src/.."))) {
      Path found = contents.whole(here, "pom.xml", CheckedFiles.none(here));
      assertTrue(Files.isSameFile(file, found), "seen from '" + here + "'");
    }
  }

  private static void age(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
      }
    }
  }

  @Test
  void aFileThatWasFoundWholeIsNotReadAgainUntilItChanges() throws IOException {
    Path folder = written();
    Files.delete(folder.resolve("checked.json"));
    age(folder);
    CorpusFolder.read(folder);
    assertTrue(Files.readString(folder.resolve("checked.json")).contains("event-time.i64"));
    Path times = folder.resolve("event-time.i64");
    byte[] good = Files.readAllBytes(times);
    byte[] flipped = good.clone();
    flipped[3] ^= 1;
    Files.write(times, flipped);
    assertTrue(failure(folder).contains("event-time.i64 does not have the checksum"));
    Files.setLastModifiedTime(times, FileTime.fromMillis(1_700_000_000_000L));
    assertEquals(
        RandomHistories.tiny().hash(), CorpusFolder.read(folder).hash(), "it was not read again");
    Files.write(times, good);
    Files.writeString(folder.resolve("checked.json"), "{ damaged");
    assertEquals(RandomHistories.tiny().hash(), CorpusFolder.read(folder).hash());
  }

  @Test
  void companionsLieBesideTheCorpusAndAreNoPartOfIt() throws IOException {
    Path folder = parent.resolve("corpus");
    MemorySegment truth = MemorySegment.ofArray(new byte[] {1, 2, 3});
    CorpusFolder.write(RandomHistories.tiny(), folder, Map.of("truth-intent.i8", truth));
    assertEquals(RandomHistories.tiny().hash(), CorpusFolder.read(folder).hash());
    assertEquals(2, CorpusFolder.companion(folder, "truth-intent.i8").get(Columns.BYTE, 1));
    IOException none =
        assertThrows(IOException.class, () -> CorpusFolder.companion(folder, "truth-cold.i8"));
    assertTrue(none.getMessage().contains("came without truth-cold.i8"), none.getMessage());
    Files.write(folder.resolve("truth-intent.i8"), new byte[] {1, 2, 4});
    assertTrue(failure(folder).contains("truth-intent.i8 does not have the checksum"));
    for (String wrong : List.of("../x.i8", "event-item.i32", "x.npy", "x")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> CorpusFolder.write(RandomHistories.tiny(), folder, Map.of(wrong, truth)));
    }
  }

  @Test
  void exposuresAndNegativesThatCameWithACorpusComeBack() throws IOException {
    Corpus tiny = RandomHistories.tiny();
    Exposures.Builder shown = new Exposures.Builder(true);
    for (int user = 0; user < tiny.histories().users(); user++) {
      shown.user().add(2, 1, user == 0, 0, 50 + user);
    }
    int[] drawn = {1, 2, 3, 3, 1, 2};
    Negatives negatives = Negatives.of(tiny.catalog().size(), new int[] {0, 1}, 3, drawn, "x");
    Corpus corpus =
        new Corpus(
            tiny.manifest(),
            tiny.catalog(),
            tiny.queries(),
            tiny.histories(),
            Optional.of(shown.build()),
            Optional.of(negatives),
            FeatureFiles.none());
    CorpusFolder.write(corpus, parent.resolve("shown"));
    Corpus back = CorpusFolder.read(parent.resolve("shown"));
    assertEquals(corpus.hash(), back.hash());
    assertFalse(corpus.hash().equals(tiny.hash()), "exposures are part of the hash");
    assertEquals(negatives.hash(), back.negatives().orElseThrow().hash());
    assertEquals(50, back.exposures().orElseThrow().time(0));
    assertTrue(back.exposures().orElseThrow().clicked(0));
  }

  @Test
  void aCorpusWithoutQueriesAndAttributesComesBack() throws IOException {
    Catalog.Builder catalog = new Catalog.Builder();
    catalog.add("a", "", List.of(), Catalog.ABSENT, Catalog.ABSENT);
    Corpus bare =
        new Corpus(
            Manifest.of("bare", "test/1"),
            catalog.build(),
            new Queries.Builder().build(),
            new Histories.Builder(false, false).user("u").add(1, 0).build(),
            FeatureFiles.none());
    CorpusFolder.write(bare, parent.resolve("bare"));
    Corpus back = CorpusFolder.read(parent.resolve("bare"));
    assertEquals(0, back.catalog().attributes(1).length);
    assertEquals(0, back.queries().tokens(0).length);
    assertEquals(bare.statistics(), back.statistics());
  }
}
