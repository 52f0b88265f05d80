/*
 * An HTTP service whose faults are ordered by signals.
 *
 *   backend PORT [MICROS [ADDRESS]]   answers every request after MICROS (1000), any number at a
 *                                     time, on ADDRESS (127.0.0.1)
 *
 * USR1: answers 500 at once. USR2: answers after 200 ms. HUP: answers as at first.
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
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { MOST_FDS = 65536, MOST_DUE = 65536, READ_BYTES = 16384, SLOW_MICROS = 200000 };

static const char OK[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 128\r\n\r\n"
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
static const char BROKEN[] = "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n";

/* Answers that are due, the earliest first. A connection that was closed has another generation. */
struct due {
  int64_t at;
  int fd;
  uint32_t generation;
};

static struct due heap[MOST_DUE];
static int due_count;
static uint32_t generations[MOST_FDS];
static int matched[MOST_FDS]; /* how much of the blank line has been read */
static int64_t delay;
static int broken;

static int64_t micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static void put(struct due entry) {
  if (due_count == MOST_DUE) exit(3);
  int i = due_count++;
  for (; i > 0 && heap[(i - 1) / 2].at > entry.at; i = (i - 1) / 2) heap[i] = heap[(i - 1) / 2];
  heap[i] = entry;
}

static struct due take(void) {
  struct due first = heap[0], last = heap[--due_count];
  int i = 0, child;
  while ((child = 2 * i + 1) < due_count) {
    if (child + 1 < due_count && heap[child + 1].at < heap[child].at) child++;
    if (heap[child].at >= last.at) break;
    heap[i] = heap[child];
    i = child;
  }
  heap[i] = last;
  return first;
}

static void end(int fd) {
  generations[fd]++;
  close(fd);
}

static void answer(int fd) {
  const char *text = broken ? BROKEN : OK;
  size_t length = broken ? sizeof BROKEN - 1 : sizeof OK - 1;
  /* So small an answer fits into the socket or the client is gone. */
  if (write(fd, text, length) != (ssize_t)length) end(fd);
}

static void read_requests(int fd) {
  static const char blank[] = "\r\n\r\n";
  char bytes[READ_BYTES];
  ssize_t count = read(fd, bytes, sizeof bytes);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (count <= 0) {
    end(fd);
    return;
  }
  for (ssize_t i = 0; i < count; i++) {
    matched[fd] = bytes[i] == blank[matched[fd]] ? matched[fd] + 1 : bytes[i] == '\r';
    if (matched[fd] == 4) {
      matched[fd] = 0;
      put((struct due){micros() + (broken ? 0 : delay), fd, generations[fd]});
    }
  }
}

static void accept_all(int listener, int poll) {
  int fd, on = 1;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
    if (fd >= MOST_FDS) {
      close(fd);
      continue;
    }
    matched[fd] = 0;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
  }
}

static void obey(int signals, int64_t usual) {
  struct signalfd_siginfo order;
  while (read(signals, &order, sizeof order) == sizeof order) {
    broken = order.ssi_signo == SIGUSR1;
    delay = order.ssi_signo == SIGUSR2 ? SLOW_MICROS : usual;
  }
}

static void answer_due(int timer) {
  int64_t now = micros();
  while (due_count > 0 && heap[0].at <= now) {
    struct due entry = take();
    if (entry.generation == generations[entry.fd]) answer(entry.fd);
  }
  int64_t wait = due_count > 0 ? heap[0].at - now : 0;
  struct itimerspec next = {.it_value = {wait / 1000000, wait % 1000000 * 1000}};
  timerfd_settime(timer, 0, &next, NULL);
}

static void watch(int poll, int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  epoll_ctl(poll, EPOLL_CTL_ADD, fd, &event);
}

int main(int count, char **arguments) {
  if (count < 2) {
    fprintf(stderr, "backend PORT [MICROS [ADDRESS]]\n");
    return 2;
  }
  int64_t usual = delay = count > 2 ? atoll(arguments[2]) : 1000;
  sigset_t orders;
  sigemptyset(&orders);
  sigaddset(&orders, SIGUSR1);
  sigaddset(&orders, SIGUSR2);
  sigaddset(&orders, SIGHUP);
  sigprocmask(SIG_BLOCK, &orders, NULL);
  signal(SIGPIPE, SIG_IGN);
  int poll = epoll_create1(0), on = 1;
  int signals = signalfd(-1, &orders, SFD_NONBLOCK);
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons(atoi(arguments[1])),
                                .sin_addr.s_addr = inet_addr(count > 3 ? arguments[3] : "127.0.0.1")};
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 4096)) {
    perror("backend");
    return 1;
  }
  watch(poll, listener);
  watch(poll, signals);
  watch(poll, timer);
  struct epoll_event ready[256];
  for (;;) {
    int n = epoll_wait(poll, ready, 256, -1);
    for (int i = 0; i < n; i++) {
      int fd = ready[i].data.fd;
      uint64_t expirations;
      if (fd == listener) accept_all(listener, poll);
      else if (fd == signals) obey(signals, usual);
      else if (fd == timer) { if (read(timer, &expirations, sizeof expirations) < 0) {} }
      else read_requests(fd);
    }
    answer_due(timer);
  }
}
