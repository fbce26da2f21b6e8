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

    /** Uses of randomness that must not meet. */
    private static final int STREAM_PRIOR = 1;

    private static final int STREAM_OFFSET = 2;
    private static final int STREAM_START = 3;
    private static final int STREAM_DRIFT = 4;
    private static final int STREAM_UNSEEN = 5;

    /** Slow quantities wander in strides of this much tester time [s]: once per sample would cost more than the step. */
    private static final double STRIDE_S = 600;

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
    private final double[] soc = new double[MEMBERS];
    private final double[] capacity = new double[MEMBERS];
    private final double[] resistance = new double[MEMBERS];
    private final Map<Quantity, double[]> published = new EnumMap<>(Quantity.class);
    private final ElementaryRows elementary = new ElementaryRows(MEMBERS);
    private Philox random = Philox.of(SEED, "");
    private double strideS;
    private double lastCRate;

    ReducedCellEnsemble(ReducedCellShared shared) {
        this.shared = shared;
        this.cell = shared.cell;
        this.ensemble = cell.newEnsemble(MEMBERS);
        this.slow = new double[shared.slow.size()][MEMBERS];
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
        published.put(Quantity.FILM_RESISTANCE, ensemble.parameter(MemberParameter.FILM_RESISTANCE));
        published.put(Quantity.CAPACITY_AH, capacity);
        published.put(Quantity.RESISTANCE_RATIO, resistance);
        published.put(Quantity.LEAK_CONDUCTANCE, ensemble.parameter(MemberParameter.LEAK_CONDUCTANCE));
        published.put(Quantity.VOLTAGE_OFFSET, ensemble.parameter(MemberParameter.VOLTAGE_OFFSET));
    }

    /** Everything that follows the voltage at once: profiles, salt, temperatures, offset, and the outputs. */
    private double[][] fastRows(StateLayout layout) {
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < layout.inventory(); row++) {
            rows.add(ensemble.state(row));
        }
        rows.add(ensemble.parameter(MemberParameter.VOLTAGE_OFFSET));
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
        double[][] drawn = BalancedDraw.rows(random, slow.length + 1, MEMBERS, 0, STREAM_PRIOR);
        for (int k = 0; k < slow.length; k++) {
            System.arraycopy(drawn[k], 0, slow[k], 0, MEMBERS);
        }
        double[] offset = ensemble.parameter(MemberParameter.VOLTAGE_OFFSET);
        double sigma = shared.modelError.sigmaV(0);
        for (int j = 0; j < MEMBERS; j++) {
            offset[j] = sigma * drawn[slow.length][j];
        }
        Arrays.fill(ensemble.state(cell.layout().inventory()), cell.initialInventoryMolPerM2());
        strideS = 0;
        lastCRate = 0;
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
        draw(step, STREAM_START);
        double[] x = ensemble.output(Output.MEAN_STOICHIOMETRY);
        for (int j = 0; j < MEMBERS; j++) {
            noise[j] = cell.restStoichiometry(cell.restVoltage(x[j]) + spread * noise[j]);
        }
        cell.startAtRest(ensemble, noise, temperatureK);
        cell.evaluate(ensemble, shared.workspace(), currentA);
        lastCRate = cRate;
        settle();
    }

    @Override
    public void advance(Interval interval, long step) {
        wander(interval, step);
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
    }

    /** Lets the offset forget itself and the slow quantities take their random walk. */
    private void wander(Interval interval, long step) {
        double capacityAh = shared.design.nominalCapacityAh();
        double cRate = interval.endCurrentA() / capacityAh;
        double chargeShare = interval.meanCurrentA() * interval.lengthS() / 3600 / capacityAh;
        double keep = Elementary.exp(-ModelError.forgetting(interval.lengthS(), chargeShare, cRate - lastCRate));
        double fresh = shared.modelError.sigmaV(cRate) * Math.sqrt(1 - keep * keep);
        lastCRate = cRate;
        draw(step, STREAM_OFFSET);
        double[] offset = ensemble.parameter(MemberParameter.VOLTAGE_OFFSET);
        for (int j = 0; j < MEMBERS; j++) {
            offset[j] = Math.fma(keep, offset[j], fresh * noise[j]);
        }
        strideS += interval.lengthS();
        if (strideS >= STRIDE_S) {
            double rootHours = Math.sqrt(strideS / 3600);
            double[][] drawn = BalancedDraw.rows(random, slow.length, MEMBERS, step, STREAM_DRIFT);
            for (int k = 0; k < slow.length; k++) {
                SlowQuantity quantity = shared.slow.get(k);
                double sigma = quantity.driftPerRootHour() * rootHours / quantity.sigma();
                for (int j = 0; j < MEMBERS; j++) {
                    slow[k][j] = Math.fma(sigma, drawn[k][j], slow[k][j]);
                }
            }
            strideS = 0;
            writeSlow();
        }
    }

    /** Spreads the profiles by what an unseen interval leaves open. */
    private void blur(Interval interval, long step) {
        double capacityAh = shared.design.nominalCapacityAh();
        double share =
                Math.abs(interval.endCurrentA() - interval.meanCurrentA()) + 0.1 * Math.abs(interval.meanCurrentA());
        double sigma = Math.min(0.3, interval.unseen() * share * interval.lengthS() / 3600 / capacityAh)
                * (shared.dischargedStoichiometry - shared.chargedStoichiometry);
        draw(step, STREAM_UNSEEN);
        for (int row = 0; row < cell.layout().salt(0); row++) {
            double[] x = ensemble.state(row);
            for (int j = 0; j < MEMBERS; j++) {
                x[j] = Math.fma(sigma, noise[j], x[j]);
            }
        }
        cell.hold(ensemble);
        cell.evaluate(ensemble, shared.workspace(), interval.endCurrentA());
    }

    /** Fills {@link #noise} with standard normal numbers whose mean over the members is 0. */
    private void draw(long step, int stream) {
        random.normalRow(noise, MEMBERS, step, stream, 0);
        BalancedDraw.centre(noise);
    }

    /** From the filter's coordinates to the model's parameters. */
    private void writeSlow() {
        for (int k = 0; k < slow.length; k++) {
            SlowQuantity quantity = shared.slow.get(k);
            double[] z = slow[k];
            double[] value = ensemble.parameter(quantity.target());
            double sigma = quantity.sigma();
            double centre = quantity.centre();
            for (int j = 0; j < MEMBERS; j++) {
                z[j] = Math.max(-FARTHEST, Math.min(FARTHEST, z[j]));
                value[j] = sigma * z[j];
            }
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
        double[] film = ensemble.parameter(MemberParameter.FILM_RESISTANCE);
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
        return 2 + slow.length * MEMBERS + ensemble.savedLength();
    }

    @Override
    public void save(double[] target) {
        target[0] = strideS;
        target[1] = lastCRate;
        for (int k = 0; k < slow.length; k++) {
            System.arraycopy(slow[k], 0, target, 2 + k * MEMBERS, MEMBERS);
        }
        ensemble.save(target, 2 + slow.length * MEMBERS);
    }

    @Override
    public void restore(double[] source) {
        strideS = source[0];
        lastCRate = source[1];
        for (int k = 0; k < slow.length; k++) {
            System.arraycopy(source, 2 + k * MEMBERS, slow[k], 0, MEMBERS);
        }
        ensemble.restore(source, 2 + slow.length * MEMBERS);
        settle();
    }
}
