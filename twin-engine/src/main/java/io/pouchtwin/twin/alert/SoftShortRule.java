package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.SoftShort;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.Locale;

/** A short that is happening: one sign warns, two independent signs are critical. */
final class SoftShortRule implements Rule<TwinState> {
    @Override
    public String code() {
        return "soft-short";
    }

    @Override
    public boolean mayStop() {
        return true;
    }

    @Override
    public Judgement judge(TwinState state, CellMemory memory, AlertThresholds thresholds) {
        if (!state.hasSoftShort()) {
            return Judgement.CALM;
        }
        SoftShort signs = state.getSoftShort();
        double strongest = Math.max(signs.getChargeBalanceLevel(), signs.getRestDriftLevel());
        AlertThresholds.SoftShortThresholds limits = thresholds.softShort();
        if (signs.getCalled()) {
            return Judgement.of(AlertLevel.CRITICAL, evidence(signs, strongest, limits.warningLevel()));
        }
        AlertLevel raise = strongest >= limits.warningLevel() ? AlertLevel.WARNING : AlertLevel.NONE;
        AlertLevel hold = strongest >= limits.holdLevel() ? AlertLevel.WARNING : AlertLevel.NONE;
        return hold == AlertLevel.NONE
                ? Judgement.CALM
                : new Judgement(raise, hold, evidence(signs, strongest, limits.warningLevel()));
    }

    private static Evidence evidence(SoftShort signs, double strongest, double threshold) {
        boolean balance = signs.getChargeBalanceLevel() >= signs.getRestDriftLevel();
        String leak = signs.hasLeakResistanceOhm()
                ? String.format(
                        Locale.ROOT, " The charge that is missing passes about %.3g ohm.", signs.getLeakResistanceOhm())
                : "";
        return Evidence.now(
                signs.getCalled()
                        ? "Soft short: charge goes missing and voltage falls at rest"
                        : balance
                                ? "One sign of a soft short: more charge goes in than comes out"
                                : "One sign of a soft short: voltage falls at rest as it did not before",
                "strongest sign of a soft short, over what makes it speak",
                "",
                strongest,
                Double.NaN,
                Double.NaN,
                threshold,
                signs.getCalled()
                        ? "Current passes through the cell and not past the tester: lithium has grown through the membrane."
                                + leak
                        : "A leak begins, or the current sensor has acquired an offset; a second, independent sign would tell."
                                + leak,
                signs.getCalled()
                        ? "Stop the channel, let the cell stand under watch, and do not charge it again. Look at the rests: their voltage falls."
                        : "Look at charge in against charge out of the last cycles, and at the voltage of the rests.");
    }
}
