package seminar.kernel;

import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.reply.CompleteReply;
import org.dflib.jjava.jupyter.messages.reply.HistoryReply;
import org.dflib.jjava.jupyter.messages.reply.InspectReply;
import org.dflib.jjava.jupyter.messages.request.CompleteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.InspectRequest;

/** Answers the questions of front ends around cells: completion, inspection, history. */
abstract class HelpingKernel extends BaseKernel {
  private final QueueConnection connection;
  private final CellHistory history = new CellHistory();

  HelpingKernel(String name, String version, QueueConnection connection, JupyterIO streams) {
    super(
        name,
        version,
        language(),
        List.of(),
        null,
        streams,
        new CommManager(),
        new Renderer(),
        new MagicParser("(?!)", "(?!)", new MagicTranspiler()),
        new MagicsRegistry(),
        true,
        new StringStyler.Builder().build());
    this.connection = connection;
  }

  private static LanguageInfo language() {
    return new LanguageInfo.Builder("java")
        .version(Runtime.version().toString())
        .mimetype("text/x-java-source")
        .fileExtension(".jshell")
        .pygments("java")
        .codemirror("text/x-java")
        .build();
  }

  abstract Assistant assistant();

  CellHistory history() {
    return history;
  }

  /** An answer that comes after the next question would cover what that one shows. */
  @Override
  protected void handleInspectRequest(
      ShellReplyEnvironment environment, Message<InspectRequest> message) {
    if (connection.isOvertaken(message)) {
      environment.setBusyDeferIdle();
      environment.reply(new InspectReply(false, DisplayData.EMPTY));
    } else {
      super.handleInspectRequest(environment, message);
    }
  }

  @Override
  protected void handleCompleteRequest(
      ShellReplyEnvironment environment, Message<CompleteRequest> message) {
    if (connection.isOvertaken(message)) {
      int cursor = message.getContent().getCursorPos();
      environment.setBusyDeferIdle();
      environment.reply(new CompleteReply(List.of(), cursor, cursor, Map.of()));
    } else {
      super.handleCompleteRequest(environment, message);
    }
  }

  @Override
  protected void handleHistoryRequest(
      ShellReplyEnvironment environment, Message<HistoryRequest> message) {
    environment.setBusyDeferIdle();
    Map<String, Object> content =
        Map.of("status", "ok", "history", history.answer(message.getContent()));
    environment.reply(Replies.of(message, HistoryReply.MESSAGE_TYPE, content));
  }

  @Override
  public List<String> formatError(Throwable failure) {
    return CellError.of(failure).lines();
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    List<Assistant.Described> found = assistant().inspect(code, charsBefore(code, at));
    return found.isEmpty() ? null : Tooltip.of(found);
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    Assistant.Completion completion = assistant().complete(code, charsBefore(code, at));
    int from = code.codePointCount(0, completion.from());
    return new ReplacementOptions(completion.options(), from, at);
  }

  /** A cursor counts code points (protocol 5.2), a string counts halves of some of them. */
  private static int charsBefore(String code, int cursor) {
    int points = code.codePointCount(0, code.length());
    return code.offsetByCodePoints(0, Math.clamp(cursor, 0, points));
  }

  @Override
  public String isComplete(String code) {
    return switch (assistant().state(code)) {
      case COMPLETE -> IS_COMPLETE_YES;
      case INCOMPLETE -> "";
      case INVALID -> IS_COMPLETE_BAD;
    };
  }
}
