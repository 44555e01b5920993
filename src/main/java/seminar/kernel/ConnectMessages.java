package seminar.kernel;

import java.lang.reflect.Constructor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.MessageType;

/**
 * The request for the kernel's ports, an old one that some clients still send; the library does not
 * know it.
 */
final class ConnectMessages {
  static final MessageType<Object> REQUEST = type("connect_request");
  static final MessageType<Object> REPLY = type("connect_reply");

  private ConnectMessages() {}

  /** A type makes itself known to the library when it is made, which only the library may. */
  @SuppressWarnings("unchecked")
  private static MessageType<Object> type(String name) {
    try {
      Constructor<?> constructor =
          MessageType.class.getDeclaredConstructor(String.class, Class.class);
      constructor.setAccessible(true);
      return (MessageType<Object>) constructor.newInstance(name, Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Answers with the ports. */
  static void answer(ShellReplyEnvironment environment, KernelConnectionProperties ports) {
    environment.setBusyDeferIdle();
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("status", "ok");
    content.put("shell_port", ports.getShellPort());
    content.put("iopub_port", ports.getIopubPort());
    content.put("stdin_port", ports.getStdinPort());
    content.put("control_port", ports.getControlPort());
    content.put("hb_port", ports.getHbPort());
    environment.reply(Replies.of(environment.getContext(), REPLY, content));
  }
}
