package io.pouchtwin.app.pipeline;

import io.pouchtwin.cell.full.Drive;
import io.pouchtwin.cell.full.FullOrderCell;
import io.pouchtwin.cell.full.Limits;
import io.pouchtwin.cell.full.Mesh;
import io.pouchtwin.cell.full.StepReport;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Temperature;
import java.util.ArrayList;
import java.util.List;

/** What a tester records of a cell that is charged and discharged at 1 C in turn, a point each second: computed once, repeated without end. */
final class Recording {
    static final String DESIGN = "pouch-5c-ncm523-ppla";
    private static final int STEP_S = 300;
    private static final double START_SOC = 0.5;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double ZERO_CELSIUS_K = 273.15;

    /** How far a point outside the voltage window lies beyond it [V]. */
    private static final double OUTSIDE_V = 0.1;

    private final List<StepReport> points;
    private final CellParameters.Window window;
    private final double nominalCapacityAh;

    private Recording(List<StepReport> points, CellParameters.Window window, double nominalCapacityAh) {
        this.points = points;
        this.window = window;
        this.nominalCapacityAh = nominalCapacityAh;
    }

    /** Computes one cycle. */
    static Recording compute() {
        CellParameters parameters =
                ParameterLibrary.shipped().load(DESIGN).draw(7).toCellParameters();
        FullOrderCell cell = FullOrderCell.at(parameters, Mesh.COARSE, START_SOC);
        List<StepReport> points = new ArrayList<>();
        for (int second = 0; second < 2 * STEP_S; second++) {
            double ampere = second < STEP_S ? parameters.oneCAmpere() : -parameters.oneCAmpere();
            points.add(cell.advance(new Drive.Current(ampere), 1, Limits.NONE));
        }
        return new Recording(points, parameters.window(), parameters.oneCAmpere());
    }

    double nominalCapacityAh() {
        return nominalCapacityAh;
    }

    /** The tester's point of this number, from 1. */
    RawSample point(long sequence) {
        int second = (int) ((sequence - 1) % points.size());
        StepReport report = points.get(second);
        boolean charge = second < STEP_S;
        double stepTimeS = second % STEP_S + 1.0;
        double stepChargeAh = Math.abs(report.ampere()) * stepTimeS / SECONDS_PER_HOUR;
        return RawSample.newBuilder()
                .setSequence(sequence)
                .setTestTimeS((double) sequence)
                .setStepTimeS(stepTimeS)
                .setVoltageV(report.voltageV())
                .setCurrentA(report.ampere())
                .setStepChargeAh(stepChargeAh)
                .setStepEnergyWh(stepChargeAh * report.voltageV())
                .setStepId(charge ? 1 : 2)
                .setCycleId((int) ((sequence - 1) / points.size()) + 1)
                .setStepType(charge ? "cc" : "dc")
                .addTemperatures(
                        Temperature.newBuilder().setSensor("cell").setValueDegc(report.temperatureK() - ZERO_CELSIUS_K))
                .build();
    }

    /** The same with a voltage beyond the limit that its current heads for. */
    RawSample pointOutside(long sequence) {
        RawSample inside = point(sequence);
        double voltage = inside.getCurrentA() > 0 ? window.voltageMaxV() + OUTSIDE_V : window.voltageMinV() - OUTSIDE_V;
        return inside.toBuilder().setVoltageV(voltage).build();
    }
}
