/*
 * A steady open-loop load: requests are sent when they are due, whatever has become of those
 * before, and each is timed from when it was due. So nothing that the server does can make the
 * load wait for it (no coordinated omission).
 *
 *   load PORT HOST RATE SECONDS   GET / of HOST on 127.0.0.1:PORT, RATE a second; TERM: no more
 *   load PORT HOST cN SECONDS     as many as go through, on N connections; prints how many were
 *                                 answered well and how many not
 *
 * A connection that was idle for long is not used again: the server may be about to close it, and a
 * request that crosses that on its way would look like one that the server has failed.
 *
 * At a rate it prints a line for each request: when it was due in microseconds since the start, how many it took,
 * and the status of its answer; 0 for a connection that was refused or cut or an answer that did not
 * come within two seconds. Last "late N": the microseconds by which the worst was sent too late.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FDS = 16384, HEAD_BYTES = 4096, LONGEST = 2000000, FRESH = 30000000 };

struct request {
  int64_t due, end;
  int status;
};

/* One connection, which carries one request at a time. */
struct connection {
  int busy;      /* carries a request */
  int connected;
  int request;
  int used;      /* bytes of the head so far */
  int64_t since; /* idle since then */
  long body;     /* bytes of the body still to come, -1 while the head is not complete */
  char head[HEAD_BYTES + 1];
};

static struct request *requests;
static struct connection *connections[MOST_FDS];
static int idle[MOST_FDS], idle_count;
static int poll_fd;
static struct sockaddr_in server;
static char text[512];
static int text_length;
static int64_t begun;
static volatile sig_atomic_t stopped;
static int full; /* as fast as it goes: each connection carries one request after another */
static long well, ill;

static void stop(int signal) { stopped = signal; }

static int64_t micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static void finish(int fd, int status) {
  struct connection *c = connections[fd];
  if (c->busy) {
    requests[c->request].end = micros() - begun;
    requests[c->request].status = status;
  }
  c->busy = 0;
}

static void begin(int request);

static void again(int request) {
  if (requests[request].status >= 200 && requests[request].status < 300) well++;
  else ill++;
  if (!stopped) begin(request);
}

static void drop(int fd) {
  int request = connections[fd]->busy ? connections[fd]->request : -1;
  finish(fd, 0);
  for (int i = 0; i < idle_count; i++)
    if (idle[i] == fd) idle[i--] = idle[--idle_count];
  free(connections[fd]);
  connections[fd] = NULL;
  close(fd);
  if (full && request >= 0) again(request);
}

static void transmit(int fd) {
  if (write(fd, text, text_length) != text_length) drop(fd);
}

static void begin(int request) {
  int fd;
  /* The one that was used last is on top: those below have been idle for longer. */
  while (idle_count > 0 && micros() - connections[idle[idle_count - 1]]->since > FRESH)
    drop(idle[idle_count - 1]);
  if (idle_count > 0) {
    fd = idle[--idle_count];
  } else {
    int on = 1;
    fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || fd >= MOST_FDS) {
      if (fd >= 0) close(fd);
      requests[request].end = micros() - begun;
      return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    connections[fd] = calloc(1, sizeof **connections);
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT, .data.fd = fd};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event);
    connect(fd, (struct sockaddr *)&server, sizeof server);
  }
  struct connection *c = connections[fd];
  c->busy = 1;
  c->request = request;
  c->used = 0;
  c->body = -1;
  if (c->connected) transmit(fd);
}

static void writable(int fd) {
  struct connection *c = connections[fd];
  int failed = 0;
  socklen_t size = sizeof failed;
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &size);
  if (failed) {
    drop(fd);
    return;
  }
  c->connected = 1;
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  epoll_ctl(poll_fd, EPOLL_CTL_MOD, fd, &event);
  if (c->busy) transmit(fd);
}

/* The answer has come as a whole. */
static void complete(int fd) {
  struct connection *c = connections[fd];
  c->head[c->used] = 0;
  finish(fd, atoi(c->head + 9));
  int request = c->request;
  if (strcasestr(c->head, "\r\nconnection: close")) drop(fd);
  else {
    c->since = micros();
    idle[idle_count++] = fd;
  }
  if (full) again(request);
}

static void readable(int fd) {
  struct connection *c = connections[fd];
  char bytes[16384];
  ssize_t count = read(fd, bytes, sizeof bytes);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0 || !c->busy) {
    drop(fd);
    return;
  }
  if (c->body < 0) {
    int room = HEAD_BYTES - c->used, taken = count < room ? count : room;
    memcpy(c->head + c->used, bytes, taken);
    c->used += taken;
    c->head[c->used] = 0;
    char *blank = strstr(c->head, "\r\n\r\n");
    if (!blank) {
      if (taken < count) drop(fd);
      return;
    }
    char *length = strcasestr(c->head, "\r\ncontent-length:");
    if (!length) {
      drop(fd);
      return;
    }
    long sent = c->used + (count - taken) - (blank + 4 - c->head);
    c->body = atol(length + 17) - sent;
    c->used = blank + 2 - c->head;
  } else {
    c->body -= count;
  }
  if (c->body <= 0) complete(fd);
}

/* Those that wait too long. Answers come out of order, so all that are open are looked at. */
static void give_up(int64_t now, int highest) {
  for (int fd = 0; fd <= highest; fd++)
    if (connections[fd] && connections[fd]->busy &&
        now - requests[connections[fd]->request].due > LONGEST)
      drop(fd);
}

int main(int count, char **arguments) {
  if (count != 5) {
    fprintf(stderr, "load PORT HOST RATE|cN SECONDS\n");
    return 2;
  }
  full = arguments[3][0] == 'c';
  int rate = atoi(arguments[3] + full);
  int64_t seconds = atoi(arguments[4]);
  int total = full ? rate : rate * seconds;
  signal(SIGPIPE, SIG_IGN);
  signal(SIGTERM, stop);
  server = (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons(atoi(arguments[1])),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  text_length = snprintf(text, sizeof text, "GET / HTTP/1.1\r\nHost: %s\r\n\r\n", arguments[2]);
  requests = calloc(total, sizeof *requests);
  poll_fd = epoll_create1(EPOLL_CLOEXEC);
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  struct epoll_event event = {.events = EPOLLIN, .data.fd = timer}, ready[512];
  epoll_ctl(poll_fd, EPOLL_CTL_ADD, timer, &event);
  if (full) {
    begun = micros();
    for (int i = 0; i < total; i++) begin(i);
  }
  int next = full ? total : 0;
  int64_t late = 0, looked = 0, last = full ? seconds * 1000000 : (int64_t)total * 1000000 / rate;
  begun = micros();
  for (int64_t now = 0; now < last + (full ? 0 : LONGEST + 100000); now = micros() - begun) {
    for (; next < total; next++) {
      int64_t due = (int64_t)next * 1000000 / rate;
      if (due > now) break;
      requests[next].due = due;
      if (now - due > late) late = now - due;
      begin(next);
    }
    if (stopped && next < total) {
      total = next;
      last = now;
    }
    if (!full && now - looked > 50000) {
      give_up(now, MOST_FDS - 1);
      looked = now;
    }
    int64_t wait = (int64_t)next * 1000000 / rate - (micros() - begun);
    if (next == total || wait > 50000) wait = 50000;
    if (wait < 1) wait = 1;
    struct itimerspec at = {.it_value = {0, wait * 1000}};
    timerfd_settime(timer, 0, &at, NULL);
    int n = epoll_wait(poll_fd, ready, 512, -1);
    for (int i = 0; i < n; i++) {
      int fd = ready[i].data.fd;
      uint64_t expirations;
      if (fd == timer) { if (read(timer, &expirations, sizeof expirations) < 0) {} continue; }
      if (connections[fd] && !connections[fd]->connected) {
        writable(fd);
        continue;
      }
      if (connections[fd]) readable(fd);
    }
  }
  if (full) {
    printf("%ld %ld\n", well, ill);
    return 0;
  }
  for (int i = 0; i < total; i++)
    printf("%lld %lld %d\n", (long long)requests[i].due,
           (long long)(requests[i].end - requests[i].due), requests[i].status);
  printf("late %lld\n", (long long)late);
  return 0;
}
