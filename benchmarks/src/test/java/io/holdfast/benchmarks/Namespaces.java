package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Hosts in network namespaces of their own, joined by a bridge in one more. Needs root. */
final class Namespaces implements Network {

  /** Where nobody is: what is sent there is lost in silence, as by a network that is cut. */
  private static final String NOWHERE = "02:00:00:00:00:01";

  private record Cut(NetworkNamespace from, NetworkNamespace to) {}

  private final String prefix = "hf" + ProcessHandle.current().pid();
  private final String bridge = prefix + "-lan";
  private final List<NetworkNamespace> hosts = new ArrayList<>();
  private final Set<Cut> cuts = new LinkedHashSet<>();

  private Namespaces() {}

  /** Fails where this is not permitted. */
  static Namespaces open() throws IOException, InterruptedException {
    Namespaces network = new Namespaces();
    run("ip netns add " + network.bridge);
    try {
      run("ip -n " + network.bridge + " link add lan type bridge");
      run("ip -n " + network.bridge + " link set lan up");
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  @Override
  public Place host() throws Exception {
    int number = hosts.size() + 1;
    String name = prefix + "-" + number;
    String address = "10.77.0." + number;
    run("ip netns add " + name);
    hosts.add(NetworkNamespace.enter(name, address));
    run("ip -n " + bridge + " link add h" + number + " type veth peer name eth0 netns " + name);
    run("ip -n " + bridge + " link set h" + number + " master lan up");
    run("ip -n " + name + " addr add " + address + "/24 dev eth0");
    run("ip -n " + name + " link set eth0 up");
    run("ip -n " + name + " link set lo up");
    return hosts.getLast();
  }

  @Override
  public void cut(Place one, Place other) throws Exception {
    cut(new Cut((NetworkNamespace) one, (NetworkNamespace) other));
    cut(new Cut((NetworkNamespace) other, (NetworkNamespace) one));
  }

  @Override
  public void cutOneWay(Place from, Place to) throws Exception {
    cut(new Cut((NetworkNamespace) from, (NetworkNamespace) to));
  }

  private void cut(Cut cut) throws Exception {
    run(
        "ip -n %s neigh replace %s lladdr %s dev eth0 nud permanent"
            .formatted(cut.from().name(), cut.to().address(), NOWHERE));
    cuts.add(cut);
  }

  @Override
  public void heal() throws Exception {
    for (Cut cut : cuts) {
      run("ip -n %s neigh del %s dev eth0".formatted(cut.from().name(), cut.to().address()));
    }
    cuts.clear();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (NetworkNamespace host : hosts) {
      host.close();
      run("ip netns del " + host.name());
    }
    run("ip netns del " + bridge);
  }

  private static void run(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command.split(" ", -1)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said.strip());
    }
  }
}
