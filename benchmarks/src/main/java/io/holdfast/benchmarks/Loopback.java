package io.holdfast.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All hosts are this one. What supervisors say to each other goes through proxies, which can keep
 * it; nothing else can be cut.
 */
final class Loopback implements Network {

  private record Cut(int from, int to) {}

  private final List<Host> hosts = new ArrayList<>();
  private final Set<Cut> cuts = ConcurrentHashMap.newKeySet();

  /** It knows its JVMs by a property in their command line. */
  private record Host(int number, int bound, Proxy proxy) implements Place {

    private static final String MARK = "-Dholdfast.chaos.host=";

    @Override
    public String address() {
      return "127.0.0.1";
    }

    @Override
    public int clusterPort() {
      return proxy.port();
    }

    @Override
    public String javaOptions() {
      return "-Dakka.remote.artery.bind.hostname=127.0.0.1 -Dakka.remote.artery.bind.port="
          + bound
          + " "
          + MARK
          + number;
    }

    @Override
    public <T> T inside(Callable<T> work) throws Exception {
      return work.call();
    }

    boolean runs(String commandLine) {
      return (commandLine + "\0").contains(MARK + number + "\0");
    }
  }

  @Override
  public Place host() throws IOException {
    int number = hosts.size();
    int bound = Ports.free();
    Proxy proxy = Proxy.to(bound, owner -> isCut(owner, number));
    hosts.add(new Host(number, bound, proxy));
    return hosts.getLast();
  }

  private boolean isCut(String owner, int to) {
    return cuts.stream().anyMatch(cut -> cut.to() == to && hosts.get(cut.from()).runs(owner));
  }

  @Override
  public void cut(Place one, Place other) {
    int here = hosts.indexOf(one);
    int there = hosts.indexOf(other);
    cuts.add(new Cut(here, there));
    cuts.add(new Cut(there, here));
  }

  @Override
  public void cutOneWay(Place from, Place to) {
    throw new UnsupportedOperationException("only supervisors can be cut off from each other here");
  }

  @Override
  public void isolate(Place host) {
    throw new UnsupportedOperationException("no host is apart from the others here");
  }

  @Override
  public void rejoin(Place host) {
    throw new UnsupportedOperationException("no host is apart from the others here");
  }

  @Override
  public void lose(int percent, List<Place> lossy) {
    throw new UnsupportedOperationException("there are no packets of single hosts here");
  }

  @Override
  public void loseNone() {}

  @Override
  public void heal() {
    cuts.clear();
  }

  @Override
  public void close() throws IOException {
    for (Host host : hosts) {
      host.proxy().close();
    }
  }
}
