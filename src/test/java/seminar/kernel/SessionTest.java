package seminar.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Cells without Jupyter; {@link KernelProtocolTest} has the whole. */
class SessionTest {
  private final List<String> notes = new ArrayList<>();

  @Test
  void theLastExpressionIsTheValueAsAnObject() {
    try (Session session = new Session(notes::add)) {
      assertEquals(3, session.evaluate(1, "int a = 1;\nint b = 2;\na + b"));
      assertEquals(List.of(1), session.evaluate(2, "java.util.List.of(a)"));
      assertNull(session.evaluate(3, "int c = a;"));
      assertNull(session.evaluate(4, " \n// nothing\n"));
    }
  }

  @Test
  void anErrorPointsIntoTheCell() {
    try (Session session = new Session(notes::add)) {
      CellError wrong =
          assertThrows(CellError.class, () -> session.evaluate(1, "int a = 1;\n\tint b = x;"));
      assertEquals("CompilationError", wrong.kind());
      assertEquals(
          List.of(
              "2 | \tint b = x;",
              "  | \t        ^ cannot find symbol",
              "  | \t          symbol:   variable x"),
          wrong.lines());
      CellError thrown =
          assertThrows(
              CellError.class,
              () -> session.evaluate(2, "a = 2;\n\n\nObject o = null;\no.hashCode();"));
      assertEquals("NullPointerException", thrown.kind());
      assertEquals("--> cell [2] line 5: o.hashCode();", thrown.lines().getLast());
      assertEquals(2, session.evaluate(3, "a"));
    }
  }

  @Test
  void onlyWhatAWholeCellLeavesOpenIsNoted() {
    try (Session session = new Session(notes::add)) {
      session.evaluate(1, "interface A extends B {}\ninterface B {}");
      assertEquals(List.of(), notes);
      session.evaluate(2, "interface C extends D {}");
      assertEquals(List.of("C is declared; it can be used once this is defined: class D"), notes);
    }
  }

  @Test
  void anInterruptBeforeTheNextSnippetEndsTheCell() {
    try (Session session = new Session(notes::add)) {
      String cell = "while (true) { if (Thread.interrupted()) break; }\nint after = 1;";
      Thread stopper =
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    while (!Thread.interrupted()) {
                      session.interrupt();
                      Thread.yield();
                    }
                  });
      CellError stopped = assertThrows(CellError.class, () -> session.evaluate(1, cell));
      stopper.interrupt();
      assertEquals("Interrupted", stopped.kind());
      assertTrue(stopped.lines().getFirst().startsWith("Interrupted"));
    }
  }

  @Test
  void anInterruptWhileASnippetCompilesKeepsItFromRunning() throws Exception {
    try (Session session = new Session(notes::add)) {
      String cell = "boolean ran = true;\nThread.sleep(20_000);";
      FutureTask<CellError> run =
          new FutureTask<>(() -> assertThrows(CellError.class, () -> session.evaluate(1, cell)));
      Thread runner = Thread.ofPlatform().daemon().start(run);
      while (!isCompiling(runner)) {
        Thread.onSpinWait();
      }
      session.interrupt();
      assertEquals("Interrupted", run.get().kind());
      assertEquals(false, session.evaluate(2, "ran"));
    }
  }

  private static boolean isCompiling(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("jdk.jshell.Eval"));
  }
}
