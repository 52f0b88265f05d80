package io.holdfast.agent.host;

import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.EpochBlock;
import io.holdfast.core.supervision.OwnBudget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left of the budgets, a file for each service, so that no agent spends what an earlier one
 * has spent already.
 *
 * <p>A line of a file is a budget, and the last complete one counts. A restart waits for its budget
 * to be written, and adding a line takes a tenth of the time that replacing a file does.
 */
public final class BudgetStore {

  private static final Logger LOG = LoggerFactory.getLogger(BudgetStore.class);

  /** Before its blocks of epochs. */
  private static final int FIELDS = 4;

  /** A file is written anew when it is longer. */
  private static final long LONGEST = 16 * 1024;

  private final Path root;

  private BudgetStore(Path root) {
    this.root = root;
  }

  public static BudgetStore open(Path data) throws IOException {
    return new BudgetStore(Files.createDirectories(data.resolve("budgets")));
  }

  /** All that can be read. Without a budget an agent asks, which is slower but never wrong. */
  public Map<ServiceName, OwnBudget> read() throws IOException {
    Map<ServiceName, OwnBudget> budgets = new HashMap<>();
    try (Stream<Path> files = Files.list(root)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith(Note.UNFINISHED)) {
          read(file).ifPresent(budget -> budgets.put(new ServiceName(name), budget));
        }
      }
    }
    return budgets;
  }

  public void write(ServiceName service, OwnBudget budget) throws IOException {
    Path file = file(service);
    // What a full disk has cut off must not become one line with this one.
    byte[] line = ("\n" + text(budget) + "\n").getBytes(StandardCharsets.UTF_8);
    if (file.toFile().length() > LONGEST) {
      Note.replace(file, line);
    } else {
      Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  public void delete(ServiceName service) throws IOException {
    Files.deleteIfExists(file(service));
  }

  private Path file(ServiceName service) {
    return root.resolve(service.value());
  }

  private static Optional<OwnBudget> read(Path file) {
    try {
      if (!ServiceName.isValid(file.getFileName().toString())) {
        throw new IllegalArgumentException("it is not named like a service");
      }
      return Optional.of(budget(lastLine(Files.readString(file))));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      LOG.warn("The budget in {} cannot be read and is void: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static String lastLine(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .filter(line -> !line.isEmpty())
        .reduce((_, later) -> later)
        .orElse("");
  }

  private static String text(OwnBudget budget) {
    String blocks =
        budget.blocks().entrySet().stream()
            .map(entry -> entry.getKey() + ":" + text(entry.getValue()))
            .collect(Collectors.joining(" "));
    return "%d %d %d %s %s"
        .formatted(budget.series(), budget.uses(), budget.limit(), budget.until(), blocks)
        .strip();
  }

  private static OwnBudget budget(String line) {
    String[] words = line.split(" ", FIELDS + 1);
    if (words.length < FIELDS) {
      throw new IllegalArgumentException("'" + line + "' is no budget");
    }
    return new OwnBudget(
        Long.parseLong(words[0]),
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        blocks(words.length > FIELDS ? words[FIELDS] : ""),
        Instant.parse(words[3]));
  }

  private static String text(EpochBlock block) {
    return block.first() + "-" + block.last();
  }

  private static SortedMap<Integer, EpochBlock> blocks(String text) {
    SortedMap<Integer, EpochBlock> blocks = new TreeMap<>();
    for (String entry : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      String[] parts = entry.split("[:-]", -1);
      if (parts.length != 3) {
        throw new IllegalArgumentException("'" + entry + "' is no block of epochs");
      }
      blocks.put(
          Integer.valueOf(parts[0]),
          new EpochBlock(Long.parseLong(parts[1]), Long.parseLong(parts[2])));
    }
    return blocks;
  }
}
