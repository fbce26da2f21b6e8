package io.pouchtwin.twin.forecast.validation;

import io.pouchtwin.contracts.v1.ForecastBasis;
import java.util.List;

/** The first twelve cycles of a full-order cell that loses its cathode, as its twin saw them. Computed once. */
public final class TwelveCycles {
    private static final List<ForecastBasis> BASES =
            LifeRecord.of(Fate.draw(Fate.Mode.CATHODE, 1).withCycles(13), 1).bases();

    private TwelveCycles() {}

    /** One for each cycle. */
    public static List<ForecastBasis> bases() {
        return BASES;
    }
}
