package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.calibration.Posterior;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.reduced.MemberParameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is believed of film, lithium and efficiency of a cell of which nobody says how many cycles it has behind it: the
 * calibrated cells of the design, each at every age from none to {@link #MOST_CYCLES} alike.
 *
 * <pre>
 *   R_film = R_0 + g n,    lost lithium = (1 - CE) Q n / F, at most nine tenths of the foil
 * </pre>
 *
 * @param filmLow resistance that one film in twenty falls short of [ohm m2]
 * @param filmHigh resistance that one film in twenty exceeds [ohm m2]
 * @param lost lithium that is no longer there, with the spread of the foil's thickness, of equally probable cells by rising
 *     loss [mol/m2]
 * @param inefficiencyLog ln(1 - efficiency) of the same cells in the same order
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
public record UnknownAge(double filmLow, double filmHigh, double[] lost, double[] inefficiencyLog) {
    /** Oldest cell that is thought of [cycles]. */
    public static final int MOST_CYCLES = 500;

    /** Most of the foil that a cell which still runs can have lost [1]. */
    public static final double MOST_LOST_SHARE = 0.9;

    /**
     * Films are believed to be as thick as this at least [ohm m2]: six times the contact's spread, so that what is believed of
     * films does not decide how a resistance that both are suspected of is divided between them.
     */
    private static final double WIDE_FILM_OHM_M2 = 7e-4;

    private static final int AGES = 20;
    /** Half width of a 90 % band of a normal quantity, in standard deviations. */
    static final double BAND_90 = 1.6449;

    /** Film resistance of a calibrated cell at an age [ohm m2]. */
    public static double filmOhmM2(Posterior posterior, double[] row, double cycles) {
        return posterior.value(row, Posterior.column(MemberParameter.FILM_RESISTANCE))
                + posterior.value(row, "film_growth_ohm_m2_per_cycle") * cycles;
    }

    /** Lithium that a calibrated cell has lost at an age [mol/m2]. */
    public static double lostMolPerM2(Posterior posterior, double[] row, CellParameters cell, double cycles) {
        double efficiency = posterior.value(row, Posterior.column(MemberParameter.PLATING_EFFICIENCY));
        double perCycle = cell.requireCathode().arealChargeCPerM2()
                * (cell.dischargedStoichiometry() - cell.chargedStoichiometry())
                / PhysicalConstants.FARADAY_C_PER_MOL;
        return Math.min(
                (1 - efficiency) * perCycle * cycles,
                MOST_LOST_SHARE * cell.lithium().inventoryMolPerM2());
    }

    /**
     * By the middle nine tenths of the calibrated cells at all ages.
     *
     * @param posterior the calibrated cells
     * @param cell their design
     * @param foilSigma standard deviation of the foil's thickness over the thickness [1]
     */
    static UnknownAge of(Posterior posterior, CellParameters cell, double foilSigma) {
        double foil = foilSigma * cell.lithium().inventoryMolPerM2();
        List<Double> films = new ArrayList<>();
        List<double[]> pairs = new ArrayList<>();
        for (double[] row : posterior.members()) {
            double inefficiencyLog =
                    StrictMath.log(1 - posterior.value(row, Posterior.column(MemberParameter.PLATING_EFFICIENCY)));
            for (int k = 0; k < AGES; k++) {
                double cycles = (k + 0.5) / AGES * MOST_CYCLES;
                films.add(filmOhmM2(posterior, row, cycles));
                double lost = lostMolPerM2(posterior, row, cell, cycles);
                for (double z : CellPrior.NORMAL_FIFTHS) {
                    pairs.add(new double[] {lost + z * foil, inefficiencyLog});
                }
            }
        }
        return of(quantile(films, 0.05), Math.max(quantile(films, 0.95), WIDE_FILM_OHM_M2), pairs);
    }

    /**
     * From pairs of lost lithium [mol/m2] and ln(1 - efficiency), one for each of equally probable cells.
     *
     * @param filmLow resistance that one film in twenty falls short of [ohm m2]
     * @param filmHigh resistance that one film in twenty exceeds [ohm m2]
     * @param pairs in any order
     */
    static UnknownAge of(double filmLow, double filmHigh, List<double[]> pairs) {
        List<double[]> sorted = pairs.stream()
                .sorted(Comparator.<double[]>comparingDouble(pair -> pair[0]).thenComparingDouble(pair -> pair[1]))
                .toList();
        return new UnknownAge(
                filmLow,
                filmHigh,
                sorted.stream().mapToDouble(pair -> pair[0]).toArray(),
                sorted.stream().mapToDouble(pair -> pair[1]).toArray());
    }

    private static double quantile(List<Double> values, double share) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[(int) Math.rint(share * (sorted.length - 1))];
    }
}
