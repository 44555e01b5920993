package seminar.experiment;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import seminar.search.Method;

/** To which of two descriptions of SEMINAR a setup is true. */
public enum Fidelity {
  /** What the paper says. */
  PAPER(EnumSet.noneOf(Switch.class)),
  /** What the authors' released code does. */
  AS_RELEASED(EnumSet.allOf(Switch.class));

  private final Set<Switch> switches;

  Fidelity(Set<Switch> switches) {
    this.switches = switches;
  }

  /** The switches that are thrown. */
  public List<Switch> switches() {
    return List.copyOf(switches);
  }

  /** A setup with these switches thrown; a peer of SEMINAR takes the form it has there. */
  public Setup of(Setup setup) {
    Setup changed = setup;
    for (Switch each : switches) {
      changed = each.thrown(changed);
    }
    return this == AS_RELEASED
        ? changed.withMethod(Method.released(setup.method().kind()))
        : changed;
  }
}
