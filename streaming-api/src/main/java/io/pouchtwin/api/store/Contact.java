package io.pouchtwin.api.store;

import io.pouchtwin.contracts.v1.LivePoint;
import java.util.Optional;

/**
 * A sign of life from a cell's tester.
 *
 * @param unixUs the gateway's clock, microseconds since 1970-01-01 UTC
 * @param testRun the tester's identifier of the running test
 * @param live what the tester showed at that moment
 * @param runComplete whether the tester said that the test has ended
 */
public record Contact(long unixUs, String testRun, Optional<LivePoint> live, boolean runComplete) {}
