package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.math.ElementaryRows;
import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.cell.reduced.Ensemble;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.Output;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.reduced.StateLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The reduced-order cell as the filter sees it: which rows it may move, which are published, and what is uncertain. */
final class ReducedCellEnsemble implements EnsembleModel {
    private static final int MEMBERS = ReducedCellShared.MEMBERS;
    private static final long SEED = 1;
    private static final int SCALARS = 5;

    /** Uses of randomness that must not meet. */
    private static final int STREAM_PRIOR = 1;

    private static final int STREAM_OFFSET = 2;
    private static final int STREAM_START = 3;
    private static final int STREAM_DRIFT = 4;
    private static final int STREAM_UNSEEN = 5;

    /** Slow quantities wander in strides of this much tester time [s]: once per sample would cost more than the step. */
    private static final double STRIDE_S = 600;

    /** The model's error is refreshed when no more than this share of it is still remembered [1]. */
    private static final double KEPT = 0.95;

    /** Voltage by which a cell may be away from rest when a twin is attached to it: at rest [V], and per multiple of 1 C. */
    private static final double START_SIGMA_V = 0.01;

    private static final double START_SIGMA_PER_C_RATE_V = 0.04;
    private static final double START_SIGMA_MOST_V = 0.15;

    /** How far coordinates of slow quantities may go from the prior's centre, in its standard deviations [1]. */
    private static final double FARTHEST = 6;

    private final ReducedCellShared shared;
    private final ReducedCell cell;
    private final Ensemble ensemble;
    private final double[][] slow;
    private final double[][] fast;
    private final double[] noise = new double[MEMBERS];
    /** Model error in its own standard deviations. */
    private final double[] discrepancy = new double[MEMBERS];

    private final double[] resistive = new double[MEMBERS];

    /** Model error [V]. */
    private final double[] offset = new double[MEMBERS];

    private final IndependentNoise independent = new IndependentNoise(MEMBERS);
    private final double[] film = new double[MEMBERS];
    private final double[] soc = new double[MEMBERS];
    private final double[] capacity = new double[MEMBERS];
    private final double[] resistance = new double[MEMBERS];
    private final Map<Quantity, double[]> published = new EnumMap<>(Quantity.class);
    private final ElementaryRows elementary = new ElementaryRows(MEMBERS);
    private Philox random = Philox.of(SEED, "");
    private double forgotten;
    private double strideS;
    private double lastCRate;
    private double discrepancySigmaV;
    private double resistiveV;

    ReducedCellEnsemble(ReducedCellShared shared) {
        this.shared = shared;
        this.cell = shared.cell;
        this.ensemble = cell.newEnsemble(MEMBERS);
        this.slow = new double[shared.slow.size() + shared.activations.size()][MEMBERS];
        publish();
        this.fast = fastRows(cell.layout());
    }

    private void publish() {
        StateLayout layout = cell.layout();
        published.put(Quantity.VOLTAGE, ensemble.output(Output.VOLTAGE));
        published.put(Quantity.TEMPERATURE, ensemble.state(layout.surfaceTemperature()));
        published.put(Quantity.SOC, soc);
        published.put(Quantity.SURFACE_STOICHIOMETRY, ensemble.output(Output.SURFACE_STOICHIOMETRY));
        published.put(Quantity.LITHIUM_KINETIC, ensemble.output(Output.LITHIUM_KINETIC));
        published.put(Quantity.FILM, ensemble.output(Output.FILM));
        published.put(Quantity.MEMBRANE, ensemble.output(Output.MEMBRANE));
        published.put(Quantity.CATHODE_KINETIC, ensemble.output(Output.CATHODE_KINETIC));
        published.put(Quantity.ELECTROLYTE, ensemble.output(Output.ELECTROLYTE));
        published.put(Quantity.PARTICLE_DIFFUSION, ensemble.output(Output.PARTICLE_DIFFUSION));
        published.put(Quantity.CONTACT, ensemble.output(Output.CONTACT));
        published.put(Quantity.FILM_RESISTANCE, film);
        published.put(Quantity.CAPACITY_AH, capacity);
        published.put(Quantity.RESISTANCE_RATIO, resistance);
        published.put(Quantity.LEAK_CONDUCTANCE, ensemble.parameter(MemberParameter.LEAK_CONDUCTANCE));
        published.put(Quantity.VOLTAGE_OFFSET, offset);
    }

    /** Everything that follows the voltage at once: profiles, salt, temperatures, offset, and the outputs. */
    private double[][] fastRows(StateLayout layout) {
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < layout.inventory(); row++) {
            rows.add(ensemble.state(row));
        }
        rows.add(discrepancy);
        rows.add(resistive);
        for (Output output : List.of(
                Output.VOLTAGE,
                Output.LITHIUM_KINETIC,
                Output.FILM,
                Output.MEMBRANE,
                Output.CATHODE_KINETIC,
                Output.ELECTROLYTE,
                Output.PARTICLE_DIFFUSION,
                Output.CONTACT,
                Output.MEAN_STOICHIOMETRY,
                Output.SURFACE_STOICHIOMETRY)) {
            rows.add(ensemble.output(output));
        }
        return rows.toArray(new double[0][]);
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
        return cell.layout() + " slow=" + shared.slow.size() + " members=" + MEMBERS;
    }

    @Override
    public double referenceTemperatureK() {
        return cell.parameters().thermal().ambientK();
    }

    @Override
    public void drawPrior(String name) {
        random = Philox.of(SEED, name);
        independent.begin();
        for (int k = 0; k < slow.length; k++) {
            independent.draw(slow[k], random, 0, STREAM_PRIOR, k);
        }
        independent.draw(discrepancy, random, 0, STREAM_PRIOR, slow.length);
        independent.draw(resistive, random, 0, STREAM_PRIOR, slow.length + 1);
        Arrays.fill(ensemble.state(cell.layout().inventory()), cell.initialInventoryMolPerM2());
        forgotten = 0;
        strideS = 0;
        lastCRate = 0;
        discrepancySigmaV = shared.modelError.sigmaV(0, 0);
        writeSlow();
    }

    @Override
    public void predictUnknown(double currentA, double temperatureK) {
        for (int j = 0; j < MEMBERS; j++) {
            double charged = (j + 0.5) / MEMBERS;
            noise[j] = shared.dischargedStoichiometry
                    + charged * (shared.chargedStoichiometry - shared.dischargedStoichiometry);
        }
        cell.startAtRest(ensemble, noise, temperatureK);
        cell.evaluate(ensemble, shared.workspace(), currentA);
    }

    @Override
    public void startFrom(double voltageV, double currentA, double temperatureK, long step) {
        double cRate = currentA / shared.design.nominalCapacityAh();
        cell.startAtVoltage(ensemble, shared.workspace(), voltageV, currentA, temperatureK);
        double spread = Math.min(START_SIGMA_MOST_V, START_SIGMA_V + START_SIGMA_PER_C_RATE_V * Math.abs(cRate));
        avoidWhatIsCarried();
        independent.draw(noise, random, step, STREAM_START, 0);
        double[] x = ensemble.output(Output.MEAN_STOICHIOMETRY);
        for (int j = 0; j < MEMBERS; j++) {
            noise[j] = cell.restStoichiometry(cell.restVoltage(x[j]) + spread * noise[j]);
        }
        cell.startAtRest(ensemble, noise, temperatureK);
        cell.evaluate(ensemble, shared.workspace(), currentA);
        lastCRate = cRate;
        resistiveV = shared.modelError.resistiveOhmM2() * cRate * shared.oneCDensity;
        discrepancySigmaV = shared.modelError.sigmaV(cRate * shared.oneCDensity, openCircuitSlope());
        addOffset();
        settle();
    }

    @Override
    public void advance(Interval interval, long step) {
        walk(interval, step);
        cell.step(
                ensemble,
                shared.workspace(),
                interval.lengthS(),
                interval.meanCurrentA(),
                interval.endCurrentA(),
                interval.ambientK());
        if (interval.unseen() > 0) {
            blur(interval, step);
        }
        forget(interval, step);
        addOffset();
    }

    /** Lets the slow quantities change, in strides: what was learnt fades towards the prior with each one's own memory. */
    private void walk(Interval interval, long step) {
        strideS += interval.lengthS();
        if (strideS < STRIDE_S) {
            return;
        }
        double hours = strideS / 3600;
        avoidWhatIsCarried();
        for (int k = 0; k < slow.length; k++) {
            double memoryH = k < shared.slow.size() ? shared.slow.get(k).memoryH() : SlowQuantity.LASTING_MEMORY_H;
            double keep = Elementary.exp(-hours / memoryH);
            double fresh = Math.sqrt(1 - keep * keep);
            independent.draw(noise, random, step, STREAM_DRIFT, k);
            for (int j = 0; j < MEMBERS; j++) {
                slow[k][j] = Math.fma(keep, slow[k][j], fresh * noise[j]);
            }
        }
        strideS = 0;
        writeSlow();
    }

    /**
     * Lets the model's error forget itself. Noise is drawn only when enough has built up to matter; until then it counts
     * as noise of the measurement. Where the error's standard deviation grows, what was learnt of it keeps its volts and
     * the rest is drawn anew.
     */
    private void forget(Interval interval, long step) {
        double capacityAh = shared.design.nominalCapacityAh();
        double cRate = interval.endCurrentA() / capacityAh;
        double chargeShare = interval.meanCurrentA() * interval.lengthS() / 3600 / capacityAh;
        forgotten += ModelError.forgetting(interval.lengthS(), chargeShare, cRate - lastCRate);
        lastCRate = cRate;
        double before = discrepancySigmaV;
        double density = cRate * shared.oneCDensity;
        resistiveV = shared.modelError.resistiveOhmM2() * density;
        discrepancySigmaV = shared.modelError.sigmaV(density, openCircuitSlope());
        double keep = Elementary.exp(-forgotten) * Math.min(1, before / discrepancySigmaV);
        if (keep < KEPT) {
            avoidWhatIsCarried();
            double fresh = Math.sqrt(1 - keep * keep);
            independent.draw(noise, random, step, STREAM_OFFSET, 0);
            for (int j = 0; j < MEMBERS; j++) {
                discrepancy[j] = Math.fma(keep, discrepancy[j], fresh * noise[j]);
            }
            forgotten = 0;
        }
    }

    private void avoidWhatIsCarried() {
        independent.begin();
        for (double[] row : slow) {
            independent.avoid(row);
        }
        independent.avoid(discrepancy);
        independent.avoid(resistive);
        independent.avoid(ensemble.output(Output.MEAN_STOICHIOMETRY));
    }

    /** Slope of the open-circuit voltage where the particles' surfaces are [V]. */
    private double openCircuitSlope() {
        double x = RowStatistics.mean(ensemble.output(Output.SURFACE_STOICHIOMETRY));
        double half = 1e-3;
        return (cell.restVoltage(x - half) - cell.restVoltage(x + half)) / (2 * half);
    }

    @Override
    public double pendingVoltageVariance() {
        return discrepancySigmaV * discrepancySigmaV * (1 - Elementary.exp(-2 * forgotten));
    }

    /** Spreads the profiles by what an unseen interval leaves open. */
    private void blur(Interval interval, long step) {
        double capacityAh = shared.design.nominalCapacityAh();
        double share =
                Math.abs(interval.endCurrentA() - interval.meanCurrentA()) + 0.1 * Math.abs(interval.meanCurrentA());
        double sigma = Math.min(0.3, interval.unseen() * share * interval.lengthS() / 3600 / capacityAh)
                * (shared.dischargedStoichiometry - shared.chargedStoichiometry);
        avoidWhatIsCarried();
        independent.draw(noise, random, step, STREAM_UNSEEN, 0);
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
        for (int k = 0; k < shared.slow.size(); k++) {
            SlowQuantity quantity = shared.slow.get(k);
            double[] z = slow[k];
            double[] value = ensemble.parameter(quantity.target());
            double sigma = quantity.sigma();
            for (int j = 0; j < MEMBERS; j++) {
                z[j] = Math.max(-FARTHEST, Math.min(FARTHEST, z[j]));
                value[j] = sigma * z[j];
            }
        }
        publishFilm();
        addActivations();
        for (SlowQuantity quantity : shared.slow) {
            double[] value = ensemble.parameter(quantity.target());
            double centre = quantity.centre();
            if (quantity.logarithmic()) {
                elementary.exp(value, value, MEMBERS);
                for (int j = 0; j < MEMBERS; j++) {
                    value[j] *= centre;
                }
            } else {
                for (int j = 0; j < MEMBERS; j++) {
                    value[j] += centre;
                }
            }
        }
        writeOffset();
    }

    /** The film's resistance at the reference temperature, whatever the temperature does to it now. */
    private void publishFilm() {
        elementary.exp(ensemble.parameter(MemberParameter.FILM_RESISTANCE), film, MEMBERS);
        double centre = cell.nominal(MemberParameter.FILM_RESISTANCE);
        for (int j = 0; j < MEMBERS; j++) {
            film[j] *= centre;
        }
    }

    private void addActivations() {
        double temperatureK = RowStatistics.mean(ensemble.state(cell.layout().coreTemperature()));
        double warmth = 1 / shared.referenceTemperatureK - 1 / temperatureK;
        for (int a = 0; a < shared.activations.size(); a++) {
            ActivationSpread activation = shared.activations.get(a);
            double[] z = slow[shared.slow.size() + a];
            double[] value = ensemble.parameter(shared.slow.get(activation.of()).target());
            double weight = activation.perInverseK() * warmth;
            for (int j = 0; j < MEMBERS; j++) {
                z[j] = Math.max(-FARTHEST, Math.min(FARTHEST, z[j]));
                value[j] = Math.fma(weight, z[j], value[j]);
            }
        }
    }

    private void writeOffset() {
        for (int j = 0; j < MEMBERS; j++) {
            offset[j] = Math.fma(discrepancySigmaV, discrepancy[j], resistiveV * resistive[j]);
        }
    }

    /**
     * Adds to the predicted voltages what the model is off by, as each member has it. Where a particle is full or empty
     * the open-circuit curve falls off a cliff that no tester goes down: beyond the window a voltage says no more than
     * that it is beyond.
     */
    private void addOffset() {
        writeOffset();
        double[] voltage = ensemble.output(Output.VOLTAGE);
        for (int j = 0; j < MEMBERS; j++) {
            voltage[j] = Math.max(shared.lowestVoltageV, Math.min(shared.highestVoltageV, voltage[j] + offset[j]));
        }
    }

    @Override
    public void settle() {
        writeSlow();
        cell.hold(ensemble);
        double[] mean = ensemble.output(Output.MEAN_STOICHIOMETRY);
        double perSoc = 1 / (shared.dischargedStoichiometry - shared.chargedStoichiometry);
        double[] active = ensemble.parameter(MemberParameter.ACTIVE_FRACTION_FACTOR);
        for (int j = 0; j < MEMBERS; j++) {
            soc[j] = (shared.dischargedStoichiometry - mean[j]) * perSoc;
            capacity[j] = shared.capacityAh * active[j];
        }
        double[] lithium = ensemble.parameter(MemberParameter.LITHIUM_EXCHANGE_FACTOR);
        double[] contact = ensemble.parameter(MemberParameter.CONTACT_RESISTANCE);
        double[] membrane = ensemble.parameter(MemberParameter.MEMBRANE_RESISTANCE_FACTOR);
        double[] cathode = ensemble.parameter(MemberParameter.CATHODE_EXCHANGE_FACTOR);
        double[] pore = ensemble.parameter(MemberParameter.PORE_TRANSPORT_FACTOR);
        double perNominal = 1 / shared.nominalResistanceOhmM2;
        for (int j = 0; j < MEMBERS; j++) {
            double sum = film[j] + contact[j] + shared.lithiumResistanceOhmM2 / lithium[j];
            sum = Math.fma(shared.membraneResistanceOhmM2, membrane[j], sum);
            sum += shared.cathodeResistanceOhmM2 / (cathode[j] * active[j]) + shared.poreResistanceOhmM2 / pore[j];
            resistance[j] = sum * perNominal;
        }
    }

    @Override
    public double[][] fastRows() {
        return fast;
    }

    @Override
    public double[][] slowRows() {
        return slow;
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
        return SCALARS + (slow.length + 2) * MEMBERS + ensemble.savedLength();
    }

    @Override
    public void save(double[] target) {
        target[0] = forgotten;
        target[1] = strideS;
        target[2] = lastCRate;
        target[3] = discrepancySigmaV;
        target[4] = resistiveV;
        System.arraycopy(discrepancy, 0, target, SCALARS, MEMBERS);
        System.arraycopy(resistive, 0, target, SCALARS + MEMBERS, MEMBERS);
        int at = SCALARS + 2 * MEMBERS;
        for (double[] row : slow) {
            System.arraycopy(row, 0, target, at, MEMBERS);
            at += MEMBERS;
        }
        ensemble.save(target, at);
    }

    @Override
    public void restore(double[] source) {
        forgotten = source[0];
        strideS = source[1];
        lastCRate = source[2];
        discrepancySigmaV = source[3];
        resistiveV = source[4];
        System.arraycopy(source, SCALARS, discrepancy, 0, MEMBERS);
        System.arraycopy(source, SCALARS + MEMBERS, resistive, 0, MEMBERS);
        int at = SCALARS + 2 * MEMBERS;
        for (double[] row : slow) {
            System.arraycopy(source, at, row, 0, MEMBERS);
            at += MEMBERS;
        }
        ensemble.restore(source, at);
        settle();
    }
}
