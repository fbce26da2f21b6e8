package io.pouchtwin.twin;

import io.pouchtwin.cell.math.Philox;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.twin.ensemble.CellDesign;
import io.pouchtwin.twin.ensemble.EnsembleModel;
import io.pouchtwin.twin.ensemble.EnsembleModels;
import io.pouchtwin.twin.ensemble.Interval;
import io.pouchtwin.twin.ensemble.Quantity;
import io.pouchtwin.twin.ensemble.StraightScale;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import io.pouchtwin.twin.ensemble.VoltageScale;
import java.util.Arrays;

/** A cell whose open-circuit voltage is a straight line and whose resistance is one number: the filter's test piece. */
public final class StraightLineCell implements EnsembleModel {
    static final double EMPTY_V = 3.0;
    static final double FULL_V = 4.2;
    static final double RESISTANCE_OHM = 0.05;
    private static final int MEMBERS = 32;

    private final CellDesign design;
    private final double[][] published = new double[Quantity.values().length][MEMBERS];
    private final double[] soc = row(Quantity.SOC);
    private final double[] voltage = row(Quantity.VOLTAGE);
    private final double[] temperature = row(Quantity.TEMPERATURE);
    private final double[] resistance = new double[MEMBERS];
    private Philox random = Philox.of(0, "");

    public StraightLineCell(CellDesign design) {
        this.design = design;
    }

    public static EnsembleModels models() {
        return new EnsembleModels() {
            @Override
            public CellDesign designOf(CellRegistration registration) throws UnknownDesignException {
                if (!registration.getDesign().equals("straight-line")) {
                    throw new UnknownDesignException(
                            "design '" + registration.getDesign() + "', expected straight-line");
                }
                return new CellDesign("straight-line", 100, 1);
            }

            @Override
            public EnsembleModel create(CellDesign design) {
                return new StraightLineCell(design);
            }
        };
    }

    @Override
    public int members() {
        return MEMBERS;
    }

    @Override
    public CellDesign design() {
        return design;
    }

    @Override
    public String parameterDigest() {
        return "1";
    }

    @Override
    public String layout() {
        return "soc temperature resistance x32";
    }

    @Override
    public double referenceTemperatureK() {
        return 298.15;
    }

    @Override
    public void drawPrior(String cell) {
        random = Philox.of(1, cell);
        random.normalRow(resistance, MEMBERS, 0, 0, 0);
        for (int j = 0; j < MEMBERS; j++) {
            resistance[j] = RESISTANCE_OHM * Math.exp(0.5 * resistance[j]);
        }
    }

    @Override
    public void predictUnknown(double currentA, double temperatureK) {
        for (int j = 0; j < MEMBERS; j++) {
            soc[j] = (j + 0.5) / MEMBERS;
        }
        Arrays.fill(temperature, temperatureK);
        evaluate(currentA);
    }

    @Override
    public void startFrom(double voltageV, double currentA, double temperatureK, long step) {
        Arrays.fill(temperature, temperatureK);
        for (int j = 0; j < MEMBERS; j++) {
            soc[j] = (voltageV - resistance[j] * currentA - EMPTY_V) / (FULL_V - EMPTY_V)
                    + 0.01 * random.normal(j, step, 1, 0);
        }
        settle();
        evaluate(currentA);
    }

    @Override
    public void advance(Interval interval, long step) {
        double charge = interval.meanCurrentA() * interval.lengthS() / 3600 / design.nominalCapacityAh();
        for (int j = 0; j < MEMBERS; j++) {
            soc[j] += charge + 1e-5 * Math.sqrt(interval.lengthS()) * random.normal(j, step, 2, 0);
        }
        evaluate(interval.endCurrentA());
    }

    @Override
    public VoltageScale voltageScale() {
        return new StraightScale(voltage);
    }

    @Override
    public void evaluate(double currentA) {
        for (int j = 0; j < MEMBERS; j++) {
            voltage[j] = EMPTY_V + (FULL_V - EMPTY_V) * soc[j] + resistance[j] * currentA;
        }
    }

    @Override
    public double pendingVoltageVariance() {
        return 0;
    }

    @Override
    public double besideVariance(Quantity quantity, double mean, double spread) {
        return 0;
    }

    @Override
    public void settle() {
        for (int j = 0; j < MEMBERS; j++) {
            soc[j] = Math.max(0, Math.min(1, soc[j]));
            resistance[j] = Math.max(1e-6, resistance[j]);
        }
        System.arraycopy(resistance, 0, row(Quantity.FILM_RESISTANCE), 0, MEMBERS);
    }

    @Override
    public double[][] fastRows() {
        return new double[][] {soc, voltage, temperature};
    }

    @Override
    public double[][] slowRows() {
        return new double[][] {resistance};
    }

    @Override
    public double[] row(Quantity quantity) {
        return published[Arrays.asList(Quantity.values()).indexOf(quantity)];
    }

    @Override
    public int savedLength() {
        return 3 * MEMBERS;
    }

    @Override
    public void save(double[] target) {
        System.arraycopy(soc, 0, target, 0, MEMBERS);
        System.arraycopy(temperature, 0, target, MEMBERS, MEMBERS);
        System.arraycopy(resistance, 0, target, 2 * MEMBERS, MEMBERS);
    }

    @Override
    public void restore(double[] source) {
        System.arraycopy(source, 0, soc, 0, MEMBERS);
        System.arraycopy(source, MEMBERS, temperature, 0, MEMBERS);
        System.arraycopy(source, 2 * MEMBERS, resistance, 0, MEMBERS);
        settle();
    }
}
