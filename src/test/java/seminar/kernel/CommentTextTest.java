package seminar.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CommentTextTest {
  @Test
  void markupBecomesPlainText() {
    String comment =
        """
         The {@code K} largest of <b>all</b>; see {@link java.util.List#of(Object)}.

         <p>Of {@code a < b}:
         <ul>
           <li>first
           <li>second &amp; last
         </ul>

         @param k how many, {@code k >= 0}
         @return the best
        """;
    assertEquals(
        """
        The K largest of all; see java.util.List.of(Object).

        Of a < b:
        - first
        - second & last

        param k how many, k >= 0
        return the best\
        """,
        CommentText.of(comment));
  }

  @Test
  void nestedBracesAndEmptyCommentsAreHarmless() {
    assertEquals("a {b} c", CommentText.of("a {@code {b}} c"));
    assertEquals("", CommentText.of(""));
  }
}
