package io.pouchtwin.twin.alert;

import io.pouchtwin.contracts.v1.ShortSign;
import io.pouchtwin.contracts.v1.SoftShort;
import io.pouchtwin.contracts.v1.TwinState;
import java.util.Locale;

/** A short that is happening: one sign warns, two independent signs are critical. */
final class SoftShortRule implements Rule<TwinState> {
    private static final double MILLI_PER_UNIT = 1e3;

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
            return Judgement.of(AlertLevel.CRITICAL, evidence(signs));
        }
        AlertLevel raise = strongest >= limits.warningLevel() ? AlertLevel.WARNING : AlertLevel.NONE;
        AlertLevel hold = strongest >= limits.holdLevel() ? AlertLevel.WARNING : AlertLevel.NONE;
        return hold == AlertLevel.NONE ? Judgement.CALM : new Judgement(raise, hold, evidence(signs));
    }

    /** The stronger sign in its own unit; of a short that is called the leak wherever it is known. */
    private static Evidence evidence(SoftShort signs) {
        boolean balance = signs.getChargeBalanceLevel() >= signs.getRestDriftLevel();
        boolean leak = signs.hasLeakCurrentA() && (balance || signs.getCalled());
        ShortSign sign = leak ? signs.getLeakCurrentA() : signs.getRestFallMvPerH();
        boolean known = leak || signs.hasRestFallMvPerH();
        double unit = leak ? MILLI_PER_UNIT : 1;
        String about = signs.hasLeakResistanceOhm()
                ? String.format(
                        Locale.ROOT, " The charge that is missing passes about %.3g ohm.", signs.getLeakResistanceOhm())
                : "";
        return Evidence.now(
                signs.getCalled()
                        ? "Soft short: charge goes missing and voltage falls at rest"
                        : balance
                                ? "One sign of a soft short: more charge goes in than comes out"
                                : "One sign of a soft short: voltage falls at rest as it did not before",
                leak
                        ? "current past the cell by the charge balance, beyond its habit"
                        : "fall of the voltage at rest, beyond its habit",
                leak ? "mA" : "mV/h",
                known ? unit * sign.getValue() : Double.NaN,
                known ? unit * sign.getLow() : Double.NaN,
                known ? unit * sign.getHigh() : Double.NaN,
                unit * sign.getSpeaksFrom(),
                signs.getCalled()
                        ? "Current passes through the cell and not past the tester: lithium has grown through the membrane."
                                + about
                        : (balance
                                        ? "A leak begins, or the current sensor has acquired an offset"
                                        : "A leak begins, or the cell comes to rest in another state than before, as when its lithium is used up")
                                + "; a second, independent sign would tell." + about,
                signs.getCalled()
                        ? "Stop the channel, let the cell stand under watch, and do not charge it again. Look at the rests: their voltage falls."
                        : "Look at charge in against charge out of the last cycles, and at the voltage of the rests.");
    }
}
