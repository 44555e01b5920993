package seminar.kernel;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;

/** Runs the cells of a notebook in a {@link Session}. */
final class JavaKernel extends HelpingKernel {
  private final QueueConnection connection;
  private final CellStreams streams;
  private final Session session;
  private final Assistant assistant;
  private TimeLimit limit = new TimeLimit(Duration.ZERO, () -> {});

  /**
   * A kernel that answers on a connection once this is connected.
   *
   * @param name the name that Jupyter is told
   * @param version the version that Jupyter is told
   * @param connection not connected yet
   */
  JavaKernel(String name, String version, QueueConnection connection) {
    this(name, version, connection, new CellStreams(connection));
    becomeHandlerForConnection(connection);
  }

  private JavaKernel(String name, String version, QueueConnection connection, CellStreams streams) {
    super(name, version, connection, streams);
    this.connection = connection;
    this.streams = streams;
    session = new Session(streams::note);
    assistant = new Assistant(session.shell(), session.classPath(), SourceComments.ofThisProgram());
  }

  @Override
  public void onStartup() {
    session.evaluate(0, Startup.IMPORTS);
    super.onStartup();
    streams.install(session::tidy, session::tellFailedTasks);
    Thread.setDefaultUncaughtExceptionHandler(session::tellFailure);
    Exit.guard(session.threads());
    runScripts(System.getenv());
  }

  /** A script that fails keeps no kernel from starting; the first cell says so. */
  private void runScripts(Map<String, String> environment) {
    try {
      Shells.asked(environment);
    } catch (IllegalArgumentException e) {
      streams.note(e.getMessage());
    }
    try {
      limit = new TimeLimit(TimeLimit.of(environment), this::interrupt);
      Startup.classPath(environment).forEach(session.classPath()::add);
      for (Startup.Script script : Startup.scripts(environment)) {
        try {
          session.evaluate(0, script.code());
        } catch (CellError error) {
          streams.note(script.name() + ": " + String.join("\n", error.lines()));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      streams.note(e.getMessage());
    }
  }

  @Override
  protected synchronized void handleExecuteRequest(
      ShellReplyEnvironment environment, Message<ExecuteRequest> message) {
    environment.setBusyDeferIdle();
    if (connection.isAborted()) {
      environment
          .defer()
          .reply(Replies.of(message, ExecuteReply.MESSAGE_TYPE, Map.of("status", "aborted")));
      return;
    }
    commManager.setMessageContext(message);
    ExecuteRequest request = message.getContent();
    boolean counted = !request.isSilent() && request.shouldStoreHistory();
    int count = counted ? executionCount.getAndIncrement() : executionCount.get();
    if (!request.isSilent()) {
      environment.publish(new PublishExecuteInput(request.getCode(), count));
    }
    streams.attach(environment, request.isStdinEnabled());
    environment.defer(() -> streams.detach(environment));
    String output = null;
    try {
      Object value =
          limit.run(() -> session.evaluate(count, request.getCode(), connection::isStopped));
      DisplayData shown = shown(value);
      output = text(shown);
      streams.flush();
      if (shown != null && !request.isSilent()) {
        environment.publish(new PublishExecuteResult(count, shown));
      }
      Map<String, Object> beside = values(count, request.getUserExpr());
      environment
          .defer()
          .reply(Replies.of(message, ExecuteReply.MESSAGE_TYPE, Replies.executed(count, beside)));
    } catch (Throwable failure) {
      if (request.shouldStopOnError() && !request.isSilent()) {
        connection.abortWaiting();
      }
      connection.forgetStop();
      streams.flush();
      tell(environment, count, CellError.of(failure));
    } finally {
      if (counted) {
        history().add(count, request.getCode(), output);
      }
    }
  }

  @Override
  Assistant assistant() {
    return assistant;
  }

  private static void tell(ShellReplyEnvironment environment, int count, CellError error) {
    environment.publish(new PublishError(error.kind(), error.getMessage(), error.lines()));
    ErrorReply reply = new ErrorReply(error.kind(), error.getMessage(), error.lines());
    reply.setExecutionCount(count);
    environment.defer().replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
  }

  /** What a front end wants to know beside the cell, each expression by its name. */
  private Map<String, Object> values(int count, Map<String, String> expressions) {
    Map<String, Object> values = new LinkedHashMap<>();
    if (expressions != null) {
      expressions.forEach((name, code) -> values.put(name, value(count, code)));
    }
    return values;
  }

  private Map<String, Object> value(int count, String expression) {
    try {
      DisplayData shown = shown(session.evaluate(count, expression));
      return Replies.value(DisplayData.emptyIfNull(shown));
    } catch (RuntimeException failure) {
      return Replies.failure(CellError.of(failure));
    }
  }

  private static String text(DisplayData shown) {
    return shown != null && shown.getData(MIMEType.TEXT_PLAIN) instanceof String text ? text : null;
  }

  private DisplayData shown(Object value) {
    return switch (value) {
      case null -> null;
      case DisplayData data -> data;
      default -> tidy(getRenderer().render(value));
    };
  }

  /** What an object says of itself may have the name of a cell's class in it. */
  private DisplayData tidy(DisplayData shown) {
    for (MIMEType type : List.of(MIMEType.TEXT_PLAIN, MIMEType.TEXT_HTML)) {
      if (shown.getData(type) instanceof String text) {
        shown.putData(type, CellNames.tidy(text));
      }
    }
    return shown;
  }

  /** For the function {@code eval} that cells may call. */
  @Override
  public Object evalRaw(String code) {
    return session.evaluateInside(executionCount.get(), code);
  }

  /** The kernel of the cell that calls; empty outside a notebook, or on another kernel. */
  static Optional<JavaKernel> ofNotebook() {
    try {
      return BaseKernel.notebookKernel() instanceof JavaKernel ours
          ? Optional.of(ours)
          : Optional.empty();
    } catch (NullPointerException e) {
      return Optional.empty();
    }
  }

  /** For {@link VariableList}. */
  VariableList variables() {
    return session.variables();
  }

  /** For {@link Libraries}. */
  void addLibraries(List<String> coordinates) {
    session.addLibraries(coordinates);
  }

  /** Text that was printed before a display must reach the notebook before it. */
  @Override
  public void display(DisplayData data) {
    streams.flush();
    super.display(data);
  }

  @Override
  public void interrupt() {
    connection.stop();
    session.interrupt();
  }

  @Override
  public void onShutdown(boolean restarting) {
    super.onShutdown(restarting);
    session.interrupt();
    session.close();
  }
}
