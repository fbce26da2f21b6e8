package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ShortJudgement;
import java.util.Optional;

/** Which forecasts speak of a cell's life at all. */
final class Lives {
    private Lives() {}

    /**
     * What is to be made of a forecast that does not speak; empty for one that does. A twin that does not explain its cell just now knows nothing of its life: what it has told before stays. A cell that shorts has another end before it.
     */
    static Optional<Judgement> silent(Forecast forecast) {
        if (forecast.getShortJudgement().getLevel() == ShortJudgement.Level.CRITICAL) {
            return Optional.of(Judgement.CALM);
        }
        return forecast.getTrusted() ? Optional.empty() : Optional.of(Judgement.UNKNOWN);
    }
}
