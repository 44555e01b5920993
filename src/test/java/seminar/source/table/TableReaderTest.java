package seminar.source.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seminar.Seminar;
import seminar.Study;
import seminar.data.Corpus;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.file.Progress;
import seminar.source.Sources;

class TableReaderTest {
  @TempDir private Path folder;

  private Path file(String name, String... lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, String.join("\n", lines) + "\n");
  }

  /** Reads with settings such as {@code user=u item=i}. */
  private static Corpus read(Path data, String... settings) throws IOException {
    return Sources.byName("table", map(settings)).read(data, Progress.silent());
  }

  private static Map<String, String> map(String... settings) {
    Map<String, String> map = new HashMap<>(Map.of("user", "u", "item", "i"));
    map.putAll(Map.of("minUserEvents", "1", "malformedShare", "0.5"));
    for (String setting : settings) {
      map.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
    }
    return map;
  }

  private static String failure(Path data, String... settings) {
    return assertThrows(IOException.class, () -> read(data, settings)).getMessage();
  }

  private static String refusal(String... settings) {
    return assertThrows(
            IllegalArgumentException.class, () -> Sources.byName("table", map(settings)))
        .getMessage();
  }

  private static List<String> history(Corpus corpus, int user) {
    Histories histories = corpus.histories();
    List<String> events = new ArrayList<>();
    for (long e = histories.start(user); e < histories.start(user + 1); e++) {
      events.add(
          "%s%s%s"
              .formatted(
                  corpus.catalog().originalId(histories.item(e)),
                  histories.query(e) == 0 ? "" : " " + corpus.queries().text(histories.query(e)),
                  histories.hasTimes() ? "@" + histories.time(e) : ""));
    }
    return events;
  }

  private static List<String> shown(Corpus corpus) {
    Exposures shown = corpus.exposures().orElseThrow();
    List<String> all = new ArrayList<>();
    for (long e = 0; e < shown.size(); e++) {
      String id = corpus.catalog().originalId(shown.item(e));
      all.add(id + (shown.clicked(e) ? "+" : "-"));
    }
    return all;
  }

  @Test
  void threeLinesMakeACorpus() throws IOException {
    List<String> lines = new ArrayList<>(List.of("who,what", "bob,tea", "ann,tea", "ann,milk"));
    IntStream.range(0, 120).forEach(item -> lines.add("user%d,ware %d".formatted(item / 4, item)));
    lines.add("ann,tea");
    Path clicks = file("clicks.csv", lines.toArray(String[]::new));
    Study study = Seminar.corpus("table", clicks, Map.of("user", "who", "item", "what"));
    Corpus corpus = study.corpus();
    assertEquals(List.of("tea", "milk", "tea"), history(corpus, 0));
    assertEquals(1, corpus.manifest().counts().get("users with too few events"));
    assertEquals("table-clicks", corpus.manifest().name());
    assertFalse(corpus.histories().hasTimes());
  }

  @ParameterizedTest
  @CsvSource({
    "1588687729, SECONDS, 1588687729000",
    "1588687729123, MILLISECONDS, 1588687729123",
    "1588687729123456, MICROSECONDS, 1588687729123",
    "1588687729123456789, NANOSECONDS, 1588687729123",
    "1.588687729e9, SECONDS, 1588687729000",
    "2020-05-05 14:08:49, ISO, 1588687729000",
    "2020-05-05T14:08:49.5Z, ISO, 1588687729500",
    "2020-05-05T16:08:49+02:00, ISO, 1588687729000",
    "2020-05-05, ISO, 1588636800000"
  })
  void theUnitOfTimesIsToldByTheFirstRows(String time, String unit, long millis)
      throws IOException {
    Corpus corpus = read(file("a.csv", "u,i,t", "1,7," + time), "time=t");
    assertEquals(List.of("7@" + millis), history(corpus, 0));
    assertEquals(unit, corpus.manifest().options().get("timeUnit"));
  }

  @Test
  void aTimeOfAnotherUnitIsMalformedAndSaysWhichItLooksLike() throws IOException {
    Path log = file("a.csv", "u,i,t", "1,7,1588687729", "1,8,1588687730", "1,9,1588687731123");
    Corpus corpus = read(log, "time=t");
    assertEquals(1, corpus.manifest().counts().get("malformed lines"));
    String line = corpus.manifest().malformed().getFirst();
    assertTrue(line.startsWith("a.csv:4: t is 1588687731123"), line);
    assertTrue(line.contains("milliseconds"), line);
  }

  @Test
  void timesThatAreInNoUnitAreNotGuessed() throws IOException {
    Path log = file("a.csv", "u,i,t", "1,7,20", "1,8,5", "1,9,10");
    String told = failure(log, "time=t");
    assertTrue(told.contains("t holds 20, 5, 10") && told.contains("timeUnit"), told);
    assertEquals(List.of("8", "9", "7"), history(read(log, "time=t", "timeUnit=order"), 0));
    assertEquals(
        List.of("8@5000", "9@10000", "7@20000"),
        history(read(log, "time=t", "timeUnit=seconds"), 0));
  }

  @Test
  void timesInAFormOfTheirOwnAreReadByAPattern() throws IOException {
    Path log = file("a.tsv", "u\ti\tt", "1\t7\t11/13/2019 1:05:06 PM");
    Corpus corpus = read(log, "time=t", "timeFormat=M/d/yyyy h:mm:ss a");
    assertEquals(List.of("7@1573650306000"), history(corpus, 0));
    assertTrue(failure(log, "time=t", "timeFormat=yyyy", "malformedShare=0").contains("yyyy"));
    String wrong =
        assertThrows(IllegalArgumentException.class, () -> read(log, "time=t", "timeFormat=Q}b"))
            .getMessage();
    assertTrue(wrong.contains("timeFormat is 'Q}b'"), wrong);
  }

  @Test
  void whatWasShownAndNotClickedIsAnExposure() throws IOException {
    Path log = file("a.csv", "u,i,c", "1,7,1", "1,8,0", "1,9,true", "1,10,", "1,11,0.0", "1,12,2");
    Corpus corpus = read(log, "clicked=c");
    assertEquals(List.of("7", "9", "12"), history(corpus, 0));
    assertEquals(List.of("7+", "8-", "9+", "10-", "11-", "12+"), shown(corpus));
  }

  @Test
  void kindsOfActionsAreTakenByTheirNames() throws IOException {
    Path log = file("a.csv", "u,i,c", "1,7,pv", "1,8,buy", "1,9,cart");
    String told = failure(log, "clicked=c", "malformedShare=0");
    assertTrue(told.contains("c is 'pv'") && told.contains("taken"), told);
    assertEquals(
        List.of("8", "9"), history(read(log, "clicked=c", "taken=buy,cart", "exposures=false"), 0));
  }

  @Test
  void aRowMaySayThatNobodyShowedTheItemOrWhatElseWasShown() throws IOException {
    Path log = file("a.csv", "u,i,c,s", "1,7,1,0", "1,8,1,1", "1,9,0,1", "1,10,0,0");
    Corpus corpus = read(log, "clicked=c", "shown=s");
    assertEquals(List.of("7", "8"), history(corpus, 0));
    assertEquals(List.of("8+", "9-"), shown(corpus));
    assertEquals(1, corpus.manifest().counts().get("rows neither shown nor taken"));
    Path lists = file("b.jsonl", "{\"u\":1,\"i\":7,\"s\":[5,7,\"6\"]}");
    assertEquals(
        List.of("5-", "6-", "7+"), shown(read(lists, "shown=s")).stream().sorted().toList());
  }

  @Test
  void lowRatingsSearchesWithoutAWordAndNullsAreCountedOrRead() throws IOException {
    Path log =
        file("a.csv", "u,i,r,q", "1,7,5,red lamp", "1,8,2,x", "1,9,3,:)", "1,10,4,NULL", "1,11,4,");
    Corpus corpus = read(log, "rating=r", "threshold=3", "query=q");
    assertEquals(List.of("7 red lamp", "9", "10", "11"), history(corpus, 0));
    assertEquals(1, corpus.manifest().counts().get("ratings below threshold"));
    assertEquals(1, corpus.manifest().counts().get("searches without a word"));
  }

  @Test
  void aSessionIsAHistoryOfItsOwn() throws IOException {
    Corpus corpus = read(file("a.csv", "u,s,i", "1,a,7", "1,b,8", "1,a,9"), "session=s");
    assertEquals(2, corpus.histories().users());
    assertEquals("1/a", corpus.histories().userId(0));
    assertEquals(List.of("7", "9"), history(corpus, 0));
  }

  @Test
  void rowsBesideTheLogDescribeItemsTogether() throws IOException {
    Path log = file("a.csv", "u,i", "1,7", "1,8", "1,9");
    file(
        "goods.csv",
        "sku,title,about,brand,tags",
        "7,Tea,\"Green, loose\",Fine,\"['hot', 'leaf']\"",
        "8,Milk,NULL,,\"[\"\"cold\"\", null]\"",
        "7,Tea,,Kind,",
        "5,Nobody met it,,X,a|b");
    Corpus corpus =
        read(log, "items=goods.csv", "itemId=sku", "text=title,about", "attributes=brand,tags");
    assertEquals("Tea. Green, loose", corpus.catalog().text(1));
    assertEquals("Milk", corpus.catalog().text(2));
    assertEquals("", corpus.catalog().text(3));
    assertEquals(
        List.of("brand:Fine", "brand:Kind", "tags:hot", "tags:leaf"),
        Arrays.stream(corpus.catalog().attributes(1))
            .mapToObj(corpus.catalog()::attributeName)
            .sorted()
            .toList());
    assertEquals(1, corpus.manifest().counts().get("described items that nobody met"));
    assertEquals(2, corpus.manifest().sources().size());
  }

  @Test
  void aFileWithoutALineOfNamesIsGivenThem() throws IOException {
    Path log = file("a.csv", "1,7,5,pv,1511544070", "1,8,5,buy,1511544071");
    Corpus corpus = read(log, "columns=u,i,cat,act,t", "time=t", "attributes=cat");
    assertEquals(List.of("7@1511544070000", "8@1511544071000"), history(corpus, 0));
    assertTrue(failure(log, "columns=u,i,t", "malformedShare=0").contains("5 fields, not 3"));
  }

  @Test
  void partsOfOneNameInSeveralFoldersAreOneTable() throws IOException {
    file("log/day=1/part.csv", "u,i", "1,7");
    file("log/day=2/part.csv", "i,u", "8,1");
    file("log/_SUCCESS", "");
    Corpus corpus = read(folder.resolve("log"));
    assertEquals(List.of("7", "8"), history(corpus, 0));
    assertEquals(2, corpus.manifest().sources().size());
    assertEquals(corpus.hash(), read(folder.resolve("log/*/part.csv")).hash());
    List<Path> both =
        List.of(folder.resolve("log/day=1/part.csv"), folder.resolve("log/day=2/part.csv"));
    assertEquals(
        corpus.hash(), Sources.byName("table", map()).read(both, Progress.silent()).hash());
  }

  @Test
  void columnsThatNobodyNamedAreShownWithWhatTheyMayBe() throws IOException {
    Path log = file("a.csv", "userId,movieId,rating,timestamp", "1,31,2.5,1260759144");
    String told = failure(log, "user=", "item=");
    assertTrue(told.contains("--set user=userId --set item=movieId"), told);
    assertTrue(told.contains("userId, movieId, rating, timestamp"), told);
    ColumnGuess guess = new TableReader().guess(List.of(log));
    assertEquals("time in seconds", guess.role("timestamp"));
    assertEquals("31", guess.values("movieId"));
  }

  @Test
  void whatIsMissingIsNamedWithWhatIsThere() throws IOException {
    Path log = file("a.csv", "u,i", "1,7");
    assertTrue(failure(log, "time=t").contains("a.csv has the columns u, i: t must be there once"));
    String none = failure(folder.resolve("b.csv"));
    assertTrue(none.contains("b.csv gives no file, there is a.csv"), none);
    assertTrue(failure(folder.resolve("*.parquet")).contains("gives no file"));
    Path lines = file("a.jsonl", "{\"u\":1,\"i\":7}");
    assertTrue(failure(lines, "query=q").contains("no line has q"));
    Path parquet = file("a.parquet", "PAR1 and nothing more");
    assertTrue(failure(parquet).contains("a.parquet is truncated or no Parquet file"));
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    assertTrue(refusal("timeUnit=seconds").contains("timeUnit is set and time is not"));
    assertTrue(refusal("taken=buy").contains("clicked is not"));
    assertTrue(refusal("threshold=3").contains("rating is not"));
    assertTrue(refusal("itemId=x").contains("items is not"));
    assertTrue(refusal("from=2020-01-01").contains("no times"));
    assertTrue(refusal("separator=").contains("separator is empty"));
  }

  @Test
  void aListThatIsNotAlignedIsMalformed() throws IOException {
    Path log =
        file(
            "a.jsonl",
            "{\"u\":1,\"i\":[7,8],\"t\":[1588687729,1588687730]}",
            "{\"u\":2,\"i\":[7,8],\"t\":[1588687729]}");
    Corpus corpus = read(log, "time=t");
    assertEquals(1, corpus.histories().users());
    String line = corpus.manifest().malformed().getFirst();
    assertEquals("a.jsonl:2: t has 1 values and i 2, which must be aligned", line);
  }

  @Test
  void idsThatNobodyHasAreMalformed() throws IOException {
    Corpus corpus = read(file("a.csv", "u,i", "1,7", ",8", "1,NaN", "1.0,9"));
    assertEquals(2, corpus.manifest().counts().get("malformed lines"));
    assertEquals(List.of("7", "9"), history(corpus, 0));
  }
}
