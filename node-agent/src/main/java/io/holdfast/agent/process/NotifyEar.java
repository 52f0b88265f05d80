package io.holdfast.agent.process;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to what one service says of itself, and to nobody else. */
public final class NotifyEar {

  /** What is heard, on a thread that must not be held up. */
  public interface Listener {

    /**
     * The service has said something.
     *
     * @param own tells whether a process is one of the service's
     */
    void heard(String text, LongPredicate own);
  }

  private static final Logger LOG = LoggerFactory.getLogger(NotifyEar.class);

  /** So many in one turn, then others have theirs. */
  private static final int BATCH = 32;

  private final Poller poller;
  private final NotifyAddress address;
  private final NotifySocket socket;
  private final int uid;
  private long token;
  private boolean registered;
  private boolean closed;
  private boolean complained;

  private NotifyEar(Poller poller, NotifyAddress address, NotifySocket socket, int uid) {
    this.poller = poller;
    this.address = address;
    this.socket = socket;
    this.uid = uid;
  }

  static NotifyEar open(Poller poller, NotifyAddress address, Optional<String> user)
      throws IOException {
    int uid = user.flatMap(Account::find).map(Account::uid).orElseGet(Account::ownUid);
    return new NotifyEar(poller, address, NotifySocket.bind(address, user), uid);
  }

  /** The value of {@code NOTIFY_SOCKET}. */
  public String address() {
    return address.text();
  }

  /**
   * Begins to listen. What has been said before is heard now; nothing is before the service's
   * process is known, so that every sender can be told apart.
   */
  public void listen(ServiceProcess service, Listener listener) {
    Kin kin = new Kin(identity(service), "NOTIFY_SOCKET=" + address.text());
    poller.execute(
        () -> {
          if (closed) {
            return;
          }
          try {
            token = poller.add(socket.fd(), Poller.IN, _ -> drain(kin, listener));
            registered = true;
          } catch (IOException e) {
            throw new IllegalStateException("cannot listen on " + address.text(), e);
          }
        });
  }

  private static ProcStat identity(ServiceProcess service) {
    return switch (service) {
      case NativeProcess process -> process.identity();
      case PortableProcess _ ->
          throw new IllegalArgumentException("what is launched by portable means has no ear");
    };
  }

  /** Stops listening. The address stays, for the next agent. */
  public void close() {
    poller.execute(
        () -> {
          if (closed) {
            return;
          }
          closed = true;
          if (registered) {
            poller.remove(token, socket.fd());
          }
          socket.close();
        });
  }

  private void drain(Kin kin, Listener listener) {
    for (int i = 0; i < BATCH; i++) {
      Optional<NotifySocket.Datagram> datagram = socket.receive();
      if (datagram.isEmpty()) {
        return;
      }
      hear(datagram.get(), kin, listener);
    }
  }

  private void hear(NotifySocket.Datagram datagram, Kin kin, Listener listener) {
    if (isFromService(datagram, kin)) {
      listener.heard(datagram.text(), kin::includes);
    } else if (!complained) {
      complained = true;
      LOG.warn(
          "Process {} of user {} speaks on {}, which is another service's; it is not heard",
          datagram.pid(),
          datagram.uid(),
          address.text());
    }
  }

  /**
   * The user decides first: no other user's word counts, but root's. Of a sender that is gone
   * already more is not known; a shell's echo must count, or a healthy service were ended.
   */
  private boolean isFromService(NotifySocket.Datagram datagram, Kin kin) {
    boolean user = datagram.uid() == uid || datagram.uid() == 0;
    return user
        && datagram.pid() > 0
        && (kin.includes(datagram.pid()) || ProcStat.read(datagram.pid()).isEmpty());
  }
}
