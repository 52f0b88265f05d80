package io.holdfast.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Follows the routing view of every supervisor by {@code GET /v1/routes?wait=...&after=...}, each
 * on a thread of its own, and passes on each version as it comes.
 */
final class ViewWatch implements AutoCloseable {

  private static final String WAIT = "/v1/routes?wait=20s";
  private static final Duration LONGEST = Duration.ofSeconds(25);
  private static final Duration PAUSE = Duration.ofMillis(100);

  interface Reader {
    /**
     * A view has another version.
     *
     * @param supervisor whose view it is
     * @param at when it arrived, a reading of {@link System#nanoTime}
     */
    void seen(int supervisor, long at, Shown shown);
  }

  private final ConcurrentMap<Integer, Shown> latest = new ConcurrentHashMap<>();
  private final Reader reader;
  private volatile boolean over;

  private ViewWatch(Reader reader) {
    this.reader = reader;
  }

  /** Of all supervisors, once each has shown its view. */
  static ViewWatch of(Cluster cluster, Reader reader) throws Exception {
    ViewWatch watch = new ViewWatch(reader);
    for (int i = 0; i < cluster.size(); i++) {
      int supervisor = i;
      Desk desk = cluster.desk(i).beside();
      Thread.ofPlatform().daemon().name("views-" + i).start(() -> watch.follow(supervisor, desk));
    }
    Waiting.until("there is a view", () -> watch.latest.size() == cluster.size());
    return watch;
  }

  /** What a supervisor has shown last. */
  Shown latest(int supervisor) {
    return latest.getOrDefault(supervisor, Shown.nothing());
  }

  private void follow(int supervisor, Desk desk) {
    try {
      String version = "";
      while (!over) {
        JsonNode json = desk.get(version.isEmpty() ? WAIT : WAIT + "&after=" + version, LONGEST);
        long at = System.nanoTime();
        String next = json.path("version").asText();
        if (next.isEmpty()) {
          // It is stopped, or starts anew.
          Waiting.pass(PAUSE);
        } else if (!next.equals(version)) {
          version = next;
          Shown shown = Shown.of(json);
          latest.put(supervisor, shown);
          reader.seen(supervisor, at, shown);
        }
      }
    } catch (Exception e) {
      if (!over) {
        List<Shown> seen = List.copyOf(latest.values());
        throw new IllegalStateException("the views are not followed any more: " + seen.size(), e);
      }
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
