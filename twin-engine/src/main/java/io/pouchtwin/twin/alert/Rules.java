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
     * @param designs what is known of a parameter set
     */
    public static List<Rule<TwinState>> ofStates(Function<String, Optional<DesignFacts>> designs) {
        return List.of(
                new SoftShortRule(),
                new TrustRule(),
                new TemperatureAhead(designs),
                new LimitAhead(designs),
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
