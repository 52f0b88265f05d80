package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Before each start one note on one living service is damaged: the agent must not start and say
 * which one that is. Then the note is as it was.
 */
final class DamagedNotes implements Hardship {

  /** Starts an agent that must not start; returns what it says. */
  interface Refusal {
    String said() throws Exception;
  }

  private record Damage(String name, UnaryOperator<byte[]> how) {}

  private static final List<String> NOTES = List.of("intent", "pid", "phase", "cgroup");
  private static final List<Damage> DAMAGES =
      List.of(
          new Damage("emptied", _ -> new byte[0]),
          new Damage("cut off", note -> Arrays.copyOf(note, note.length / 2)),
          new Damage("zeroed", note -> new byte[note.length]),
          new Damage("a digit changed", DamagedNotes::changed));

  private final Path instances;
  private final Refusal refusal;
  private final List<String> done = new ArrayList<>();

  DamagedNotes(Path data, Refusal refusal) {
    // Below what it is given each role has a directory of its own.
    this.instances = data.resolve("agent/instances");
    this.refusal = refusal;
  }

  @Override
  public void beforeStart() throws Exception {
    List<Path> living = living();
    int turn = done.size();
    Path note = living.get(turn % living.size()).resolve(NOTES.get(turn % NOTES.size()));
    Damage damage = DAMAGES.get(turn / NOTES.size() % DAMAGES.size());
    done.add(note.getFileName() + " " + damage.name());
    if (!Files.exists(note)) {
      // Without control groups there is no note of them.
      return;
    }
    byte[] whole = Files.readAllBytes(note);
    Files.write(note, damage.how().apply(whole));
    String said = refusal.said();
    Files.write(note, whole);
    check(note, damage, said);
  }

  @Override
  public String told() {
    return done.size() + " starts with a damaged note";
  }

  private static void check(Path note, Damage damage, String said) throws IOException {
    String directory = String.valueOf(note.getParent());
    boolean clear =
        said.lines().filter(line -> line.contains(directory)).count() == 1
            && said.contains("cannot be read")
            && said.contains("no service was touched")
            && !said.contains("\tat ");
    if (!clear) {
      throw new IOException(
          "with %s %s the agent said: %s".formatted(note, damage.name(), said.strip()));
    }
  }

  private List<Path> living() throws IOException {
    try (Stream<Path> all = Files.list(instances)) {
      return all.filter(path -> path.getFileName().toString().startsWith("steady."))
          .sorted()
          .toList();
    }
  }

  /** The last digit before the end of the first line that has one. */
  private static byte[] changed(byte[] note) {
    byte[] changed = note.clone();
    for (int at = 0; at < note.length; at++) {
      if (Character.isDigit(note[at])) {
        changed[at] = (byte) (note[at] == '9' ? '1' : note[at] + 1);
        return changed;
      }
    }
    // None has no digit but the phase, of which any other letter is none.
    changed[0]++;
    return changed;
  }
}
