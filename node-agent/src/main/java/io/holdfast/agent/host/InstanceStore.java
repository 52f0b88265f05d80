package io.holdfast.agent.host;

import io.holdfast.core.InstanceId;
import io.holdfast.core.ServiceName;
import io.holdfast.core.instance.ExitCause;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The directories of all instances that this agent knows of, and the logs of a few it has
 * forgotten.
 */
public final class InstanceStore {

  /** Launches of a slot whose logs are kept: the latest and the one before. */
  private static final int KEPT_LAUNCHES = 2;

  private static final String FORGOTTEN = "forgotten";

  /** The log, its rotated parts, and that it is forgotten. */
  private static final Pattern KEPT_FILES =
      Pattern.compile("output|output\\.\\d+(-\\d+)?|" + FORGOTTEN);

  private static final Set<String> TOLD =
      Set.of(ExitCause.REQUESTED.name(), ExitCause.SHUTDOWN.name());

  private final Path root;

  private InstanceStore(Path root) {
    this.root = root;
  }

  public static InstanceStore open(Path data) throws IOException {
    return new InstanceStore(Files.createDirectories(data.resolve("instances")).toRealPath());
  }

  /** Where all the directories are. */
  public Path root() {
    return root;
  }

  /** A new directory that holds an intent; none when that cannot be written. */
  public InstanceDirectory create(Intent intent) throws IOException {
    InstanceDirectory directory = create(intent.instance());
    try {
      directory.record(intent);
      return directory;
    } catch (IOException e) {
      delete(directory.path());
      throw e;
    }
  }

  /** A new, empty directory. */
  public InstanceDirectory create(InstanceId instance) throws IOException {
    InstanceDirectory directory = directory(instance);
    Files.createDirectory(directory.path());
    return directory;
  }

  /** The directory of an instance that has not been forgotten. */
  public Optional<InstanceDirectory> find(InstanceId instance) {
    return Optional.of(directory(instance))
        .filter(directory -> Files.exists(directory.path()) && !isForgotten(directory));
  }

  /** Every instance that has not been forgotten. */
  public List<InstanceDirectory> known() throws IOException {
    return all().filter(directory -> !isForgotten(directory)).toList();
  }

  /** The launches of a slot whose logs are still here, the latest first. */
  public List<InstanceDirectory> launches(ServiceName service, int slot) throws IOException {
    return all()
        .filter(directory -> directory.instance().service().equals(service))
        .filter(directory -> directory.instance().slot() == slot)
        .sorted(Comparator.comparing(InstanceDirectory::instance).reversed())
        .toList();
  }

  /** Deletes all of a dead instance but its log, and that too once it is old. */
  public void forget(InstanceDirectory directory) throws IOException {
    String cause = directory.outcome().map(end -> end.exit().cause().name()).orElse("");
    Path forgotten = Files.createFile(directory.path().resolve(FORGOTTEN));
    try (Stream<Path> files = Files.list(directory.path())) {
      for (Path file : files.toList()) {
        if (!KEPT_FILES.matcher(file.getFileName().toString()).matches()) {
          delete(file);
        }
      }
    }
    // On a full disk there is room for it only now.
    Files.writeString(forgotten, cause);
    prune(directory.instance());
  }

  /** True when nothing will come of it any more, as it was told to end. */
  public boolean isOver(InstanceDirectory directory) throws IOException {
    return isForgotten(directory)
        && TOLD.contains(Files.readString(directory.path().resolve(FORGOTTEN)));
  }

  /** Deletes the forgotten launches of a slot before the latest two. */
  public void prune(InstanceId instance) throws IOException {
    List<InstanceDirectory> launches = launches(instance.service(), instance.slot());
    for (InstanceDirectory old : launches.stream().skip(KEPT_LAUNCHES).toList()) {
      if (isForgotten(old)) {
        delete(old.path());
      }
    }
  }

  private InstanceDirectory directory(InstanceId instance) {
    String name = instance.service() + "." + instance.slot() + "." + instance.epoch();
    return new InstanceDirectory(root.resolve(name), instance);
  }

  private Stream<InstanceDirectory> all() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .map(entry -> instance(entry.getFileName().toString()))
          .flatMap(Optional::stream)
          .map(this::directory)
          .toList()
          .stream();
    }
  }

  private static Optional<InstanceId> instance(String directoryName) {
    String[] parts = directoryName.split("\\.", -1);
    return parts.length == 3
        ? InstanceId.parse(parts[0] + "/" + parts[1] + "#" + parts[2])
        : Optional.empty();
  }

  /** True when it has ended and the supervisor has no use for it any more. */
  public static boolean isForgotten(InstanceDirectory directory) {
    return Files.exists(directory.path().resolve(FORGOTTEN));
  }

  private static void delete(Path path) throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path directory, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
