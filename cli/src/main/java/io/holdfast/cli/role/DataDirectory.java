package io.holdfast.cli.role;

import io.holdfast.core.CannotStart;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** {@code --data}: a directory in which each role has its own. */
public record DataDirectory(Path path) {

  private static final String SUPERVISOR = "supervisor";

  /** Makes it when it is not there. */
  public static DataDirectory at(Path path) throws CannotStart {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
    } catch (IOException e) {
      throw new CannotStart("cannot make the data directory " + absolute + ": " + why(e), e);
    }
    if (!Files.isWritable(absolute)) {
      throw new CannotStart("cannot write to the data directory " + absolute);
    }
    return new DataDirectory(absolute);
  }

  private static String why(IOException e) {
    return switch (e) {
      case FileAlreadyExistsException _ -> "there is a file of that name";
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "nothing can be made there";
      // Its message is the path alone when there is no reason.
      case FileSystemException other ->
          Optional.ofNullable(other.getReason()).orElse(other.getClass().getSimpleName());
      default -> String.valueOf(e.getMessage());
    };
  }

  /** Without making anything. */
  static Path supervisorOf(Path data) {
    return data.toAbsolutePath().normalize().resolve(SUPERVISOR);
  }

  public Path supervisor() throws CannotStart {
    return role(SUPERVISOR);
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
