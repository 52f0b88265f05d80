package io.holdfast.balancer.gateway;

import io.holdfast.client.view.HttpRules;
import io.holdfast.client.view.RunningTries;
import io.holdfast.client.view.Target;
import io.holdfast.core.balancing.Outcome;
import io.holdfast.core.balancing.TryFailure;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * One try of one request on one instance: connect, send, hand over the answer.
 *
 * <p>It has ended once the instance no longer has to do with it; whatever still comes then is
 * dropped.
 */
final class Attempt implements UpstreamUser, InFlight, RunningTries.One {

  private static final int MOST_INTERIMS = 16;

  private final Exchange exchange;
  private final Lane lane;
  private final Target target;
  private final Duration longest;
  private final long startedNanos = System.nanoTime();
  private Optional<Upstream> upstream = Optional.empty();
  private Optional<Future<?>> timer = Optional.empty();
  private Optional<HttpResponse> switching = Optional.empty();
  private int interims;
  private boolean answering;
  private boolean observed;
  private boolean reusable;
  private boolean ended;

  /**
   * @param longest after which an answer is looked for elsewhere, if it can be
   */
  Attempt(Exchange exchange, Lane lane, Target target, Duration longest) {
    this.exchange = exchange;
    this.lane = lane;
    this.target = target;
    this.longest = longest;
    lane.running(this);
  }

  @Override
  public Target target() {
    return target;
  }

  void start(Duration longestIdle, Duration connectTimeout) {
    lane.pooled(target, longestIdle)
        .ifPresentOrElse(
            this::connected,
            () -> lane.connectHttp(target, connectTimeout, this::connected, this::refused));
  }

  /** Whether the instance takes the body now; false while connecting. */
  boolean isSending() {
    return upstream.isPresent() && !ended;
  }

  boolean takesMore() {
    return isSending() && upstream.orElseThrow().isWritable();
  }

  /** Sends the part of the body that came last. */
  void send(RequestBody body) {
    Upstream open = upstream.orElseThrow();
    body.passOn(open);
    open.flush();
  }

  /** The client takes more of the answer. */
  void resume() {
    if (answering && !ended) {
      upstream.orElseThrow().read();
    }
  }

  /** The instance has left the view. What may be repeated goes elsewhere, the rest may finish. */
  @Override
  public void gone() {
    if (!ended && switching.isPresent()) {
      exchange.cut();
    } else if (!ended && !answering) {
      exchange.retry(this, upstream.isPresent() ? TryFailure.GONE : TryFailure.CONNECT);
    }
  }

  @Override
  public void abandon() {
    if (!ended) {
      end();
      upstream.ifPresent(Upstream::close);
    }
  }

  @Override
  public void abandonAsSlower() {
    if (!ended) {
      observe(Outcome.ANSWERED);
    }
    abandon();
  }

  @Override
  public void abandonAsTooSlow() {
    if (!ended && !answering) {
      observe(Outcome.TIMED_OUT);
    }
    abandon();
  }

  private void connected(Upstream opened) {
    if (ended) {
      lane.giveBack(opened);
      return;
    }
    upstream = Optional.of(opened);
    opened.use(this);
    opened.begin(exchange.head());
    exchange.body().begin(opened);
    opened.flush();
    opened.read();
    timer = Optional.of(lane.after(longest, this::tooLong));
    exchange.pull();
  }

  private void refused() {
    if (!ended) {
      observe(Outcome.REFUSED);
      exchange.failed(this, TryFailure.CONNECT);
    }
  }

  private void tooLong() {
    if (!ended && !answering) {
      exchange.tooLong(this);
    }
  }

  /** It goes on, and is known not to have answered in time. */
  void isLate() {
    observe(Outcome.TIMED_OUT);
  }

  @Override
  public void received(HttpObject part) {
    if (ended) {
      ReferenceCountUtil.release(part);
    } else if (part.decoderResult().isFailure() || isUnclear(part)) {
      ReferenceCountUtil.release(part);
      broken();
    } else if (part instanceof HttpResponse head) {
      head(head);
    } else if (part instanceof HttpContent content) {
      content(content);
    }
  }

  private static boolean isUnclear(HttpObject part) {
    return part instanceof HttpResponse head && !Framing.isAnswer(head);
  }

  private void head(HttpResponse head) {
    if (head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      interim(head);
      return;
    }
    stopTimer();
    observe(HttpRules.isFailure(head.status().code()) ? Outcome.ERRED : Outcome.ANSWERED);
    boolean another =
        HttpRules.isWorthAnother(head.status().code())
            && exchange.retry(this, TryFailure.ERROR_RESPONSE);
    if (!another) {
      answering = true;
      reusable = HttpUtil.isKeepAlive(head);
      exchange.answer(this, head);
    }
  }

  /** Nothing was asked for that these could answer: 100 was given by the gateway itself. */
  private void interim(HttpResponse head) {
    boolean switches = head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
    if (switches && isAskedFor(head)) {
      switching = Optional.of(head);
    } else if (switches || ++interims > MOST_INTERIMS) {
      broken();
    }
  }

  private boolean isAskedFor(HttpResponse head) {
    return exchange.body().isComplete() && Upgrade.askedBy(exchange.head()).isMetBy(head);
  }

  private void tunnel(HttpResponse head) {
    observe(Outcome.ANSWERED);
    answering = true;
    stopTimer();
    exchange.tunnel(head, target, upstream.orElseThrow());
  }

  private void content(HttpContent content) {
    if (!answering) {
      // The end of an informational response.
      content.release();
      switching.ifPresent(this::tunnel);
      return;
    }
    if (content instanceof LastHttpContent) {
      giveBack();
    }
    Trailers.clean(content);
    exchange.relay(content);
  }

  private void giveBack() {
    end();
    if (reusable && exchange.body().isComplete() && upstream.orElseThrow().isDrained()) {
      lane.giveBack(upstream.orElseThrow());
    } else {
      upstream.orElseThrow().close();
    }
  }

  @Override
  public void receivedAll() {
    if (!ended) {
      if (answering) {
        exchange.flush();
      }
      if (!answering || exchange.takesMore()) {
        upstream.orElseThrow().read();
      }
    }
  }

  @Override
  public void writable() {
    exchange.pull();
  }

  @Override
  public void closed() {
    if (!ended) {
      broken();
    }
  }

  private void broken() {
    if (answering) {
      exchange.cut();
    } else {
      observe(Outcome.FAILED);
      exchange.failed(this, TryFailure.RESET);
    }
  }

  @Override
  public boolean wasObserved() {
    return observed;
  }

  /** The first thing that it shows counts. */
  private void observe(Outcome outcome) {
    if (observed) {
      return;
    }
    observed = true;
    long now = System.nanoTime();
    lane.view().observe(target, Duration.ofNanos(now - startedNanos), outcome, now);
  }

  private void end() {
    ended = true;
    stopTimer();
    lane.ended(this);
  }

  private void stopTimer() {
    timer.ifPresent(running -> running.cancel(false));
  }
}
