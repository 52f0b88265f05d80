package io.holdfast.supervisor.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.core.instance.Exit;
import io.holdfast.core.instance.ExitStatus;

/** How an instance ended: a code, a signal, or neither when it never ran or nobody saw it. */
final class RenderExit {

  private RenderExit() {}

  static ObjectNode exit(Exit exit) {
    ObjectNode json = Json.object();
    boolean oom =
        switch (exit.status()) {
          case ExitStatus.Code(int code) -> {
            json.put("code", code);
            yield false;
          }
          case ExitStatus.Signal(String name, boolean memoryRanOut) -> {
            json.put("signal", name);
            yield memoryRanOut;
          }
          case ExitStatus.NotStarted _, ExitStatus.Unknown _ -> false;
        };
    json.put("oom", oom).put("at", Json.time(exit.at())).put("reason", exit.reason());
    json.set("log", Json.texts(exit.log()));
    return json;
  }
}
