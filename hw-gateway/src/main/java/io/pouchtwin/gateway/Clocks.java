package io.pouchtwin.gateway;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The clocks of the gateway: one for stamps, one for waiting.
 *
 * @param wall wall clock in UTC
 * @param nanoTime monotonic, ns
 */
record Clocks(InstantSource wall, LongSupplier nanoTime) {
    static final Clocks SYSTEM = new Clocks(InstantSource.system(), System::nanoTime);

    long nanos() {
        return nanoTime.getAsLong();
    }

    long unixMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, wall.instant());
    }
}
