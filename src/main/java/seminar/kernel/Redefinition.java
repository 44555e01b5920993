package seminar.kernel;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.constant.ConstantDescs;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts new code into classes that are loaded, so that their static fields, which hold the variables
 * of cells, keep their values.
 *
 * <p>The virtual machine hands the means to an agent at its start ({@code -javaagent}); {@link
 * KernelSpec} writes the agent's jar, which holds nothing but a manifest that names this class.
 * Without the agent no class can be given new code, and cells lose more variables.
 */
public final class Redefinition {
  private static volatile Instrumentation machine;

  private Redefinition() {}

  /**
   * Called by the virtual machine before the program.
   *
   * @param options not used
   * @param instrumentation what the virtual machine offers to agents
   */
  public static void premain(String options, Instrumentation instrumentation) {
    machine = instrumentation;
  }

  /**
   * Whether new code leaves right what the static fields of a class hold: a changed constant or
   * static initializer would not take effect.
   */
  static boolean keepsStatics(byte[] before, byte[] after) {
    return statics(before).equals(statics(after));
  }

  private static List<String> statics(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    List<String> statics = new ArrayList<>();
    for (FieldModel field : model.fields()) {
      field
          .findAttribute(Attributes.constantValue())
          .ifPresent(
              value -> statics.add(field.fieldName() + "=" + value.constant().constantValue()));
    }
    for (MethodModel method : model.methods()) {
      if (method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME)) {
        method.code().stream()
            .flatMap(CodeModel::elementStream)
            .filter(Instruction.class::isInstance)
            .map(Object::toString)
            .forEach(statics::add);
      }
    }
    return statics;
  }

  /**
   * Gives classes new code; all or none. What the machine cannot do is to add, remove or change
   * fields, methods or supertypes.
   *
   * @return whether it was done
   */
  static boolean redefine(ClassDefinition[] classes) {
    if (machine == null || !machine.isRedefineClassesSupported()) {
      return false;
    }
    try {
      machine.redefineClasses(classes);
      return true;
    } catch (UnsupportedOperationException
        | ClassNotFoundException
        | UnmodifiableClassException
        | LinkageError e) {
      return false;
    }
  }
}
