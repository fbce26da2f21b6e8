package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.ShortJudgement;

/** Which forecasts speak of a cell's life at all. */
final class Lives {
    private Lives() {}

    /** A twin that does not explain its cell knows nothing of its life, and a cell that shorts has another end before it. */
    static boolean speaks(Forecast forecast) {
        return forecast.getTrusted() && forecast.getShortJudgement().getLevel() != ShortJudgement.Level.CRITICAL;
    }
}
