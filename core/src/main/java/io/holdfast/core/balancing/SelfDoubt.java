package io.holdfast.core.balancing;

import io.holdfast.core.spec.OutlierPolicy;
import java.util.Collection;
import java.util.List;

/**
 * Whether it is rather the balancer that is ill than all the services it asks: when most endpoints
 * of most services cannot be reached from here, and of more than one. Those that respond are
 * reached, whatever they say: where a shared database is away, all services may fail at once.
 */
public final class SelfDoubt {

  private static final int LEAST_SERVICES = 2;
  private static final int ENOUGH_TO_TELL = 10;

  private SelfDoubt() {}

  /**
   * How one service looks from here.
   *
   * @param failing endpoints that do not respond, whatever their siblings do
   * @param told endpoints of which something is known
   */
  public record Impression(int failing, int told) {

    public static Impression of(List<Conduct> conducts, Ejections ejections, OutlierPolicy policy) {
      int failing = 0;
      int told = 0;
      for (Conduct one : conducts) {
        boolean fails =
            isOut(ejections.of(one.instance())) || Outliers.absolute(one, policy).isPresent();
        failing += fails && !one.responds() ? 1 : 0;
        told += fails || one.recent().tally().total() >= ENOUGH_TO_TELL ? 1 : 0;
      }
      return new Impression(failing, told);
    }

    boolean mostlyFails() {
      return failing > 0 && 2 * failing > told;
    }

    private static boolean isOut(Standing standing) {
      return switch (standing) {
        case Standing.Ejected(EjectionReason reason, _, _) -> reason.isAbsolute();
        case Standing.OnTrial(EjectionReason reason, _, _) -> reason.isAbsolute();
        case Standing.Trusted _, Standing.Returned _ -> false;
      };
    }
  }

  public static boolean from(Collection<Impression> services) {
    long failing = services.stream().filter(Impression::mostlyFails).count();
    long told = services.stream().filter(service -> service.told() > 0).count();
    return failing >= LEAST_SERVICES && 2 * failing > told;
  }
}
