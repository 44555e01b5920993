package seminar.cli;

import picocli.CommandLine.Option;
import seminar.compute.BackendKind;
import seminar.experiment.Setup;
import seminar.terminal.Console;

/** Which backend computes. */
final class BackendOption {
  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "What computes: cpu, or nd4j, which uses a GPU where Seminar was started by '--profile"
              + " cuda'. Default: cpu, or what made the given model or search unit.")
  private BackendKind given;

  /** Whether one was asked for. */
  boolean isGiven() {
    return given != null;
  }

  /** The backend that was asked for, else the CPU's. */
  BackendKind kind() {
    return given == null ? BackendKind.CPU : given;
  }

  /** The setup on the backend that was asked for, if one was. */
  Setup of(Setup setup) {
    return given == null ? setup : setup.withBackend(given);
  }

  /** Says in one sentence where a backend other than the CPU's computes. */
  static void tell(BackendKind backend, Console console) {
    if (backend != BackendKind.CPU) {
      console.remark("%s computes on the %s".formatted(backend, backend.device()));
    }
  }
}
