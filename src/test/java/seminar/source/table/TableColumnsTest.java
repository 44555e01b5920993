package seminar.source.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.file.Progress;
import seminar.source.Sources;

/** What columns of a log and of files that describe items may hold. */
class TableColumnsTest {
  private static final Map<String, String> PLAIN =
      Map.of("user", "u", "item", "i", "minUserEvents", "1");

  @TempDir private Path folder;

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private static Corpus read(Path log, String... settings) throws IOException {
    Map<String, String> all = new HashMap<>(PLAIN);
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return Sources.byName("table", all).read(log, Progress.silent());
  }

  private static List<String> attributes(Corpus corpus, int item) {
    Catalog catalog = corpus.catalog();
    return Arrays.stream(catalog.attributes(item)).mapToObj(catalog::attributeName).toList();
  }

  @Test
  void severalFilesDescribeItemsEachWithSomeOfTheColumns() throws IOException {
    Path log = file("log.csv", "u,i", "1,7", "1,8");
    file("texts.csv", "i,caption,cover", "7,a cat,UNKNOWN", "8,[no 'list],");
    file("tags.csv", "i,tags,brand", "7,\"[red, 2 big]\",A", "7,[],B", "8,UNKNOWN,A");
    String[] settings = {
      "items", "[texts.csv, tags.csv]",
      "text", "[cover, caption]",
      "attributes", "[tags, brand]",
      "nothing", "[UNKNOWN]"
    };
    Corpus corpus = read(log, settings);
    assertEquals("a cat", corpus.catalog().text(1));
    assertEquals("[no 'list]", corpus.catalog().text(2));
    assertEquals(List.of("tags:red", "tags:2 big", "brand:A", "brand:B"), attributes(corpus, 1));
    assertEquals(List.of("brand:A"), attributes(corpus, 2));
    settings[3] = "[cover, title]";
    IOException e = assertThrows(IOException.class, () -> read(log, settings));
    assertTrue(e.getMessage().contains("describe items has title"), e.getMessage());
  }

  @Test
  void rowsOfOtherKindsAreLeftOutAndCounted() throws IOException {
    Path log =
        file("log.csv", "u,i,did,t", "1,7,pv,5", "1,8,buy,6", "1,9,fav,not a time", "2,7,pv,7");
    Corpus all = read(log, "kind", "did");
    assertEquals(4, all.histories().events());
    Corpus some = read(log, "kind", "did", "kinds", "[buy, pv]", "time", "t", "timeUnit", "order");
    assertEquals(3, some.histories().events());
    assertEquals(1, some.manifest().counts().get("rows of other kinds"));
    Map<String, String> wrong = Map.of("user", "u", "item", "i", "kinds", "[buy]");
    assertThrows(IllegalArgumentException.class, () -> Sources.byName("table", wrong));
  }

  @Test
  void atomicFilesNameTheTypesOfTheirColumns() throws IOException {
    Path log =
        file(
            "x.inter",
            "u:token\ti:token\tt:float",
            "a\t7\t978300760.5",
            "a\t8\t9.78300761e8",
            "b\t7\t978300762");
    file("x.item", "i:token\ttitle:token_seq\tgenre:token_seq", "7\tToy Story\tAction Comedy");
    Corpus corpus =
        read(
            log,
            "time",
            "t",
            "items",
            "[x.item]",
            "text",
            "[title:token_seq]",
            "attributes",
            "[genre]");
    assertEquals("Toy Story", corpus.catalog().text(1));
    assertEquals(List.of("genre:Action", "genre:Comedy"), attributes(corpus, 1));
    assertEquals(
        List.of(978300760_500L, 978300761_000L, 978300762_000L),
        IntStream.range(0, 3).mapToObj(e -> corpus.histories().time(e)).toList());
  }

  @Test
  void theMarkOfTheOrderOfBytesIsNoPartOfAnId() throws IOException {
    Path log = file("log.csv", "\uFEFF1,7", "1,8");
    Corpus corpus = read(log, "columns", "[u, i]");
    assertEquals(1, corpus.histories().users());
    assertEquals("1", corpus.histories().userId(0));
    assertEquals("NUMBERS", ids(corpus));
  }

  private static String ids(Corpus corpus) {
    return corpus.manifest().options().get("ids").equals("TEXTS") ? "TEXTS" : "NUMBERS";
  }
}
