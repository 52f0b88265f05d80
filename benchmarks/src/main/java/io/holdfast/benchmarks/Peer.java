package io.holdfast.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Another proxy in front of the same backends, as it comes and as well as its manual lets it be set
 * for such a service without knowing the faults.
 */
enum Peer {
  HAPROXY_DEFAULT("haproxy"),
  HAPROXY_BEST("haproxy"),
  NGINX_DEFAULT("nginx"),
  NGINX_BEST("nginx");

  private final String program;

  Peer(String program) {
    this.program = program;
  }

  boolean isHere() throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "PATH=$PATH:/usr/sbin command -v " + program)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  Process start(Path directory, int port, List<Integer> backends) throws IOException {
    Path file = directory.resolve(name() + ".conf");
    Files.writeString(file, settings(directory, port, backends));
    String run =
        program.equals("haproxy")
            ? "exec haproxy -db -f " + file
            : "exec nginx -p " + directory + " -c " + file;
    return new ProcessBuilder("sh", "-c", "PATH=$PATH:/usr/sbin; " + run)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private String settings(Path directory, int port, List<Integer> backends) {
    return switch (this) {
      case HAPROXY_DEFAULT -> haproxy(port, backends, "", "roundrobin", "check");
      case HAPROXY_BEST ->
          haproxy(
              port,
              backends,
              """
                timeout check 500ms
                retries 3
                option redispatch 1
                retry-on all-retryable-errors
              """,
              "leastconn",
              "check inter 1s fastinter 250ms downinter 500ms fall 2 rise 2 observe layer7"
                  + " error-limit 10 on-error mark-down on-marked-down shutdown-sessions");
      case NGINX_DEFAULT -> nginx(directory, port, backends, "", "", "", "");
      case NGINX_BEST ->
          nginx(
              directory,
              port,
              backends,
              "zone z 64k; least_conn;",
              " max_fails=3 fail_timeout=2s",
              "keepalive 64;",
              "proxy_http_version 1.1; proxy_set_header Connection \"\";"
                  + " proxy_connect_timeout 1s; proxy_read_timeout 1s; proxy_send_timeout 1s;"
                  + " proxy_next_upstream error timeout invalid_header http_500 http_502"
                  + " http_503 http_504; proxy_next_upstream_tries 3;");
    };
  }

  private String haproxy(
      int port, List<Integer> backends, String more, String balance, String check) {
    String timeout = this == HAPROXY_BEST ? "1s" : "30s";
    String health = this == HAPROXY_BEST ? "  option httpchk GET /health\n" : "";
    return """
    global
      maxconn 5000
    defaults
      mode http
      timeout connect 1s
      timeout client 30s
      timeout server %s
    %s
    frontend f
      bind 127.0.0.1:%d
      default_backend b
    backend b
      balance %s
    %s  default-server %s
    %s
    """
        .formatted(
            timeout,
            more,
            port,
            balance,
            health,
            check,
            servers(backends, "  server b%d 127.0.0.1:%d", "", "\n"));
  }

  private static String nginx(
      Path directory,
      int port,
      List<Integer> backends,
      String before,
      String each,
      String after,
      String location) {
    return """
    daemon off; worker_processes auto; pid %s/nginx.pid; error_log /dev/null crit;
    events { worker_connections 8192; }
    http {
      access_log off;
      upstream u { %s %s %s }
      server {
        listen 127.0.0.1:%d backlog=4096;
        location / { proxy_pass http://u; %s }
      }
    }
    """
        .formatted(
            directory,
            before,
            servers(backends, "server 127.0.0.1:%2$d", each + ";", " "),
            after,
            port,
            location);
  }

  private static String servers(List<Integer> ports, String form, String end, String between) {
    return IntStream.range(0, ports.size())
        .mapToObj(i -> form.formatted(i + 1, ports.get(i)) + end)
        .collect(Collectors.joining(between));
  }
}
