package seminar.experiment;

import java.util.Locale;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** All switches between the paper and its released code, in words. */
public final class SwitchTable {
  private SwitchTable() {}

  /** What the paper says and what the released code does, a row for each switch. */
  public static Table table() {
    StringColumn name = StringColumn.create("switch");
    StringColumn number = StringColumn.create("no.");
    StringColumn paper = StringColumn.create("paper");
    StringColumn released = StringColumn.create("released code");
    for (Switch each : Switch.values()) {
      name.append(each.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      number.append(each.discrepancy());
      paper.append(each.paper());
      released.append(each.released());
    }
    return Table.create("Where the released code differs", name, number, paper, released);
  }
}
