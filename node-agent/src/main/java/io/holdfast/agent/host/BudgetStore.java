package io.holdfast.agent.host;

import io.holdfast.core.ServiceName;
import io.holdfast.core.supervision.EpochBlock;
import io.holdfast.core.supervision.OwnBudget;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left of the budgets, a file for each service, so that no agent spends what an earlier one
 * has spent already.
 */
public final class BudgetStore {

  private static final Logger LOG = LoggerFactory.getLogger(BudgetStore.class);

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
    Properties properties = new Properties();
    properties.setProperty("series", Long.toString(budget.series()));
    properties.setProperty("uses", Long.toString(budget.uses()));
    properties.setProperty("limit", Long.toString(budget.limit()));
    properties.setProperty("until", budget.until().toString());
    properties.setProperty(
        "blocks",
        budget.blocks().entrySet().stream()
            .map(entry -> entry.getKey() + ":" + text(entry.getValue()))
            .collect(Collectors.joining(" ")));
    StringWriter text = new StringWriter();
    properties.store(text, null);
    Note.replace(file(service), text.toString().getBytes(StandardCharsets.UTF_8));
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
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(file)));
      return Optional.of(
          new OwnBudget(
              number(properties, "series"),
              number(properties, "uses"),
              number(properties, "limit"),
              blocks(properties.getProperty("blocks", "")),
              Instant.parse(properties.getProperty("until", ""))));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      LOG.warn("The budget in {} cannot be read and is void: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static long number(Properties properties, String key) {
    return Long.parseLong(properties.getProperty(key, ""));
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
