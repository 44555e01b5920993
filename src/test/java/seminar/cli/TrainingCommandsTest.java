package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import seminar.Seminar;
import seminar.Study;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.experiment.Pretrained;
import seminar.experiment.Trained;
import seminar.train.Checkpoint;
import seminar.train.RunIdentity;
import seminar.train.TrainingRecord;

/** {@code pretrain}, {@code train} and {@code evaluate} on the files that the step before wrote. */
class TrainingCommandsTest {
  private static final String[] SMALL = {
    "--dims", "8", "--heads", "2", "--top-k", "6", "--length", "30", "--users", "20", "-q"
  };
  @TempDir static Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String command, String... arguments) {
    String[] all = new String[1 + arguments.length];
    all[0] = command;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(all);
  }

  private int small(String command, String... arguments) {
    String[] all = new String[arguments.length + SMALL.length];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    System.arraycopy(SMALL, 0, all, arguments.length, SMALL.length);
    return run(command, all);
  }

  private static String at(String name) {
    return folder.resolve(name).toString();
  }

  @BeforeAll
  static void pretrain() {
    TrainingCommandsTest first = new TrainingCommandsTest();
    assertEquals(0, first.run("world", "--scale", "small", "-q", "--out", at("world")));
    String[] other = {"--scale", "small", "--seed", "2", "-q", "--out", at("other")};
    assertEquals(0, first.run("world", other));
    String[] unit = {"--data", at("world"), "--epochs", "2", "--out", at("unit.psu")};
    assertEquals(0, first.small("pretrain", unit), first.err.toString());
    assertTrue(
        first.out.toString().contains("next pair  alignment  relevance"), first.out::toString);
  }

  @Test
  void aModelIsTrainedFromAUnitAndMeasured() throws IOException {
    String[] train = {
      "--data",
      at("world"),
      "--psu",
      at("unit.psu"),
      "--epochs",
      "2",
      "-q",
      "--out",
      at("my.model"),
      "--log",
      at("log.jsonl")
    };
    assertEquals(0, run("train", train), err.toString());
    String table = out.toString();
    assertTrue(table.contains("popularity") && table.contains("SEMINAR"), table);
    String[] evaluate = {
      "--data", at("world"), "--model", at("my.model"), "-q", "--out", at("result.json")
    };
    out.getBuffer().setLength(0);
    assertEquals(0, run("evaluate", evaluate), err.toString());
    assertEquals(table.lines().limit(3).toList(), out.toString().lines().limit(3).toList());
    JsonNode result = new ObjectMapper().readTree(folder.resolve("result.json").toFile());
    assertEquals(8, result.at("/setup/model/dims").asInt(), "options come from the unit");
    assertEquals(2, result.at("/model/epochs").asInt());
    assertTrue(result.at("/test/NDCG@10").asDouble() > 0);
    assertEquals(16, result.at("/corpus/hash").asText().length());
    assertTrue(Files.readString(folder.resolve("log.jsonl")).contains("\"click\""));
  }

  @Test
  void aModelOfBothTasksIsMeasuredOnBoth() throws IOException {
    String[] train = {"--data", at("world"), "--epochs", "2", "--out", at("both.model")};
    List<String> both = new ArrayList<>(List.of(train));
    both.addAll(List.of("--set", "training.candidates.search=0.5"));
    assertEquals(0, small("train", both.toArray(String[]::new)), err.toString());
    Map<String, Double> found = evaluated("both.model", "--mode", "search");
    out.getBuffer().setLength(0);
    Map<String, Double> recommended = evaluated("both.model", "--mode", "recommendation,search");
    assertTrue(out.toString().contains("In mode search, 12 requests:"), out::toString);
    assertNotEquals(found, recommended);
    JsonNode result = new ObjectMapper().readTree(folder.resolve("both.model.json").toFile());
    assertEquals(0.5, result.at("/setup/training/candidates/search").asDouble());
    JsonNode search = result.at("/otherModes/SEARCH/test");
    found.forEach((name, value) -> assertEquals(value, search.get(name).asDouble(), name));
    assertTrue(result.at("/otherModes/SEARCH/users").asInt() < result.get("users").asInt());
  }

  /** Measures of a model, as {@code evaluate} writes them. */
  private Map<String, Double> evaluated(String model, String... more) throws IOException {
    List<String> evaluate =
        new ArrayList<>(
            List.of(
                "--data", at("world"), "--model", at(model), "-q", "--out", at(model + ".json")));
    evaluate.addAll(List.of(more));
    assertEquals(0, run("evaluate", evaluate.toArray(String[]::new)), err.toString());
    JsonNode result = new ObjectMapper().readTree(folder.resolve(model + ".json").toFile());
    Map<String, Double> measures = new LinkedHashMap<>();
    result.get("test").properties().forEach(m -> measures.put(m.getKey(), m.getValue().asDouble()));
    return measures;
  }

  @Test
  void commandsAndScriptsOpenEachOthersFiles() throws IOException {
    Study lab = Seminar.corpus(folder.resolve("world"));
    String[] train = {"--data", at("world"), "--psu", at("unit.psu"), "--epochs", "1", "-q"};
    String[] command = Arrays.copyOf(train, train.length + 2);
    command[train.length] = "--out";
    command[train.length + 1] = at("command.model");
    assertEquals(0, run("train", command), err.toString());
    Trained opened = lab.open(folder.resolve("command.model"));
    assertEquals(evaluated("command.model"), opened.rank().summary());
    assertEquals(8, opened.run().setup().model().dims());
    assertEquals(1, opened.run().epochs().size());

    Pretrained unit = lab.openUnit(folder.resolve("unit.psu"));
    assertEquals(2, unit.epochs().size());
    Trained trained = lab.with(opened.run().setup()).train(unit);
    assertEquals(opened.rank(), trained.rank(), "the same training by command and by script");
    trained.write(folder.resolve("script.model"));
    assertEquals(trained.rank().summary(), evaluated("script.model"));

    unit.write(folder.resolve("script.psu"));
    command[3] = at("script.psu");
    command[train.length + 1] = at("again.model");
    assertEquals(0, run("train", command), err.toString());
    assertEquals(trained.rank(), lab.open(folder.resolve("again.model")).rank());
  }

  @Test
  void aFileOfAScriptIsTakenUpWhereItsTrainingIsOverAndRefusedWhereItIsNot() throws IOException {
    Study lab = Seminar.corpus(folder.resolve("world"));
    String[] train = {"--data", at("world"), "--epochs", "2", "--out", at("done.model")};
    assertEquals(0, small("train", train), err.toString());
    Trained opened = lab.open(folder.resolve("done.model"));
    Trained same = lab.with(opened.run().setup()).train();
    assertEquals(opened.rank(), same.rank());
    same.write(folder.resolve("done.model"));
    byte[] kept = Files.readAllBytes(folder.resolve("done.model"));
    String table = out.toString();
    out.getBuffer().setLength(0);
    assertEquals(0, small("train", train), err.toString());
    assertEquals(table, out.toString(), "nothing is trained again");
    assertArrayEquals(kept, Files.readAllBytes(folder.resolve("done.model")));

    RunIdentity run = same.trained().training().run();
    TrainingRecord half =
        new TrainingRecord(
            run, same.run().epochs().subList(0, 1), same.trained().training().steps() / 2);
    Checkpoint.write(folder.resolve("done.model"), half, same.model().parameters());
    assertEquals(1, small("train", train));
    assertTrue(err.toString().contains("holds a model to be used"), err::toString);
  }

  @Test
  void historiesAreIndexedSearchedByTheHeadsOfAModelAndExplained() throws IOException {
    String[] train = {"--data", at("world"), "--epochs", "1", "--out", at("index.model")};
    assertEquals(0, small("train", train), err.toString());
    String[] index = {
      "--data",
      at("world"),
      "--model",
      at("index.model"),
      "--out",
      at("index"),
      "-q",
      "--subspaces",
      "8",
      "--sample",
      "500"
    };
    assertEquals(0, run("index", index), err.toString());
    Corpus corpus = CorpusFolder.read(folder.resolve("world"));
    String user = corpus.histories().userId(3);
    String item = corpus.catalog().originalId(5);
    String[] search = {
      "--data",
      at("world"),
      "--model",
      at("index.model"),
      "--index",
      at("index"),
      "-q",
      "--user",
      user,
      "--item",
      item,
      "-k",
      "4"
    };
    out.getBuffer().setLength(0);
    assertEquals(0, run("search", search), err.toString());
    assertTrue(out.toString().contains("Head 2: 100 % of its exact best 4 found"), out::toString);
    out.getBuffer().setLength(0);
    assertEquals(0, run("explain", search), err.toString());
    String row = out.toString().lines().skip(2).findFirst().orElseThrow();
    String[] cells = row.substring(row.length() - 50).strip().split(" +");
    int n = cells.length;
    double parts = 0;
    for (int c = 1; c <= 4; c++) {
      parts += Double.parseDouble(cells[n - c]);
    }
    assertEquals(Double.parseDouble(cells[n - 5]), parts, 0.0025, row);
    assertTrue(out.toString().contains("Recall lost to the codebook: "), out::toString);

    String[] chosen = Arrays.copyOf(search, search.length + 2);
    chosen[search.length] = "--event";
    chosen[search.length + 1] = "2";
    out.getBuffer().setLength(0);
    assertEquals(0, run("explain", chosen), err.toString());
    for (int column : List.of(1, 2)) { // by codes, exact
      double sum = 0;
      double whole = Double.NaN;
      for (String line : out.toString().lines().takeWhile(l -> !l.startsWith("Head 2")).toList()) {
        String[] words = line.split(" +");
        if (line.startsWith("piece ")) {
          sum += Double.parseDouble(words[words.length - column]);
        } else if (line.startsWith("whole")) {
          whole = Double.parseDouble(words[words.length - column]);
        }
      }
      assertEquals(whole, sum, 0.005, out::toString);
    }
    chosen[search.length + 1] = "100000";
    assertEquals(1, run("explain", chosen));
    assertTrue(err.toString().contains("--event is 100000"), err::toString);

    search[8] = "nobody";
    assertEquals(1, run("search", search));
    assertTrue(err.toString().contains("has no user nobody"), err::toString);
    Files.writeString(folder.resolve("index/codebook.bin"), "broken");
    search[8] = user;
    assertEquals(1, run("search", search));
  }

  @Test
  void filesThatAreMissingOrFoldersAreSaidBeforeAnyWork() throws IOException {
    String[][] wrong = {
      {
        "evaluate",
        "--model",
        at("none.model"),
        "there is no file %s: give one that holds a trained model"
      },
      {
        "evaluate",
        "--model",
        folder.toString(),
        "there is no file %s: give one that holds a trained model"
      },
      {
        "train",
        "--psu",
        at("none.model"),
        "there is no file %s: give one that holds a pretrained search unit"
      },
      {"train", "--log", folder.toString(), "%s is a folder: name a file with --log"},
      {"pretrain", "--out", folder.toString(), "%s is a folder: name a file with --out"},
    };
    for (String[] line : wrong) {
      List<String> arguments = new ArrayList<>(List.of("--data", at("world"), "-q"));
      if (!line[0].equals("evaluate") && !line[1].equals("--out")) {
        arguments.addAll(List.of("--out", at("never.model")));
      }
      arguments.addAll(List.of(line[1], line[2]));
      err.getBuffer().setLength(0);
      assertEquals(1, run(line[0], arguments.toArray(String[]::new)));
      assertEquals("seminar: " + line[3].formatted(line[2]), err.toString().strip());
    }
    err.getBuffer().setLength(0);
    assertEquals(
        1, run("pretrain", "--data", at("world"), "--out", at("never.model"), "--epochs", "0"));
    assertTrue(err.toString().contains("--epochs is 0: nothing would be trained"), err::toString);
    assertTrue(Files.notExists(folder.resolve("never.model")));
  }

  @Test
  void aModelRanksByAnotherNumberOfEventsAndSaysSo() throws IOException {
    List<String> train = new ArrayList<>(List.of(SMALL));
    train.set(train.indexOf("--length") + 1, "9");
    train.addAll(List.of("--data", at("world"), "--epochs", "1", "--out", at("nine.model")));
    assertEquals(0, run("train", train.toArray(String[]::new)), err.toString());
    Map<String, Double> asTrained = evaluated("nine.model");
    assertEquals(asTrained, evaluated("nine.model", "--length", "9"));
    assertTrue(out.toString().contains("latest 9 events of a history, trained with the latest 9"));
    Map<String, Double> all = evaluated("nine.model", "--length", "1000");
    assertNotEquals(asTrained, all);
    assertEquals(all, evaluated("nine.model", "--length", "2000000000"), "there are no more");
    JsonNode result = new ObjectMapper().readTree(folder.resolve("nine.model.json").toFile());
    assertEquals(9, result.at("/length/trained").asInt());
    assertEquals(2_000_000_000, result.at("/length/ranked").asInt());
    Study lab = Seminar.corpus(folder.resolve("world"));
    assertEquals(all, lab.open(folder.resolve("nine.model"), 1000).rank().summary());

    String[] none = {"--data", at("world"), "--model", at("nine.model"), "--length", "0", "-q"};
    assertEquals(2, run("evaluate", none));
    assertTrue(
        err.toString().contains("sequenceLength L is 0: it must be at least 1"), err::toString);
    train.set(train.size() - 1, at("padded.model"));
    train.addAll(List.of("--set", "model.attention.padding=RELEASED"));
    assertEquals(0, run("train", train.toArray(String[]::new)), err.toString());
    evaluated("padded.model", "--length", "9");
    String[] other = {"--data", at("world"), "--model", at("padded.model"), "--length", "8", "-q"};
    assertEquals(2, run("evaluate", other));
    assertTrue(err.toString().contains("padded to L = 9"), err::toString);
  }

  @Test
  void twoStagesAreRankedWithAPlainRankerOrAnotherModelBeforeTheModel() throws IOException {
    List<String> train = new ArrayList<>(List.of(SMALL));
    train.addAll(List.of("--data", at("world"), "--epochs", "1", "--out", at("ranker.model")));
    assertEquals(0, run("train", train.toArray(String[]::new)), err.toString());
    Map<String, Double> few = evaluated("ranker.model");
    int items = CorpusFolder.read(folder.resolve("world")).catalog().size();
    for (String first : List.of("transitions", at("ranker.model"))) {
      String all = "" + items;
      assertEquals(few, evaluated("ranker.model", "--first-stage", first, "--propose", all));
      JsonNode result = new ObjectMapper().readTree(folder.resolve("ranker.model.json").toFile());
      String title = first.equals("transitions") ? "item transitions" : first;
      JsonNode rows = result.get("twoStages");
      assertEquals(4, rows.size());
      assertEquals(rows.get("SEMINAR"), rows.get("SEMINAR after " + title), "all are proposed");
      assertEquals(items, result.get("proposed").asInt());
      assertTrue(rows.get("SEMINAR").get("coverage@10").asDouble() > 0);
      double weight = result.get("weightOfFirstStage").asDouble();
      assertTrue(weight >= 0 && weight <= 1, "" + weight);
    }
    String[] none = {"--data", at("world"), "--model", at("ranker.model"), "--first-stage", "best"};
    assertEquals(2, run("evaluate", none));
    assertTrue(err.toString().contains("popularity, recency"), err::toString);
  }

  @Test
  void aModelTrainedByCodesIsMeasuredExactly() throws IOException {
    List<String> train = new ArrayList<>(List.of(SMALL));
    train.addAll(List.of("--data", at("world"), "--epochs", "1"));
    train.addAll(List.of("--set", "model.attention.coded.every=3"));
    train.addAll(List.of("--set", "model.attention.coded.subspaces=4", "--out", at("coded.model")));
    assertEquals(0, run("train", train.toArray(String[]::new)), err.toString());
    Map<String, Double> measures = evaluated("coded.model");
    Study lab = Seminar.corpus(folder.resolve("world"));
    assertEquals(measures, lab.open(folder.resolve("coded.model")).rank().summary());
    JsonNode result = new ObjectMapper().readTree(folder.resolve("coded.model.json").toFile());
    assertEquals(4, result.at("/setup/model/attention/coded/subspaces").asInt());

    train.set(train.size() - 1, at("hashed.model"));
    train.addAll(List.of("--method", "eta"));
    assertNotEquals(0, run("train", train.toArray(String[]::new)));
    assertTrue(
        err.toString().contains("coded.every is 3, but heads of ETA do not choose"), err::toString);
  }

  @Test
  void aModelRanksByEventsThatSearchesFind() throws IOException {
    List<String> train = new ArrayList<>(List.of(SMALL));
    train.addAll(List.of("--data", at("world"), "--epochs", "1", "--out", at("searched.model")));
    assertEquals(0, run("train", train.toArray(String[]::new)), err.toString());
    Map<String, Double> own = evaluated("searched.model");
    assertFalse(out.toString().contains("bytes an event"));
    assertEquals(own, evaluated("searched.model", "--search", "pq4,Refined,score-aware"));
    String table = out.toString();
    assertTrue(table.contains("weight found") && table.contains("exact, fused keys"), table);
    JsonNode result = new ObjectMapper().readTree(folder.resolve("searched.model.json").toFile());
    assertEquals(4, result.get("searches").size(), "the exact one beside them");
    JsonNode exact = result.at("/searches/0");
    assertEquals("exact", exact.get("search").asText());
    assertEquals(own.get("NDCG@10"), exact.get("ndcg10").asDouble(), 1e-9);
    assertEquals(0, exact.at("/lessExact/difference").asDouble(), 1e-9);
    assertEquals(1, exact.get("recall").asDouble(), 1e-9);
    JsonNode codes = result.at("/searches/1");
    assertEquals("pq4", codes.get("search").asText());
    assertTrue(codes.at("/lessExact/low").asDouble() <= codes.at("/lessExact/high").asDouble());
    assertEquals(4, codes.get("bytes").asDouble());
    assertEquals("refined", result.at("/searches/2/search").asText());
    assertEquals(1, result.at("/searches/2/recall").asDouble(), 1e-9);
    assertEquals("score-aware", result.at("/searches/3/search").asText());
    evaluated("searched.model", "--search", "lsh", "--length", "4");
    result = new ObjectMapper().readTree(folder.resolve("searched.model.json").toFile());
    assertEquals(4, result.at("/length/ranked").asInt());
    assertEquals(1, result.at("/searches/0/recall").asDouble(), 1e-9);

    String[] searched = {
      "--data", at("world"), "--model", at("searched.model"), "-q", "--search", "faiss"
    };
    assertEquals(2, run("evaluate", searched));
    assertTrue(err.toString().contains("faiss") && err.toString().contains("score-aware"));
    String[] all = {
      "--data",
      at("world"),
      "--model",
      at("searched.model"),
      "-q",
      "--search",
      "pq",
      "--against",
      "all"
    };
    assertEquals(2, run("evaluate", all));
    assertTrue(err.toString().contains("among all items"), err::toString);
    train.set(train.size() - 1, at("eta.model"));
    train.addAll(List.of("--method", "eta"));
    assertEquals(0, run("train", train.toArray(String[]::new)), err.toString());
    String[] eta = {"--data", at("world"), "--model", at("eta.model"), "-q", "--search", "pq"};
    assertEquals(2, run("evaluate", eta));
    assertTrue(err.toString().contains("the heads of ETA do not choose"), err::toString);
  }

  @Test
  void theSameCommandAgainGoesOnWithTheSameBits() throws IOException {
    String[] once = {
      "--data", at("world"), "--epochs", "2", "--side-features", "--out", at("once.model")
    };
    assertEquals(0, small("train", once), err.toString());
    byte[] first = Files.readAllBytes(folder.resolve("once.model"));
    assertEquals(0, small("train", once), err.toString());
    assertArrayEquals(first, Files.readAllBytes(folder.resolve("once.model")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train|--psu unit.psu --data other --out x.model|was trained on the corpus",
        "evaluate|--data world --model unit.psu|holds a pretraining search unit: a SEMINAR",
        "evaluate|--data world --model none.model|none.model",
        "train|--data world --out world|is a folder",
        "train|--data world --dims 100000 --out x.model|takes about",
        "pretrain|--data world --dims 100000 --out x.psu|lower --users",
        "train|--data world --psu unit.psu --dims 16 --out x.model|length",
        "pretrain|--data world --epochs 3 --top-k 7 --out unit.psu|is a checkpoint of another"
            + " training",
      })
  void whatDoesNotFitIsRefusedWithTheReason(String command, String arguments, String reason) {
    String[] words = (arguments + " -q").split(" ");
    for (int i = 1; i < words.length; i++) {
      if (words[i - 1].matches("--(psu|data|out|model)")) {
        words[i] = at(words[i]);
      }
    }
    assertEquals(1, run(command, words));
    assertTrue(err.toString().contains(reason), err.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--top-k 0|topK K is 0",
        "--query-weight 1.5|queryWeight",
        "--losses 1,1|three are needed",
        "--losses 0,0,0|all three weights are 0",
        "--learning-rate 7|learningRate",
        "--switch NOTHING|RANDOM_PROJECTIONS",
        "--set pretraining.epoch=3|did you mean pretraining.epochs",
        "--set pretraining.epochs=few|pretraining.epochs cannot be 'few'",
        "--set model.attention.topK=0|topK K is 0",
        "--set model.attention.coded.every=-1|coded.every, is -1",
        "--set model.attention.coded.every=1 --set model.attention.coded.subspaces=7|S=7",
        "--epochs 2 --set pretraining.epochs=3|set by --epochs and by --set",
      })
  void anOptionOutOfRangeIsNamedWithItsBound(String option, String reason) {
    String[] words = ("--data w --out x " + option).split(" ");
    assertEquals(2, run("pretrain", words));
    assertTrue(err.toString().contains(reason), err.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--losses 1;0;0,pretraining",
    "--restore embeddings,--psu FILE",
    "--set restored=all,--psu FILE",
    "--set psu.negativeCount=3,give it to 'pretrain'",
  })
  void anOptionWithoutEffectIsRefused(String option, String reason) {
    String[] given = option.replace(';', ',').split(" ");
    String[] train = {"--data", at("world"), "--out", at("x.model"), given[0], given[1]};
    assertEquals(2, run("train", train));
    assertTrue(err.toString().contains(reason), err.toString());
  }

  @Test
  void aDamagedUnitIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("unit.psu"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve("damaged.psu"), bytes);
    String[] train = {"--data", at("world"), "--psu", at("damaged.psu"), "--out", at("x.model")};
    assertEquals(1, small("train", train));
    assertTrue(err.toString().contains("checksum"), err.toString());
  }
}
