package seminar.kernel;

import java.security.GeneralSecurityException;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.zeromq.ZMQ;

/**
 * A connection whose queue can be given up: front ends send all cells of a notebook at once and
 * rely on the kernel not to run those that wait behind one that failed.
 *
 * <p>What waits is what has arrived, whatever its date: the clocks of a browser and of the kernel
 * may differ. Only the thread of the shell channel, which calls the handlers, may use the methods.
 */
final class QueueConnection extends JupyterConnection {
  /** Whether requests that are still to be read had arrived before the queue was given up. */
  private boolean abortsNext;

  private boolean abortsThis;

  QueueConnection(KernelConnectionProperties properties) throws GeneralSecurityException {
    super(properties);
  }

  /** Every request that has arrived and was not read yet is to be aborted. */
  void abortWaiting() {
    abortsNext = hasWaiting();
  }

  /** Whether the request that is being handled is to be aborted. */
  boolean isAborted() {
    return abortsThis;
  }

  /**
   * Called with each message before its handler. Later is too late to look at the queue: a reply
   * may bring the next request, which is to run.
   */
  @Override
  public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext message) {
    if (channel == shell) {
      abortsThis = abortsNext;
      abortsNext = abortsNext && hasWaiting();
    }
    return super.prepareReplyEnv(channel, message);
  }

  private boolean hasWaiting() {
    return (shell.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }
}
