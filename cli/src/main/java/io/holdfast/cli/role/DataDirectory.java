package io.holdfast.cli.role;

import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code --data}: a directory in which each role has its own. */
public record DataDirectory(Path path) {

  /** Makes it when it is not there. */
  public static DataDirectory at(Path path) throws CannotStart {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
    } catch (IOException e) {
      throw new CannotStart("cannot make the data directory " + absolute + why(e), e);
    }
    if (!Files.isWritable(absolute)) {
      throw new CannotStart("cannot write to the data directory " + absolute);
    }
    return new DataDirectory(absolute);
  }

  private static String why(IOException e) {
    return switch (e) {
      case java.nio.file.FileAlreadyExistsException _ -> ": there is a file of that name";
      case java.nio.file.AccessDeniedException _ -> ": permission denied";
      default -> ": " + e.getMessage();
    };
  }

  public Path supervisor() throws CannotStart {
    return role("supervisor");
  }

  public Path agent() throws CannotStart {
    return role("agent");
  }

  public Path gateway() throws CannotStart {
    return role("gateway");
  }

  private Path role(String name) throws CannotStart {
    return at(path.resolve(name)).path();
  }

  /** Where a process of this role writes what it does. */
  public Path log(String role) {
    return path.resolve(role + ".log");
  }
}
