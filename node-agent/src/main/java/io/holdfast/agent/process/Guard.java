package io.holdfast.agent.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Ends an exclusive service whose agent has lost touch, whatever has become of the agent: some
 * lines of shell in a session of their own, older than the service and gone soon after it.
 *
 * <p>All times are hundredths of a second since boot, a clock that goes on while the machine sleeps
 * and is that of process start times as well. Between a look at a process and a signal to it lie
 * some microseconds, in which its number could only change hands if it were the next one to be
 * given out: a shell has no handles.
 */
final class Guard {

  private static final Map<String, String> NO_ENVIRONMENT = Map.of();
  private static final Path NOWHERE = Path.of("/dev/null");
  private static final long MILLIS_PER_HUNDREDTH = 10;

  // $1 traces, $2 acknowledged, $3 lease, $4 notice, $5 signal, $6 sleep.
  //
  // A lease that has run out is not renewed, so the file is read only before; without a moment that
  // can be believed it has run out. A service that is not there yet is waited for a minute beyond
  // that: its launch may be stuck, and must not come to life unguarded. Traces that are deleted
  // while it runs change nothing.
  //
  // A mark in the traces tells that it was the lease that ended the service.
  //
  // A control group is ended as a whole. Where there is none, who has left the session is known by
  // the variable that all that the service forks inherits; read drops the NULs between variables,
  // and the slash keeps a name from being taken for a longer one.
  //
  // The rest of a session is told from a later one of the same number by having a member from the
  // time when the service was last seen, or when it was waited for and came to be in between. The
  // shim is spared, it has an exit code to write.
  private static final String SCRIPT =
      """
      d=$1 file=$2 lease=$3 notice=$4 signal=$5 sleep=$6
      cd /
      trap '' HUP INT QUIT TERM
      read -r st </proc/self/stat
      echo "$st" >"$d/guard"

      clock() {
        read -r up rest </proc/uptime
        now=$((${up%.*} * 100 + 1${up#*.} - 100))
      }

      renew() {
        read -r sent <"$file" && [ "$sent" -le "$now" ] && deadline=$((sent + lease))
      }

      look() {
        st=
        while read -r line; do st="$st $line"; done <"/proc/$1/stat"
        set -- ${st##*)}
        [ "$#" -ge 20 ] || return 1
        state=$1 session=$4 start=${20}
        [ "$state" != Z ] && [ "$state" != X ]
      }

      lives() {
        look "$pid" && [ "$start" = "$born" ]
      }

      find() {
        read -r line <"$d/pid" || return 1
        read -r group <"$d/cgroup" && [ ! -e "$d/unjoined" ] && held=y
        pid=${line%% *}
        set -- ${line##*)}
        shim=$4 born=${20} seen=$born
        [ ! "$waited" ] || seen=$now
      }

      empty() {
        [ "$group" ] || return 1
        read -r member <"$group/cgroup.procs" || return 1
        if [ -e "$group/cgroup.kill" ]; then
          echo 1 >"$group/cgroup.kill"
        else
          [ ! -e "$group/pids.max" ] || echo 0 >"$group/pids.max"
          while read -r member; do kill -9 "$member"; done <"$group/cgroup.procs"
        fi
      }

      marked() {
        [ ! "$held" ] && [ "$start" -ge "$born" ] || return 1
        words=
        while read -r line || [ "$line" ]; do words="$words$line"; done <"/proc/$1/environ"
        case $words in *"HOLDFAST_RECORD=$d/"*) ;; *) return 1 ;; esac
      }

      end() {
        tries=0
        while :; do
          ours= left= more=
          empty && more=y
          for p in /proc/[0-9]*; do
            p=${p#/proc/}
            look "$p" || continue
            if [ "$p" = "$pid" ] && [ "$start" = "$born" ]; then
              ours=y
            else
              if [ "$session" = "$shim" ] || [ "$session" = "$own" ]; then
                [ "$start" -gt "$seen" ] || ours=y
              elif marked "$p"; then
                kill -9 "$p"
                more=y
                continue
              else
                continue
              fi
              [ "$p" != "$shim" ] || continue
            fi
            left="$left $p"
          done
          [ ! "$ours" ] || [ ! "$left" ] || { kill -9 $left; more=y; }
          [ "$more" ] || exit
          tries=$((tries + 1))
          if [ "$tries" -lt 20 ]; then "$sleep" 0.05; else "$sleep" 1; fi
        done
      }

      clock
      deadline=$now pid= asked= waited= group= held=
      renew
      while :; do
        clock
        [ "$now" -ge "$deadline" ] || renew
        nap=0.25
        if [ "$pid" ] || find; then
          lives || end
          own=$session seen=$now
          left=$((deadline - now))
          [ "$left" -gt 0 ] || { echo >"$d/lease"; end; }
          if [ "$left" -le "$notice" ]; then
            [ "$asked" ] || echo >"$d/lease"
            [ "$asked" ] || kill "-$signal" "$pid"
            asked=y
          elif [ "$((left - notice))" -gt 200 ]; then
            nap=1
          fi
        elif [ ! -e "$d/intent" ] || [ -e "$d/outcome" ] || [ "$((now - deadline))" -ge 6000 ]; then
          exit
        else
          waited=y nap=0.1
        fi
        "$sleep" "$nap"
      done
      """;

  private Guard() {}

  static Spawn spawn(Traces traces, GuardOrder order) throws CannotLaunch {
    return new Spawn(
        Shim.SHELL,
        List.of(
            "sh",
            "-c",
            SCRIPT,
            "holdfast-guard",
            traces.directory().toString(),
            order.acknowledged().toString(),
            hundredths(order.lease()),
            hundredths(order.notice()),
            Integer.toString(Signals.number(order.signal())),
            Programs.tool("sleep")),
        NO_ENVIRONMENT,
        NOWHERE,
        List.of());
  }

  private static String hundredths(Duration duration) {
    return Long.toString(duration.toMillis() / MILLIS_PER_HUNDREDTH);
  }
}
