/*
 * What a restart costs at least on this machine, and the measure for it.
 *
 *   floor serve PORT                  a service: tells each that connects its pid
 *   floor supervise PORT              the barest supervisor: fork, exec, wait, again
 *   floor measure PORT COUNT [PAUSE]  kills whoever serves PORT, COUNT times, PAUSE ms apart, and
 *                                     prints the microseconds until another one answers
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct sockaddr_in at(const char *port) {
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(atoi(port));
  return address;
}

static int serve(const char *port) {
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct sockaddr_in address = at(port);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 64)) {
    perror("serve");
    return 1;
  }
  for (;;) {
    int client = accept(listener, NULL, NULL);
    char text[32];
    int length = snprintf(text, sizeof text, "%d\n", (int)getpid());
    if (write(client, text, length) < 0) perror("write");
    close(client);
  }
}

static int supervise(const char *self, const char *port) {
  for (;;) {
    pid_t child = fork();
    if (child == 0) {
      execl(self, self, "serve", port, (char *)NULL);
      _exit(127);
    }
    waitpid(child, NULL, 0);
  }
}

/* 0 while nobody answers. */
static int server(const char *port) {
  struct sockaddr_in address = at(port);
  int client = socket(AF_INET, SOCK_STREAM, 0), pid = 0;
  if (connect(client, (struct sockaddr *)&address, sizeof address) == 0) {
    char text[32];
    ssize_t length = read(client, text, sizeof text - 1);
    if (length > 0) {
      text[length] = 0;
      pid = atoi(text);
    }
  }
  close(client);
  return pid;
}

static double micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static int other(const char *port, int than) {
  struct timespec pause = {0, 20000};
  int pid;
  while ((pid = server(port)) == 0 || pid == than) nanosleep(&pause, NULL);
  return pid;
}

static int measure(const char *port, int count, int pause) {
  struct timespec calm = {pause / 1000, pause % 1000 * 1000000L};
  int pid = other(port, 0);
  for (int i = 0; i < count; i++) {
    nanosleep(&calm, NULL);
    double begun = micros();
    kill(pid, SIGKILL);
    pid = other(port, pid);
    printf("%.1f\n", micros() - begun);
  }
  return 0;
}

int main(int count, char **arguments) {
  if (count >= 3 && !strcmp(arguments[1], "serve")) return serve(arguments[2]);
  if (count >= 3 && !strcmp(arguments[1], "supervise")) return supervise(arguments[0], arguments[2]);
  if (count >= 4 && !strcmp(arguments[1], "measure"))
    return measure(arguments[2], atoi(arguments[3]), count > 4 ? atoi(arguments[4]) : 50);
  fprintf(stderr, "floor: serve PORT, supervise PORT or measure PORT COUNT [PAUSE]\n");
  return 2;
}
