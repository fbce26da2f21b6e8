package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** The reduced-order cell as the filter sees it: which rows it may move, which are published, and what is uncertain. */
final class ReducedCellEnsemble implements EnsembleModel {
    private static final int MEMBERS = ReducedCellShared.MEMBERS;
    private static final long SEED = 1;

    /** Uses of randomness that must not meet. */
    private static final int STREAM_PRIOR = 1;

    private static final int STREAM_OFFSET = 2;
    private static final int STREAM_START = 3;
    private static final int STREAM_DRIFT = 4;
    private static final int STREAM_UNSEEN = 5;
    private static final int STREAM_LITHIUM = 6;

    /** Voltage by which a cell may be away from rest when a twin is attached to it: at rest [V], and per multiple of 1 C. */
    private static final double START_SIGMA_V = 0.01;

    private static final double START_SIGMA_PER_C_RATE_V = 0.04;
    private static final double START_SIGMA_MOST_V = 0.15;

    private final ReducedCellShared shared;
    private final ReducedCell cell;
    private final Ensemble ensemble;
    private final SlowRows slow;
    private final LithiumRows lithium;
    private final LithiumEnd lithiumEnd = new LithiumEnd();
    private final SaltDepletion salt;
    private final Discrepancy discrepancy;
    private final VoltageWindow window;
    private final VoltageScale straight;
    private final StoichiometryScale cliff;
    private final double[][] fast;
    private final double[] noise = new double[MEMBERS];
    private final double[] soc = new double[MEMBERS];
    private final double[] capacity = new double[MEMBERS];
    private final double[] resistance = new double[MEMBERS];
    /** Factors at the reference temperature [1]. */
    private final double[] lithiumExchange = new double[MEMBERS];

    private final double[] cathodeExchange = new double[MEMBERS];
    private final Map<Quantity, double[]> published;
    private Philox random = Philox.of(SEED, "");
    /** Slope of the open-circuit voltage where the particles' surfaces are, at the sample that is being compared [V]. */
    private double slopeV;

    ReducedCellEnsemble(ReducedCellShared shared) {
        this.shared = shared;
        this.cell = shared.cell;
        this.ensemble = cell.newEnsemble(MEMBERS);
        this.slow = new SlowRows(shared.prior, shared.referenceTemperatureK, MEMBERS);
        this.lithium = new LithiumRows(cell, shared.prior, ensemble);
        this.salt = new SaltDepletion(ensemble, cell.layout());
        this.discrepancy = new Discrepancy(shared.modelError, shared.oneCDensity, MEMBERS);
        this.window = new VoltageWindow(shared.lowestVoltageV, shared.highestVoltageV);
        this.straight = new StraightScale(ensemble.output(Output.VOLTAGE));
        this.cliff = new StoichiometryScale(cell, shared.inverse, ensemble, discrepancy);
        this.published = EnsembleRows.published(ensemble, cell.layout(), slow, discrepancy, soc, capacity, resistance);
        this.fast = EnsembleRows.fast(ensemble, cell.layout(), discrepancy);
    }

    @Override
    public int members() {
        return MEMBERS;
    }

    @Override
    public CellDesign design() {
        return shared.design;
    }

    @Override
    public String parameterDigest() {
        return shared.digest;
    }

    @Override
    public String layout() {
        return cell.layout() + " slow=" + slow.rows().length + " members=" + MEMBERS;
    }

    @Override
    public double referenceTemperatureK() {
        return cell.parameters().thermal().ambientK();
    }

    @Override
    public void drawPrior(String name) {
        random = Philox.of(SEED, name);
        IndependentNoise independent = shared.independentNoise();
        independent.begin();
        slow.draw(independent, random, STREAM_PRIOR);
        int next = slow.rows().length;
        for (double[] row : discrepancy.rows()) {
            independent.draw(row, random, 0, STREAM_PRIOR, next++);
        }
        lithium.draw(independent, random, STREAM_PRIOR, next);
        discrepancy.begin();
        lithiumEnd.forget();
        writeSlow();
        Arrays.fill(noise, 0.5 * (shared.chargedStoichiometry + shared.dischargedStoichiometry));
        cell.startAtRest(ensemble, noise, shared.referenceTemperatureK);
        cell.evaluate(ensemble, shared.workspace(), 0);
        lithium.place();
    }

    @Override
    public void predictUnknown(double currentA, double temperatureK) {
        lithium.remember();
        discrepancy.forgetSurface();
        discrepancy.writeSurface(ensemble.parameter(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET));
        for (int j = 0; j < MEMBERS; j++) {
            double charged = (j + 0.5) / MEMBERS;
            noise[j] = shared.dischargedStoichiometry
                    + charged * (shared.chargedStoichiometry - shared.dischargedStoichiometry);
        }
        cell.startAtRest(ensemble, noise, temperatureK);
        cell.evaluate(ensemble, shared.workspace(), currentA);
        lithium.place();
        slopeV = openCircuitSlope();
    }

    @Override
    public void startFrom(double voltageV, double currentA, double temperatureK, long step) {
        double cRate = currentA / shared.design.nominalCapacityAh();
        cell.startAtVoltage(ensemble, shared.workspace(), voltageV, currentA, temperatureK);
        double spread = Math.min(START_SIGMA_MOST_V, START_SIGMA_V + START_SIGMA_PER_C_RATE_V * Math.abs(cRate));
        besideWhatIsCarried().draw(noise, random, step, STREAM_START, 0);
        double[] x = ensemble.output(Output.MEAN_STOICHIOMETRY);
        for (int j = 0; j < MEMBERS; j++) {
            noise[j] = cell.restStoichiometry(cell.restVoltage(x[j]) + spread * noise[j]);
        }
        cell.startAtRest(ensemble, noise, temperatureK);
        cell.evaluate(ensemble, shared.workspace(), currentA);
        lithium.place();
        slopeV = openCircuitSlope();
        discrepancy.at(cRate, meanSoc());
        addOffset();
        settle();
    }

    @Override
    public void advance(Interval interval, long step) {
        walk(interval, step);
        forgetSurface(interval, step);
        lithium.replaceEnded(shared.strippedMolPerM2(interval), random, step, STREAM_LITHIUM);
        stepWithOffset(interval);
        if (interval.unseen() > 0) {
            blur(interval, step);
        }
        slopeV = openCircuitSlope();
        forget(interval, step);
        addOffset();
    }

    private void stepWithOffset(Interval interval) {
        boolean flows = interval.meanCurrentA() != 0 || interval.endCurrentA() != 0;
        keepSensorOffset(flows);
        cell.step(
                ensemble,
                shared.workspace(),
                interval.lengthS(),
                interval.meanCurrentA(),
                interval.endCurrentA(),
                interval.ambientK());
        restoreSensorOffset(flows);
    }

    /** A sensor's offset counts while current flows; at rest the tester's relay is open, and what it shows is nothing. */
    private void keepSensorOffset(boolean flows) {
        if (!flows) {
            double[] sensor = ensemble.parameter(MemberParameter.CURRENT_OFFSET);
            System.arraycopy(sensor, 0, noise, 0, MEMBERS);
            Arrays.fill(sensor, 0);
        }
    }

    private void restoreSensorOffset(boolean flows) {
        if (!flows) {
            System.arraycopy(noise, 0, ensemble.parameter(MemberParameter.CURRENT_OFFSET), 0, MEMBERS);
        }
    }

    private void walk(Interval interval, long step) {
        if (slow.strideIsDue(interval.lengthS(), interval.meanCurrentA() != 0)) {
            slow.walk(besideWhatIsCarried(), random, step, STREAM_DRIFT, noise);
            writeSlow();
        }
    }

    private double endCRate(Interval interval) {
        return interval.endCurrentA() / shared.design.nominalCapacityAh();
    }

    private double chargeShare(Interval interval) {
        return interval.meanCurrentA() * interval.lengthS() / 3600 / shared.design.nominalCapacityAh();
    }

    private void forgetSurface(Interval interval, long step) {
        if (discrepancy.forgetSurface(chargeShare(interval), endCRate(interval), openCircuitSlope())) {
            discrepancy.refreshSurface(besideWhatIsCarried(), random, step, STREAM_OFFSET, noise);
        }
        discrepancy.writeSurface(ensemble.parameter(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET));
    }

    private void forget(Interval interval, long step) {
        if (discrepancy.forget(
                interval.lengthS(), chargeShare(interval), endCRate(interval), meanSoc(), salt.sigmaV())) {
            discrepancy.refresh(besideWhatIsCarried(), random, step, STREAM_OFFSET, noise);
        }
    }

    private IndependentNoise besideWhatIsCarried() {
        IndependentNoise independent = shared.independentNoise();
        independent.begin();
        for (double[] row : slow.rows()) {
            independent.avoid(row);
        }
        for (double[] row : discrepancy.rows()) {
            independent.avoid(row);
        }
        independent.avoid(ensemble.output(Output.MEAN_STOICHIOMETRY));
        return independent;
    }

    private double openCircuitSlope() {
        double x = RowStatistics.mean(ensemble.output(Output.SURFACE_STOICHIOMETRY));
        double half = 1e-3;
        return (cell.restVoltage(x - half) - cell.restVoltage(x + half)) / (2 * half);
    }

    private double meanSoc() {
        return (shared.dischargedStoichiometry - RowStatistics.mean(ensemble.output(Output.MEAN_STOICHIOMETRY)))
                / (shared.dischargedStoichiometry - shared.chargedStoichiometry);
    }

    @Override
    public VoltageScale voltageScale() {
        return isSteep() ? cliff.take() : straight;
    }

    private boolean isSteep() {
        return slopeV > StoichiometryScale.STEEP_V;
    }

    @Override
    public void evaluate(double currentA) {
        keepSensorOffset(currentA != 0);
        cell.evaluate(ensemble, shared.workspace(), currentA);
        restoreSensorOffset(currentA != 0);
        addOffset();
    }

    @Override
    public double pendingVoltageVariance() {
        double bareV = lithium.bareSigmaV();
        double relaxingV = discrepancy.rests() ? ModelError.relaxingV(slopeV, surfaceGap()) : 0;
        double besides = Math.fma(relaxingV, relaxingV, discrepancy.pendingVariance());
        double surfaceV2 = isSteep() ? 0 : slopeV * slopeV * discrepancy.pendingSurfaceVariance();
        return Math.fma(bareV, bareV, besides + surfaceV2);
    }

    /** Stoichiometry at the particles' surface less its mean [1]. */
    private double surfaceGap() {
        return RowStatistics.mean(ensemble.output(Output.SURFACE_STOICHIOMETRY))
                - RowStatistics.mean(ensemble.output(Output.MEAN_STOICHIOMETRY));
    }

    @Override
    public boolean putsAside(double currentA, double innovationV, double normalisedSquare) {
        LithiumEnd.Finding finding =
                lithiumEnd.take(currentA / shared.design.nominalCapacityAh(), innovationV, normalisedSquare, slopeV);
        if (finding == LithiumEnd.Finding.USED_UP) {
            lithium.usedUp();
        }
        return finding == LithiumEnd.Finding.SUSPICION;
    }

    @Override
    public double besideVariance(Quantity quantity, double mean, double spread) {
        double density = RowStatistics.mean(ensemble.output(Output.INTERIOR_CURRENT_DENSITY));
        double beside = Beside.variance(quantity, discrepancy.passingV(), density, mean, spread);
        double hidden = quantity == Quantity.LITHIUM_INVENTORY || quantity == Quantity.PLATING_EFFICIENCY
                ? lithium.hiddenVariance(row(quantity), mean, spread)
                : slow.hiddenVariance(quantity, ensemble, density);
        return beside + hidden;
    }

    /** Spreads the profiles by what an unseen interval leaves open. */
    private void blur(Interval interval, long step) {
        double capacityAh = shared.design.nominalCapacityAh();
        double share =
                Math.abs(interval.endCurrentA() - interval.meanCurrentA()) + 0.1 * Math.abs(interval.meanCurrentA());
        double sigma = Math.min(0.3, interval.unseen() * share * interval.lengthS() / 3600 / capacityAh)
                * (shared.dischargedStoichiometry - shared.chargedStoichiometry);
        besideWhatIsCarried().draw(noise, random, step, STREAM_UNSEEN, 0);
        for (int row = 0; row < cell.layout().salt(0); row++) {
            double[] x = ensemble.state(row);
            for (int j = 0; j < MEMBERS; j++) {
                x[j] = Math.fma(sigma, noise[j], x[j]);
            }
        }
        cell.hold(ensemble);
        cell.evaluate(ensemble, shared.workspace(), interval.endCurrentA());
    }

    /** From the filter's coordinates to the model's parameters. */
    private void writeSlow() {
        slow.write(ensemble, RowStatistics.mean(ensemble.state(cell.layout().coreTemperature())));
        lithium.write();
        discrepancy.write();
        discrepancy.writeSurface(ensemble.parameter(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET));
    }

    /** Adds to the predicted voltages what the model is off by, as each member has it. */
    private void addOffset() {
        discrepancy.write();
        window.hold(ensemble, discrepancy.volts);
    }

    @Override
    public void settle() {
        writeSlow();
        cell.hold(ensemble);
        lithium.keepTrace();
        double[] mean = ensemble.output(Output.MEAN_STOICHIOMETRY);
        double perSoc = 1 / (shared.dischargedStoichiometry - shared.chargedStoichiometry);
        double[] active = ensemble.parameter(MemberParameter.ACTIVE_FRACTION_FACTOR);
        for (int j = 0; j < MEMBERS; j++) {
            soc[j] = (shared.dischargedStoichiometry - mean[j]) * perSoc;
            capacity[j] = shared.capacityAh * active[j];
        }
        slow.atReference(MemberParameter.LITHIUM_EXCHANGE_FACTOR, ensemble, lithiumExchange);
        slow.atReference(MemberParameter.CATHODE_EXCHANGE_FACTOR, ensemble, cathodeExchange);
        double[] contact = ensemble.parameter(MemberParameter.CONTACT_RESISTANCE);
        double[] membrane = ensemble.parameter(MemberParameter.MEMBRANE_RESISTANCE_FACTOR);
        double[] pore = ensemble.parameter(MemberParameter.PORE_TRANSPORT_FACTOR);
        SmallCurrentResistance design = shared.resistance;
        double perDesign = 1 / design.total();
        for (int j = 0; j < MEMBERS; j++) {
            double sum = slow.film[j] + contact[j] + design.lithium() / lithiumExchange[j];
            sum = Math.fma(design.membrane(), membrane[j], sum);
            sum += design.cathode() / (cathodeExchange[j] * active[j]) + design.pore() / pore[j];
            resistance[j] = sum * perDesign;
        }
    }

    @Override
    public double[][] fastRows() {
        return fast;
    }

    @Override
    public double[][] slowRows() {
        return slow.rows();
    }

    @Override
    public Map<MemberParameter, double[]> memberParameters() {
        Map<MemberParameter, double[]> rows = new EnumMap<>(MemberParameter.class);
        for (MemberParameter parameter : MemberParameter.values()) {
            rows.put(parameter, ensemble.parameter(parameter).clone());
        }
        // an error of the moment, nothing of the cell's
        Arrays.fill(rows.get(MemberParameter.SURFACE_STOICHIOMETRY_OFFSET), 0);
        return rows;
    }

    @Override
    public double[] row(Quantity quantity) {
        double[] row = published.get(quantity);
        if (row == null) {
            throw new IllegalStateException(quantity + " is not published");
        }
        return row;
    }

    @Override
    public int savedLength() {
        return atEnsemble() + ensemble.savedLength();
    }

    private int atLithium() {
        return Discrepancy.SCALARS + Discrepancy.ROWS * MEMBERS + slow.savedLength();
    }

    private int atEnsemble() {
        return atLithium() + MEMBERS + LithiumEnd.SAVED_LENGTH;
    }

    @Override
    public void save(double[] target) {
        discrepancy.save(target, 0);
        slow.save(target, Discrepancy.SCALARS + Discrepancy.ROWS * MEMBERS);
        lithium.save(target, atLithium());
        lithiumEnd.save(target, atLithium() + MEMBERS);
        ensemble.save(target, atEnsemble());
    }

    @Override
    public void restore(double[] source) {
        discrepancy.restore(source, 0);
        slow.restore(source, Discrepancy.SCALARS + Discrepancy.ROWS * MEMBERS);
        lithium.restore(source, atLithium());
        lithiumEnd.restore(source, atLithium() + MEMBERS);
        ensemble.restore(source, atEnsemble());
        settle();
    }
}
