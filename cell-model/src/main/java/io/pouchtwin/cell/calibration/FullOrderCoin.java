package io.pouchtwin.cell.calibration;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.ageing.AgeingLaws;
import io.pouchtwin.cell.ageing.SlowState;
import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;

/** A coin in full order with given values of the unknowns: what the reduced model's answers are checked against, and where synthetic data come from. */
final class FullOrderCoin {
    private static final Mesh MESH = new Mesh(4, 8, 24);
    private static final double OHM_CM2 = 1e-4;
    private static final double START_SHORT_BY = 0.03;
    private static final int CYCLES = 2;
    private static final double LONGEST_HALF_CYCLE_H = 20;

    private final CellParameters cell;
    private final double voltageMaxV;
    private final double loadingKgPerM2;
    private final double oneCAmpere;

    /**
     * A cell of the design with these values.
     *
     * @param loadingRelative loading relative to the rate-table cell's
     * @param contactOhmM2 contact resistance [ohm m2]
     */
    FullOrderCoin(String design, double[] v, double loadingRelative, double contactOhmM2) {
        ParameterSet set = ParameterLibrary.shipped().load(design);
        double loading = CoinUnknown.LOADING.in(v) * loadingRelative;
        set = times(set, "cathode.diffusivity.reference", CoinUnknown.DIFFUSIVITY.in(v));
        set = set.with("cathode.diffusivity.slope", set.si("cathode.diffusivity.slope") + CoinUnknown.SLOPE.in(v));
        set = times(set, "cathode.exchange_current.prefactor", CoinUnknown.CATHODE_EXCHANGE.in(v));
        set = times(set, "lithium.exchange_current.prefactor", CoinUnknown.LITHIUM_EXCHANGE.in(v));
        set = times(set, "membrane.thickness", CoinUnknown.MEMBRANE.in(v));
        set = times(set, "cathode.loading", loading);
        set = set.with("contact.resistance", contactOhmM2);
        set = set.with("lithium.film.resistance", CoinUnknown.FILM.in(v) * OHM_CM2);
        cell = set.toCellParameters();
        loadingKgPerM2 = cell.requireCathode().loadingKgPerM2();
        oneCAmpere = cell.oneCAmpere() * loading;
        voltageMaxV = CoinUnknown.UPPER_VOLTAGE.in(v);
    }

    private static ParameterSet times(ParameterSet set, String key, double factor) {
        return set.with(key, set.si(key) * factor);
    }

    /** Discharge capacity of the fresh cell in constant-current cycles [mAh/g]. */
    double capacity(double rate) {
        return capacity(rate, io.pouchtwin.cell.full.SlowState.fresh(cell));
    }

    /** The same of a cell that has aged. */
    double capacity(double rate, SlowState aged, AgeingLaws laws) {
        io.pouchtwin.cell.full.SlowState fresh = io.pouchtwin.cell.full.SlowState.fresh(cell);
        return capacity(
                rate,
                new io.pouchtwin.cell.full.SlowState(
                        fresh.filmResistanceOhmM2() + laws.film().resistanceOhmM2(aged.filmChargeCPerM2()),
                        aged.deadChargeCPerM2() / PhysicalConstants.FARADAY_C_PER_MOL,
                        aged.contactUtilisation(),
                        aged.activeFraction(),
                        1 / laws.membraneFactor(aged),
                        0));
    }

    private double capacity(double rate, io.pouchtwin.cell.full.SlowState slow) {
        FullOrderCell sim = FullOrderCell.at(cell, MESH, cell.dischargedStoichiometry() - START_SHORT_BY);
        sim.age(slow);
        sim.setEfficiency(1);
        Limits limits = new Limits(CoinProblem.VOLTAGE_MIN, voltageMaxV, 0, 400);
        double charge = 0;
        for (int k = 0; k < CYCLES; k++) {
            sim.advance(new Drive.Current(rate * oneCAmpere), LONGEST_HALF_CYCLE_H * 3600, limits);
            charge = -sim.advance(new Drive.Current(-rate * oneCAmpere), LONGEST_HALF_CYCLE_H * 3600, limits)
                    .chargeC();
        }
        return charge / cell.areaM2() / loadingKgPerM2 / 3600;
    }
}
