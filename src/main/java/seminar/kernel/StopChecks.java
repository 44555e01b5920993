package seminar.kernel;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;

/**
 * Makes the code of cells end when it is told to: weaves a call of {@link #check()} into the
 * beginning of each method and before each jump backwards. Where the result of a task is thrown
 * away, it is given to {@link Tasks}.
 */
public final class StopChecks {
  private static final ClassDesc THIS = ClassDesc.of(StopChecks.class.getName());
  private static final ClassDesc TASKS_CLASS = ClassDesc.of(Tasks.class.getName());
  private static volatile boolean stopping;

  /** The only thread that is to end; null if all are. */
  private static volatile Thread only;

  private StopChecks() {}

  /** Thrown in the code of a cell that is to end. */
  static final class Stopped extends Error {
    private static final long serialVersionUID = 1L;

    Stopped() {
      super("the cell was stopped", null, false, false);
    }
  }

  /**
   * Called by the code of cells.
   *
   * @throws Error if cells are to end
   */
  public static void check() {
    if (stopping) {
      refuse();
    }
  }

  /** The order of these reads and of the writes below keeps other threads from ending too. */
  private static void refuse() {
    Thread one = only;
    if (one == Thread.currentThread() || one == null && stopping) {
      throw new Stopped();
    }
  }

  /** Whether the code of cells is to end from now on, in whatever thread it runs. */
  static synchronized void stop(boolean stop) {
    stopping = stop;
    only = null;
  }

  /**
   * Ends one thread that runs code of cells, if no stop of all is under way.
   *
   * @param millis how long to wait for its end
   */
  static void end(Thread thread, long millis) throws InterruptedException {
    synchronized (StopChecks.class) {
      if (stopping) {
        return;
      }
      only = thread;
      stopping = true;
    }
    try {
      thread.interrupt();
      thread.join(millis);
    } finally {
      synchronized (StopChecks.class) {
        if (only == thread) {
          stopping = false;
          only = null;
        }
      }
    }
  }

  /**
   * Classes with the checks.
   *
   * @param loaded where the bytes of classes lie that the given ones refer to
   */
  static ClassBytecodes[] woven(ClassBytecodes[] classes, ClassLoader loaded) {
    Map<String, byte[]> given = new HashMap<>();
    for (ClassBytecodes one : classes) {
      given.put(one.name().replace('.', '/'), one.bytecodes());
    }
    ClassHierarchyResolver resolver =
        ClassHierarchyResolver.ofResourceParsing(type -> bytes(type, given, loaded))
            .orElse(ClassHierarchyResolver.defaultResolver());
    ClassFile format = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(resolver));
    ClassBytecodes[] woven = new ClassBytecodes[classes.length];
    for (int i = 0; i < classes.length; i++) {
      byte[] bytes =
          format.transformClass(
              format.parse(classes[i].bytecodes()),
              ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Weaver::new)));
      woven[i] = new ClassBytecodes(classes[i].name(), bytes);
    }
    return woven;
  }

  private static InputStream bytes(ClassDesc type, Map<String, byte[]> given, ClassLoader loaded) {
    String descriptor = type.descriptorString();
    String name = descriptor.substring(1, descriptor.length() - 1);
    byte[] bytes = given.get(name);
    if (bytes != null) {
      return new ByteArrayInputStream(bytes);
    }
    return loaded == null ? null : loaded.getResourceAsStream(name + ".class");
  }

  private static final class Weaver implements CodeTransform {
    private static final Set<String> TASKS =
        Set.of("Future", "ScheduledFuture", "CompletableFuture", "ForkJoinTask");

    private final Set<Label> passed = new HashSet<>();
    private boolean hasTask;

    @Override
    public void atStart(CodeBuilder code) {
      check(code);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      switch (element) {
        case LabelTarget target -> passed.add(target.label());
        case BranchInstruction jump when passed.contains(jump.target()) -> check(code);
        default -> {}
      }
      if (hasTask && element instanceof StackInstruction stack && stack.opcode() == Opcode.POP) {
        code.invokestatic(
            TASKS_CLASS,
            "watch",
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object));
      } else {
        code.with(element);
      }
      if (element instanceof Instruction) {
        hasTask = element instanceof InvokeInstruction call && isTask(call.typeSymbol());
      }
    }

    private static boolean isTask(MethodTypeDesc method) {
      ClassDesc result = method.returnType();
      return result.isClassOrInterface()
          && result.packageName().equals("java.util.concurrent")
          && TASKS.contains(result.displayName());
    }

    private static void check(CodeBuilder code) {
      code.invokestatic(THIS, "check", ConstantDescs.MTD_void);
    }
  }
}
