package io.pouchtwin.cell.validation;

import java.util.Optional;

/**
 * One reference curve and how it was made: a line of {@code cases.csv}.
 *
 * @param cell parameter set
 * @param model which of the reference's models drew it
 * @param protocol what was done
 * @param cRate rate; of a drive profile: what its full scale stands for
 * @param ampere current, positive on charge; of a drive profile: its full scale [A]
 * @param temperatureK start and surroundings [K]
 * @param startStoichiometry uniform filling of the cathode at the start
 * @param cutOffV voltage that ended the load; empty for a profile
 * @param stop why the load ended
 * @param stopTimeS when [s]
 * @param capacityAh charge that passed under load [Ah]
 * @param saltMinMolPerM3 lowest salt concentration that occurred; an averaged model that falls below zero has left its validity
 * @param file the curve, relative to the index
 */
public record ReferenceCase(
        String cell,
        Model model,
        Protocol protocol,
        double cRate,
        double ampere,
        double temperatureK,
        double startStoichiometry,
        Optional<Double> cutOffV,
        StopReason stop,
        double stopTimeS,
        double capacityAh,
        double saltMinMolPerM3,
        String file) {

    /** The reference's models, from the simplest. */
    public enum Model {
        SPM,
        SPME,
        DFN
    }

    /** What was done to the cell. */
    public enum Protocol {
        /** Constant current down to the lower cut-off, then rest. */
        DISCHARGE,
        /** Constant current up to the upper cut-off, then rest. */
        CHARGE,
        /** A profile of constant-current stretches. */
        DRIVE
    }

    /** Why the load ended. */
    public enum StopReason {
        /** The cut-off voltage. */
        CUT_OFF,
        /** The voltage was beyond the cut-off from the first instant: the cell does not carry this current. */
        AT_ONCE,
        /** The profile was over. */
        PROFILE_END,
        /** A physical end, e.g. a particle's surface full. */
        OTHER
    }

    /** Short name for tables, e.g. {@code coin-ncm523-ppla 5C discharge 298 K}. */
    public String label() {
        return String.format(
                java.util.Locale.ROOT,
                "%s %s %sC %s %.0f K",
                cell,
                model,
                io.pouchtwin.cell.report.Table.number(cRate),
                protocol.name().toLowerCase(java.util.Locale.ROOT),
                temperatureK);
    }
}
