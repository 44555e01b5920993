package seminar.compute;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;

/**
 * The memory that this program may take, in bytes.
 *
 * @param whole what the machine has, or less where the libraries beneath ND4J allow less: they
 *     refuse what goes beyond a multiple of the heap
 * @param heap of it, the most that Java's heap may take; matrices lie outside
 */
public record MachineMemory(long whole, long heap) {
  private static final double GIB = 1L << 30;

  /** What there is here, others' use of it not counted. */
  public static MachineMemory here() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long allowed = Pointer.maxPhysicalBytes();
    long machine = system.getTotalMemorySize();
    return new MachineMemory(
        allowed > 0 ? Math.min(allowed, machine) : machine, Runtime.getRuntime().maxMemory());
  }

  /** Bytes in MiB, or in GiB from one on. */
  public static String words(double bytes) {
    return bytes < GIB
        ? String.format(Locale.ROOT, "%.0f MiB", 1024 * bytes / GIB)
        : String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
  }
}
