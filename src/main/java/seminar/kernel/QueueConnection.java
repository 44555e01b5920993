package seminar.kernel;

import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellHandler;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.publish.PublishStatus;
import org.dflib.jjava.jupyter.messages.reply.InputReply;
import org.dflib.jjava.jupyter.messages.request.InputRequest;
import org.zeromq.ZMQ;

/**
 * A connection whose queue can be given up: front ends send all cells of a notebook at once and
 * rely on the kernel not to run those that wait behind one that failed. A stop reaches what waits
 * behind any request, such as a slow completion.
 *
 * <p>What waits is what has arrived, whatever its date: the clocks of a browser and of the kernel
 * may differ. Only the thread of the shell channel, which calls the handlers, may use the methods,
 * except {@link #stop()} and {@link #ask}.
 */
final class QueueConnection extends JupyterConnection {
  /** How often channels look for messages; those of the library do so each 50 ms. */
  private static final long POLL_MILLIS = 2;

  private static final long ANSWER_POLL_MILLIS = 20;

  private final KernelConnectionProperties properties;
  private final ZMQ.Context context = ZMQ.context(1);
  private final ShellChannel requests;
  private final ShellChannel orders;
  private final ReentrantLock asking = new ReentrantLock();

  /** Whether requests that are still to be read had arrived before the queue was given up. */
  private boolean abortsNext;

  private boolean abortsThis;

  /** Requests that were read before their turn. */
  private final Deque<Message<?>> ahead = new ArrayDeque<>();

  private boolean handlesAhead;
  private Thread shellThread;
  private boolean busy;
  private boolean stopAsked;

  QueueConnection(KernelConnectionProperties properties) throws GeneralSecurityException {
    super(properties);
    this.properties = properties;
    HMACGenerator signer = properties.createHMACGenerator();
    requests = new ShellChannel(context, signer, false, this, POLL_MILLIS);
    orders = new ShellChannel(context, signer, true, this, POLL_MILLIS);
    setHandler(
        ConnectMessages.REQUEST,
        (environment, message) -> ConnectMessages.answer(environment, properties));
  }

  /** Binds the prompt channels in place of those of the library. */
  @Override
  public void connect() {
    for (JupyterSocket socket : List.of(heartbeat, requests, orders, stdin, iopub)) {
      socket.bind(properties);
    }
    iopub.sendMessage(new Message<>(null, PublishStatus.MESSAGE_TYPE, PublishStatus.STARTING));
  }

  @Override
  public void close() {
    requests.close();
    orders.close();
    context.close();
    super.close();
  }

  @Override
  public void waitUntilClose() {
    requests.waitUntilClose();
    orders.waitUntilClose();
    super.waitUntilClose();
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
    if (channel == requests) {
      begin();
      abortsThis = abortsNext;
      abortsNext = abortsNext && hasWaiting();
    }
    return super.prepareReplyEnv(channel, message);
  }

  /** A handler that is followed by a look at what waits behind its request. */
  @Override
  public <T> void setHandler(MessageType<T> type, ShellHandler<T> handler) {
    super.setHandler(
        type,
        (environment, message) -> {
          try {
            handler.handle(environment, message);
          } finally {
            end();
          }
          if (Thread.currentThread() == shellThread && !handlesAhead && !ahead.isEmpty()) {
            environment.resolveDeferrals();
            handleAhead();
          }
        });
  }

  /**
   * Whether a request of the same type waits behind a request, so that nobody waits for its answer
   * any more. What waits is read for that, and handled as soon as the request is.
   */
  boolean isOvertaken(Message<?> request) {
    while ((requests.getEvents() & ZMQ.Poller.POLLIN) != 0) {
      ahead.add(requests.readMessage());
    }
    MessageType<?> type = request.getHeader().getType();
    return ahead.stream().anyMatch(later -> later.getHeader().getType() == type);
  }

  private void handleAhead() {
    handlesAhead = true;
    try {
      while (!ahead.isEmpty()) {
        handle(ahead.removeFirst());
      }
    } finally {
      handlesAhead = false;
    }
  }

  /** As the channel does it. */
  private <T> void handle(Message<T> message) {
    ShellHandler<T> handler = getHandler(message.getHeader().getType());
    if (handler == null) {
      return;
    }
    ShellReplyEnvironment environment = prepareReplyEnv(requests, message);
    try {
      handler.handle(environment, message);
    } catch (RuntimeException e) {
      // One request that cannot be answered must not take the others with it.
    } finally {
      environment.resolveDeferrals();
    }
    if (environment.isMarkedForShutdown()) {
      close();
    }
  }

  private synchronized void begin() {
    shellThread = Thread.currentThread();
    busy = true;
  }

  private synchronized void end() {
    if (Thread.currentThread() == shellThread && !hasWaiting()) {
      busy = false;
      stopAsked = false;
    }
  }

  /** A stop, from any thread: for the cell that runs, else for the first that waits. */
  synchronized void stop() {
    stopAsked = busy;
  }

  /** Whether the cell that is to run or runs was stopped, be it while it waited. */
  synchronized boolean isStopped() {
    return stopAsked;
  }

  /** The stop has had its effect. */
  synchronized void forgetStop() {
    stopAsked = false;
  }

  /**
   * Asks the front end of a cell for a line, and waits until it answers. Any thread may ask; one
   * asks at a time.
   *
   * @param cell the request that runs the cell
   * @param question what is shown beside the field for the answer
   * @return the line, without its end
   * @throws InterruptedException if the thread is interrupted meanwhile; an answer that comes later
   *     is dropped
   */
  String ask(MessageContext cell, String question) throws InterruptedException {
    asking.lockInterruptibly();
    try {
      while (isAnswered()) {
        stdin.readMessage();
      }
      InputRequest request = new InputRequest(question, false);
      stdin.sendMessage(new Message<>(cell, InputRequest.MESSAGE_TYPE, request));
      while (!isAnswered()) {
        Thread.sleep(ANSWER_POLL_MILLIS);
      }
      return stdin.readMessage(InputReply.MESSAGE_TYPE).getContent().getValue();
    } finally {
      asking.unlock();
    }
  }

  private boolean isAnswered() {
    return (stdin.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }

  private boolean hasWaiting() {
    return !ahead.isEmpty() || (requests.getEvents() & ZMQ.Poller.POLLIN) != 0;
  }
}
