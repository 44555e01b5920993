package seminar.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          String String.substring(int beginIndex)                  | String     | substring | int
          void java.io.PrintStream.println(char[] x)               | PrintStream| println   | char[]
          List<E> List<E>.<E>of(E... elements)                     | List       | of        | E[]
          V Map<K, V>.put(K key, V value)                          | Map        | put       | K V
          void Workers.forEach(int n, Workers.Shard body)          | Workers    | forEach   | int Shard
          TopK TopK(int[] indices, float[] scores).of(float[] a)   | TopK       | of        | float[]
          java.util.Map.Entry<K, V>                                | Map Entry  | ''        | ''
          seminar.math.TopK(int[] indices, float[] scores)         | TopK       | ''        | ''
          Math.PI:double                                           | Math       | PI        | ''
          n:int                                                    | ''         | n         | ''
          int twice(int x)                                         | ''         | twice     | int
          Pair(int a, int b)(int a, int b)                         | Pair       | Pair      | int int
          """)
  void aSignatureNamesTypesMemberAndParameters(
      String signature, String types, String member, String parameters) {
    assertEquals(
        new JavaName(words(types), member, words(parameters)), JavaName.ofSignature(signature));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}
