package seminar.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of a class or of a member, taken from a signature as JShell prints it.
 *
 * @param types the class and the classes around it, outermost first, without their package; empty
 *     for what a cell declares at its top
 * @param member the field, method or constructor; empty if the class itself is meant
 * @param parameters the simple types of a method's parameters; empty for anything else
 */
record JavaName(List<String> types, String member, List<String> parameters) {
  private static final Pattern TYPE_ARGUMENTS = Pattern.compile("<[^<>]*>");
  private static final Pattern ANNOTATIONS = Pattern.compile("@[\\w.]+ ");

  JavaName {
    types = List.copyOf(types);
    parameters = List.copyOf(parameters);
  }

  /**
   * Reads {@code "String String.substring(int beginIndex)"}, {@code "Math.PI:double"}, {@code
   * "java.util.Map.Entry<K, V>"}, {@code "Pair(int a, int b)"} and the like.
   */
  static JavaName ofSignature(String signature) {
    String plain = withoutTypeArguments(ANNOTATIONS.matcher(signature).replaceAll(""));
    int colon = plain.indexOf(':');
    if (colon >= 0) {
      return member(plain.substring(0, colon).strip(), List.of());
    }
    if (!plain.endsWith(")")) {
      return type(plain.strip());
    }
    int open = plain.lastIndexOf('(');
    // A record's own signature is followed by its components: leave the last brackets only.
    String head = plain.substring(0, open).replaceAll("\\([^()]*\\)", "").strip();
    String name = head.substring(head.lastIndexOf(' ') + 1);
    List<String> parameters = parameters(plain.substring(open + 1, plain.length() - 1));
    String last = name.substring(name.lastIndexOf('.') + 1);
    if (!head.contains(" ") && !last.isEmpty() && Character.isUpperCase(last.charAt(0))) {
      boolean record = open == plain.indexOf('(');
      return record ? type(name) : new JavaName(type(name).types, last, parameters);
    }
    return member(name, parameters);
  }

  private static JavaName type(String qualified) {
    return new JavaName(
        Arrays.stream(qualified.split("\\."))
            .dropWhile(part -> part.isEmpty() || !Character.isUpperCase(part.charAt(0)))
            .toList(),
        "",
        List.of());
  }

  private static JavaName member(String qualified, List<String> parameters) {
    int dot = qualified.lastIndexOf('.');
    List<String> types = dot < 0 ? List.of() : type(qualified.substring(0, dot)).types;
    return new JavaName(types, qualified.substring(dot + 1), parameters);
  }

  /** The types of {@code "int a, float... b"}, varargs as arrays. */
  private static List<String> parameters(String list) {
    return list.isBlank()
        ? List.of()
        : Arrays.stream(list.split(","))
            .map(String::strip)
            .map(one -> one.contains(" ") ? one.substring(0, one.lastIndexOf(' ')) : one)
            .map(JavaName::simpleType)
            .toList();
  }

  /** A type without package and type arguments, varargs as an array. */
  static String simpleType(String type) {
    String plain = withoutTypeArguments(type.replace("final ", "").replace("...", "[]").strip());
    return plain.substring(plain.lastIndexOf('.') + 1).replace(" ", "");
  }

  private static String withoutTypeArguments(String text) {
    String plain = TYPE_ARGUMENTS.matcher(text).replaceAll("");
    return plain.equals(text) ? plain : withoutTypeArguments(plain);
  }
}
