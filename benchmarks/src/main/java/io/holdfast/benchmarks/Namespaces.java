package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Hosts in network namespaces of their own, joined by a bridge in one more. Needs root. */
final class Namespaces implements Network {

  /** Where nobody is: what is sent there is lost in silence, as by a network that is cut. */
  private static final String NOWHERE = "02:00:00:00:00:01";

  private static final String SUBNET = "10.77.0.";

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
    String address = SUBNET + number;
    run("ip netns add " + name);
    NetworkNamespace host = NetworkNamespace.enter(name, address);
    hosts.add(host);
    run(
        "ip -n %s link add %s type veth peer name eth0 address %s netns %s"
            .formatted(bridge, port(host), hardware(host), name));
    run("ip -n " + bridge + " link set " + port(host) + " master lan up");
    run("ip -n " + name + " addr add " + address + "/24 dev eth0");
    run("ip -n " + name + " link set eth0 up");
    run("ip -n " + name + " link set lo up");
    for (NetworkNamespace other : hosts.subList(0, number - 1)) {
      introduce(host, other);
      introduce(other, host);
    }
    return host;
  }

  /**
   * Whoever does not answer the question where it is would be known to be out of reach after some
   * seconds; on networks with routers nobody is told.
   */
  private static void introduce(NetworkNamespace host, NetworkNamespace to) throws Exception {
    point(to, host, hardware(host));
  }

  private static void point(NetworkNamespace from, NetworkNamespace to, String hardware)
      throws Exception {
    run(
        "ip -n %s neigh replace %s lladdr %s dev eth0 nud permanent"
            .formatted(from.name(), to.address(), hardware));
  }

  private static String hardware(NetworkNamespace host) {
    String number = host.address().substring(SUBNET.length());
    return "02:00:0a:4d:00:%02x".formatted(Integer.parseInt(number));
  }

  private int number(NetworkNamespace host) {
    return hosts.indexOf(host) + 1;
  }

  /** Of the bridge. */
  private String port(Place host) {
    return "h" + number((NetworkNamespace) host);
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
    point(cut.from(), cut.to(), NOWHERE);
    cuts.add(cut);
  }

  @Override
  public void heal() throws Exception {
    for (Cut cut : cuts) {
      introduce(cut.to(), cut.from());
    }
    cuts.clear();
  }

  @Override
  public void isolate(Place host) throws Exception {
    run("ip -n " + bridge + " link set " + port(host) + " nomaster");
  }

  @Override
  public void rejoin(Place host) throws Exception {
    run("ip -n " + bridge + " link set " + port(host) + " master lan");
  }

  @Override
  public void lose(int percent, List<Place> lossy) throws Exception {
    String ports = lossy.stream().map(this::port).collect(Collectors.joining(", "));
    Path rules = Files.createTempFile("holdfast-loss", ".nft");
    Files.writeString(
        rules,
        """
        table bridge loss {
          chain forward {
            type filter hook forward priority 0;
            oifname { %1$s } numgen random mod 100 < %2$d drop
            iifname { %1$s } numgen random mod 100 < %2$d drop
          }
        }
        """
            .formatted(ports, percent));
    try {
      run("ip netns exec " + bridge + " nft -f " + rules);
    } finally {
      Files.delete(rules);
    }
  }

  @Override
  public void loseNone() throws Exception {
    run("ip netns exec " + bridge + " nft delete table bridge loss");
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
