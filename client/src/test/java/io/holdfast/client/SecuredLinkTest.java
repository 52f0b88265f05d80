package io.holdfast.client;

import static io.holdfast.client.fixture.Views.endpoint;
import static io.holdfast.client.fixture.Views.view;
import static io.holdfast.client.fixture.Views.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.client.fixture.FakeHub;
import io.holdfast.core.CannotStart;
import io.holdfast.protocol.fixture.Authority;
import io.holdfast.protocol.security.Circle;
import io.holdfast.protocol.security.MutualTls;
import io.holdfast.protocol.security.MutualTlsFiles;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view comes by a link on which both ends know each other. */
final class SecuredLinkTest {

  @TempDir Path data;

  @Test
  void theViewIsFollowedByTls() throws Exception {
    Authority authority = Authority.in(data);
    MutualTlsFiles own = authority.files("client", authority.member("orders"));
    try (FakeHub hub = hub(authority);
        LoadBalancer balancer =
            LoadBalancer.named("orders")
                .to("127.0.0.1:" + hub.address().getPort())
                .securedBy(own.own().certificate(), own.own().key(), own.authorities())
                .connect()) {
      balancer.ready().toCompletableFuture().get(30, TimeUnit.SECONDS);
      assertThat(balancer.pick("web")).isPresent();
    }
  }

  @Test
  void aFileThatCannotBeUsedIsSaidAtOnce() {
    Path none = data.resolve("none");
    assertThatThrownBy(
            () ->
                LoadBalancer.named("orders")
                    .to("127.0.0.1:1")
                    .securedBy(none, none, none)
                    .connect())
        .isInstanceOf(CannotStart.class)
        .hasMessage("cannot read " + none + " (--tls-cert)");
    assertThatThrownBy(
            () -> LoadBalancer.named("orders").to("127.0.0.1:1").presenting(none).connect())
        .isInstanceOf(CannotStart.class)
        .hasMessage("cannot read " + none + " (--join-token)");
  }

  private static FakeHub hub(Authority authority) throws Exception {
    return FakeHub.secured(
        view(1, web(Setup.IN_TURN, endpoint(0, 1, 8001))),
        MutualTls.of(
            "hub", authority.files("hub", authority.supervisor()), Circle.AUTHORITY, _ -> {}));
  }
}
