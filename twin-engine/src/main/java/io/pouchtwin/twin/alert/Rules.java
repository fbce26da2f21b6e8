package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.CellSilence;
import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which rules look at what. */
public final class Rules {
    private Rules() {}

    /**
     * The rules that look at every state.
     *
     * @param windows voltage window of a parameter set, where it is known
     */
    public static List<Rule<TwinState>> ofStates(Function<String, Optional<VoltageWindow>> windows) {
        return List.of(
                new SoftShortRule(),
                new TrustRule(),
                new TemperatureAhead(windows),
                new LimitAhead(windows),
                new FrozenReading());
    }

    /** The rules that look at every forecast. */
    public static List<Rule<Forecast>> ofForecasts() {
        return List.of(new ShortAhead(), new LithiumExhaustionAhead(), new KneeAhead(), new EndOfLifeAhead());
    }

    /** The rule that looks at silences. */
    public static List<Rule<CellSilence>> ofSilences() {
        return List.of(new SilenceRule());
    }
}
