package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands refuse, before any work and without harm. */
class RefusalTest {
  @TempDir Path folder;

  @Test
  void wrongArgumentsAreOneSentenceAndExitTwo() {
    Path nowhere = folder.resolve("nowhere");
    for (Object[] words :
        List.of(
            new Object[] {"reproduce", "--corpus", "netflix"},
            new Object[] {"reproduce", "--corpus", "movielens"},
            new Object[] {"reproduce", "--corpus", "movielens", "--data", nowhere},
            new Object[] {"reproduce", "--data", folder},
            new Object[] {"reproduce", "--scale", "huge"},
            new Object[] {"reproduce", "--set", "userz=50"},
            new Object[] {"reproduce", "--set", "users=many"},
            new Object[] {"reproduce", "--set", "training.epoch=2"},
            new Object[] {"reproduce", "--set", "method.kind=eta"},
            new Object[] {"reproduce", "--set", "training.seed=2"},
            new Object[] {
              "reproduce", "--corpus", "movielens", "--data", folder, "--set", "users=2"
            },
            new Object[] {"world", "--out", nowhere, "--set", "behaviour.drfit=0.1"},
            new Object[] {"world", "--out", nowhere, "--drift", "1", "--set", "behaviour.drift=0"},
            new Object[] {"corpus", "--list", "--set", "a=b"},
            new Object[] {"corpus", "--show", folder, "--set", "a=b"},
            new Object[] {"world", "--out", nowhere, "--export", "kuaisar=" + folder},
            new Object[] {"world", "--out", nowhere, "--pictures", nowhere},
            new Object[] {"reproduce", "--only", "table9"},
            new Object[] {"reproduce", "--only", "table2", "--seeds", 0},
            new Object[] {"reproduce", "--only", "table2", "--tune", "training.seed=1/2"},
            new Object[] {"reproduce", "--only", "table2", "--tune", "training.epochs=1/many"},
            new Object[] {"reproduce", "--plateau", "60", "--set", "training.epochs=2"},
            new Object[] {"reproduce", "--only", "fig2", "--sequences", "4,1"},
            new Object[] {"corpus", "netflix", "--data", folder, "--out", nowhere},
            new Object[] {"corpus", "movielens", "--data", nowhere, "--out", nowhere},
            new Object[] {"bench", "everything"},
            new Object[] {"bench", "train", "--events", 0},
            new Object[] {"bench", "train", "--backend", "gpu"},
            new Object[] {"bench", "ops", "--backend", "nd4j"},
            new Object[] {"bench", "retrieve", "--backend", "nd4j"},
            new Object[] {"reproduce", "--only", "fig2,cost", "--backend", "nd4j"},
            new Object[] {"bench", "train", "--targets", "1,0"},
            new Object[] {"bench", "train", "--seconds", "NaN"},
            new Object[] {"bench", "train", "--sweep", "users"},
            new Object[] {"bench", "train", "--items", 258, "--targets", 2},
            new Object[] {"bench", "train", "--items", 500, "--sweep", "events"},
            new Object[] {"bench", "retrieve", "--lengths", "600,511"},
            new Object[] {"bench", "retrieve", "--rounds", 0})) {
      Outcome outcome = Outcome.of(words);
      assertEquals(2, outcome.exit(), outcome.err());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
    }
  }

  @Test
  void anOutputThatCannotBeWrittenIsSaidBeforeAnyWork() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "good");
    Outcome outcome = Outcome.of("reproduce", "--out", file.resolve("figures"));
    assertEquals(1, outcome.exit());
    assertTrue(outcome.err().contains("cannot write to"), outcome.err());
    assertEquals(1, outcome.err().lines().count());
    assertEquals("good", Files.readString(file));
  }

  @Test
  void aFolderWithoutLogsIsNamed() throws Exception {
    Outcome outcome =
        Outcome.of(
            "corpus", "movielens", "--data", folder, "--out", folder.resolve("out"), "--quiet");
    assertEquals(1, outcome.exit());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains(folder.toString()), outcome.err());
    assertFalse(Files.exists(folder.resolve("out")));
  }
}
