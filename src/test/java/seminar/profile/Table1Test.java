package seminar.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.data.CorpusStatistics;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

class Table1Test {
  private final CorpusStatistics statistics =
      World.of(WorldOptions.quick().withUsers(20)).corpus().statistics();

  @Test
  void thePaperPrintsThreeDataSets() {
    List<Table1.Row> paper =
        Table1.beside("world").stream().filter(row -> row.source().startsWith("paper")).toList();
    assertEquals(
        List.of(297_000L, 35_065_000L, 25_877L),
        paper.stream().map(row -> row.users().orElseThrow()).toList());
    assertEquals(
        List.of(181_000L, 1_132_000L, 6_890_707L),
        paper.stream().map(row -> row.items().orElseThrow()).toList());
    assertEquals(
        List.of(0L, 51_000L, 453_667L),
        paper.stream().map(row -> row.queries().orElse(0)).toList());
    assertEquals(
        List.of(3_293_000L, 62_948_000L, 19_664_885L),
        paper.stream().map(row -> row.interactions().orElseThrow()).toList());
    assertEquals(759.9, paper.getLast().meanLength().orElseThrow(), 0.05);
  }

  @Test
  void aCorpusStandsBesideTheRowsOfItsOwnDataSetOrBesideAll() {
    Table own = Table1.of("kuaisar-small", statistics);
    assertEquals(3, own.rowCount());
    assertEquals(1_482_272L, own.longColumn("items").get(2));
    assertTrue(own.column("users").isMissing(2));
    Table world = Table1.of("world", statistics);
    assertEquals(1 + Table1.beside("world").size(), world.rowCount());
    assertEquals(20L, world.longColumn("users").get(0));
    assertEquals(statistics.events(), world.longColumn("interactions").get(0));
    assertEquals(statistics.meanLength(), world.doubleColumn("mean length").get(0));
    assertEquals("19,664,885", world.getString(4, "interactions"));
  }
}
