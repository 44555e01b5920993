package seminar.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredOutputsTest {
  @TempDir private Path folder;

  @Test
  void numbersMayMoveALittleAndNoMore() throws IOException {
    Path stored = notebook("a", "NDCG 0.561, 1,234 users, -3e-5");
    assertEquals(
        new StoredOutputs(3, List.of()), compare(stored, "NDCG 0.561, 1,234 users, -3e-5"));
    assertEquals(1, compare(stored, "NDCG 0.58, 1,200 users, 0.001").agreement());
    StoredOutputs other = compare(stored, "NDCG 0.461, 1,234 users, -3e-5");
    assertEquals(List.of("code cell 0, number 0: stored 0.561, now 0.461"), other.differing());
    assertEquals(2.0 / 3, other.agreement(), 1e-9);
    assertTrue(compare(stored, "NDCG").agreement() < 0.1);
  }

  @Test
  void anOutputOfAnotherKindIsToldAsSuch() throws IOException {
    Path stored = notebook("a", "1");
    Path picture = folder.resolve("p.ipynb");
    Files.writeString(
        picture,
        """
        {"cells": [{"cell_type": "code", "outputs": [
          {"output_type": "display_data", "data": {"image/png": "x", "text/plain": "7"}}]}]}
        """);
    String told = StoredOutputs.compare(stored, picture).differing().toString();
    assertEquals("[code cell 0: stored [stream], now [display_data image/png text/plain]]", told);
  }

  private StoredOutputs compare(Path stored, String now) throws IOException {
    return StoredOutputs.compare(stored, notebook("b", now));
  }

  private Path notebook(String name, String text) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".ipynb"),
        """
        {"cells": [{"cell_type": "markdown"},
          {"cell_type": "code", "outputs": [{"output_type": "stream", "text": ["%s"]}]}]}
        """
            .formatted(text));
  }
}
