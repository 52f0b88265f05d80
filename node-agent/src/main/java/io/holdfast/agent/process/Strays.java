package io.holdfast.agent.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for what an agent of the same node has launched from another data directory: no agent that
 * does not use that directory can take it over.
 */
public final class Strays {

  private static final Logger LOG = LoggerFactory.getLogger(Strays.class);
  private static final Path PROC = Path.of("/proc");

  /** In the data directory of an agent whose node nobody can take over. */
  private static final String HOUSED = "housed";

  /**
   * A process that lives.
   *
   * @param record the directory of its launch
   */
  public record Stray(long pid, Path record) {}

  private final String node;
  private final Path data;
  private final Optional<Path> network;

  private Strays(String node, Path data) {
    this.node = node;
    this.data = data;
    this.network = network("self");
  }

  /**
   * Any of them; none where the kernel does not show its processes as files. What may not be looked
   * at is passed over.
   *
   * @param node as {@code HOLDFAST_NODE_ID} tells it to services
   * @param data of the agent that asks; need not exist
   */
  public static Optional<Stray> find(String node, Path data) {
    if (!Files.isDirectory(PROC.resolve("self"))) {
      return Optional.empty();
    }
    Strays strays = new Strays(node, data);
    return living().stream().flatMap(stat -> strays.stray(stat).stream()).findFirst();
  }

  /**
   * Notes whether the agent of a data directory is in one process with its supervisor, so that its
   * node is not the one that other agents call so.
   */
  public static void note(Path data, boolean housed) throws IOException {
    Path file = data.resolve(HOUSED);
    if (!housed) {
      Files.deleteIfExists(file);
    } else if (!Files.exists(file)) {
      Files.createFile(file);
    }
  }

  private static List<ProcStat> living() {
    try {
      return Sessions.processes().stream().filter(stat -> !Sessions.isDead(stat)).toList();
    } catch (UncheckedIOException e) {
      LOG.debug("Processes cannot be listed", e);
      return List.of();
    }
  }

  private Optional<Stray> stray(ProcStat stat) {
    return Mark.of(stat, node)
        .filter(record -> !isOwn(record) && !isHoused(record) && isOfThisHost(stat))
        .map(record -> new Stray(stat.pid(), record));
  }

  /** By whatever path that leads there; by its name alone once it is gone. */
  private boolean isOwn(Path record) {
    Path theirs = dataOf(record).orElse(record);
    try {
      return Files.isSameFile(theirs, data);
    } catch (IOException e) {
      return theirs.equals(data.toAbsolutePath().normalize());
    }
  }

  private static boolean isHoused(Path record) {
    return dataOf(record).filter(data -> Files.exists(data.resolve(HOUSED))).isPresent();
  }

  /** Hosts that share a kernel, each with a network of its own, may see each other's processes. */
  private boolean isOfThisHost(ProcStat stat) {
    return network.equals(network(String.valueOf(stat.pid())));
  }

  private static Optional<Path> network(String process) {
    try {
      return Optional.of(Files.readSymbolicLink(PROC.resolve(process).resolve("ns/net")));
    } catch (IOException e) {
      LOG.debug("The network of process {} is not known", process, e);
      return Optional.empty();
    }
  }

  /** A record is {@code DATA/instances/NAME}. */
  private static Optional<Path> dataOf(Path record) {
    return Optional.ofNullable(record.getParent()).map(Path::getParent);
  }
}
