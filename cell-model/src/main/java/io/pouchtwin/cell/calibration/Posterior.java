package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.ageing.AgeingLaws;
import io.pouchtwin.cell.ageing.CathodeLoss;
import io.pouchtwin.cell.ageing.ContactLoss;
import io.pouchtwin.cell.ageing.ReducedCycler;
import io.pouchtwin.cell.ageing.ReducedCycler.CellVariation;
import io.pouchtwin.cell.ageing.ShortingDamage;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.reduced.MemberParameter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The calibrated ensemble of a cell design: complete cells with their correlations. The prior of the twin's ensemble.
 *
 * <p>Columns named like a {@link MemberParameter} in lower case hold that parameter in SI; the columns of {@link #AGEING} hold constants of ageing in SI; further columns are for information.
 *
 * @param design name of the parameter set that the values refer to
 * @param provenance how the file came about: key and text
 * @param columns names
 * @param mostProbable the most probable cell
 * @param members the ensemble, one row each
 */
// read-only rows of numbers; nobody compares posteriors as records
@SuppressWarnings("ArrayRecordComponent")
public record Posterior(
        String design,
        Map<String, String> provenance,
        List<String> columns,
        double[] mostProbable,
        List<double[]> members) {
    /** Constants of ageing. */
    public static final List<String> AGEING = List.of(
            "film_growth_ohm_m2_per_cycle",
            "lithium_loss_share",
            "film_charge_exponent",
            "film_current_exponent",
            "settling_share",
            "settling_cycles",
            "cathode_loss_per_cycle",
            "cathode_depth_exponent",
            "critical_current_a_per_m2",
            "damage_life_s",
            "damage_exponent");

    /** Name of a member parameter's column. */
    public static String column(MemberParameter parameter) {
        return parameter.name().toLowerCase(Locale.ROOT);
    }

    /** A parameter of a row; empty if the calibration says nothing about it. */
    public OptionalDouble parameter(double[] row, MemberParameter parameter) {
        int k = columns.indexOf(column(parameter));
        return k < 0 ? OptionalDouble.empty() : OptionalDouble.of(row[k]);
    }

    /** The mechanisms of a row's cell. */
    public AgeingLaws laws(double[] row, CellParameters.Lithium lithium) {
        return CoinCells.laws(
                value(row, "film_growth_ohm_m2_per_cycle"),
                value(row, "lithium_loss_share"),
                value(row, "film_charge_exponent"),
                value(row, "film_current_exponent"),
                new ContactLoss(value(row, "settling_share"), value(row, "settling_cycles"), 0),
                new CathodeLoss(
                        value(row, "cathode_loss_per_cycle"),
                        value(row, "cathode_depth_exponent"),
                        CoinCells.REFERENCE_DEPTH,
                        CoinCells.CATHODE_ACTIVATION_J_PER_MOL),
                new ShortingDamage(
                        value(row, "critical_current_a_per_m2"),
                        value(row, "damage_life_s"),
                        value(row, "damage_exponent")),
                lithium);
    }

    /**
     * What a row's cell differs from its design in, for a {@link ReducedCycler}: at a C-rate, a cell with more active material carries more current. The efficiency of plating is left to the laws of ageing, which take the lost lithium.
     */
    public CellVariation variation(double[] row) {
        Map<MemberParameter, Double> own = new EnumMap<>(MemberParameter.class);
        for (MemberParameter m : MemberParameter.values()) {
            parameter(row, m).ifPresent(v -> own.put(m, v));
        }
        Double loading = own.remove(MemberParameter.ACTIVE_FRACTION_FACTOR);
        own.put(MemberParameter.PLATING_EFFICIENCY, 1.0);
        return new CellVariation(own, loading == null ? 1 : loading, 0);
    }

    /** The number in a column of a row. */
    public double value(double[] row, String column) {
        return row[index(column)];
    }

    /** Where a column stands; throws if there is none of that name. */
    int index(String column) {
        int k = columns.indexOf(column);
        if (k < 0) {
            throw new IllegalArgumentException(design + ": no column " + column + ", expected one of " + columns);
        }
        return k;
    }
}
