package io.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NoticeTest {

  @Test
  void aMessageMaySaySeveralThings() {
    Notice notice = Notice.parse("READY=1\nSTATUS=serving\nMAINPID=42\n");

    assertThat(notice.ready()).isTrue();
    assertThat(notice.status()).contains("serving");
    assertThat(notice.mainPid()).hasValue(42);
    assertThat(notice.alive()).isFalse();
    assertThat(notice.stopping()).isFalse();
  }

  @Test
  void aWatchdogMessageIsASignOfLifeOrACallForHelp() {
    assertThat(Notice.parse("WATCHDOG=1").alive()).isTrue();
    assertThat(Notice.parse("WATCHDOG=1").trigger()).isFalse();
    assertThat(Notice.parse("WATCHDOG=trigger").trigger()).isTrue();
    assertThat(Notice.parse("WATCHDOG=trigger").alive()).isFalse();
  }

  @Test
  void whatIsNotKnownIsPassedOver() {
    Notice notice = Notice.parse("BARRIER=1\nFDSTORE=1\n=x\nREADY\nERRNO=2\nMAINPID=one\nREADY=0");

    assertThat(notice).isEqualTo(Notice.parse(""));
  }

  @Test
  void aStatusIsCutAndPrintable() {
    assertThat(Notice.parse("STATUS=a\u001b[2Jb").status()).contains("a [2Jb");
    assertThat(Notice.parse("STATUS=" + "x".repeat(5_000)).status().orElseThrow()).hasSize(200);
  }
}
