package seminar.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Standard error, given back to a process that the launcher started without one.
 *
 * <p>The virtual machine writes a notice that the vector module is an incubator to standard error
 * before any code of ours runs, and has no option against it. The launcher therefore starts Java
 * with standard error closed to it and the real one as another file, whose number is in the
 * property {@code seminar.stderr}. Duplicating that one back serves native code as well, and a
 * terminal stays a terminal.
 */
final class StandardError {
  private static final String PROPERTY = "seminar.stderr";
  private static final int STANDARD_ERROR = 2;

  private StandardError() {}

  /** Makes the file that the launcher named standard error; without a name does nothing. */
  @SuppressWarnings("restricted")
  static void restore() {
    Integer file = Integer.getInteger(PROPERTY);
    if (file == null) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    MethodHandle dup2 =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("dup2"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int result = (int) dup2.invokeExact(file.intValue(), STANDARD_ERROR);
      if (result != STANDARD_ERROR) {
        throw new IllegalStateException("file %d could not become standard error".formatted(file));
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
