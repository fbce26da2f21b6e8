package io.pouchtwin.twin.forecast;

import io.pouchtwin.cell.PhysicalConstants;
import io.pouchtwin.cell.ageing.AgeingLaws;
import io.pouchtwin.cell.calibration.Posterior;
import io.pouchtwin.cell.calibration.PosteriorFile;
import io.pouchtwin.cell.math.Elementary;
import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.ParameterException;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.reduced.MemberParameter;
import io.pouchtwin.cell.reduced.ReducedCell;
import io.pouchtwin.cell.risk.HazardFit;
import io.pouchtwin.cell.risk.InterfaceStability;
import io.pouchtwin.cell.risk.Membrane;
import io.pouchtwin.cell.risk.ShortLaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is known of all cells of one design before one of them is seen: parameters, the calibrated ageing laws, the fit of the shorts. Immutable and shared.
 */
public final class DesignKnowledge {
    /** Draws of the fit of the shorts that each cell carries. */
    static final int SHORT_LAWS = 128;

    /** Loss of lithium where no calibration says anything [1]. */
    private static final double USUAL_LOSS = 0.008;

    private static final double LEAST_LOSS = 1e-4;
    private static final double LEAST_LOSS_SIGMA = 0.35;
    /** How far the middle of the belief lies from what calibration says towards what lithium loses on bare copper, which is worse than on lithium [1]. */
    private static final double TOWARDS_COPPER = 1.0 / 3;
    /** The loss on copper is taken to be so many standard deviations above the middle. */
    private static final double COPPER_SIGMAS = 1.5;

    private final CellParameters parameters;
    private final ReducedCell coarse;
    private final List<AgeingLaws> laws;
    private final Membrane membrane;
    private final double lithiumLoss;
    private final double lithiumLossSigma;

    private DesignKnowledge(String design, CellParameters parameters) {
        this.parameters = parameters;
        this.coarse = CapacityResponse.coarse(parameters);
        this.membrane = Membrane.of(parameters);
        Optional<Posterior> posterior = PosteriorFile.shipped(design);
        List<AgeingLaws> all = new ArrayList<>();
        double loss = 0;
        if (posterior.isPresent()) {
            Posterior p = posterior.get();
            for (double[] row : p.members()) {
                all.add(p.laws(row, parameters.lithium()));
                loss += (1
                                - p.parameter(row, MemberParameter.PLATING_EFFICIENCY)
                                        .orElse(1 - USUAL_LOSS))
                        / p.members().size();
            }
        }
        this.laws = List.copyOf(all);
        double calibrated =
                Math.max(LEAST_LOSS, loss > 0 ? loss : 1 - parameters.lithium().efficiency());
        double onCopper = Math.max(calibrated, lossOnCopper(membrane));
        double apart = Elementary.log(onCopper / calibrated);
        this.lithiumLoss = calibrated * Elementary.exp(apart * TOWARDS_COPPER);
        this.lithiumLossSigma = Math.max(LEAST_LOSS_SIGMA, apart * (1 - TOWARDS_COPPER) / COPPER_SIGMAS);
    }

    /** What a Li||Cu cell with this membrane loses of what it plates [1]. */
    private static double lossOnCopper(Membrane membrane) {
        String set = "licu-" + membrane.name().toLowerCase(Locale.ROOT);
        return 1 - ParameterLibrary.shipped().cell(set).lithium().efficiency();
    }

    /** Of a parameter set and its shipped calibration. */
    public static DesignKnowledge of(String design, CellParameters parameters) {
        return new DesignKnowledge(design, parameters);
    }

    /** Knowledge of the shipped designs, each made when first asked for; empty for a name that is none or has no cathode. */
    public static Function<String, Optional<DesignKnowledge>> shipped() {
        Map<String, Optional<DesignKnowledge>> made = new ConcurrentHashMap<>();
        ParameterLibrary library = ParameterLibrary.shipped();
        return design -> made.computeIfAbsent(design, name -> {
            try {
                return ParameterLibrary.DESIGNS.contains(name)
                        ? Optional.of(library.cell(name))
                                .filter(cell -> cell.cathode().isPresent())
                                .map(cell -> of(name, cell))
                        : Optional.empty();
            } catch (ParameterException e) {
                return Optional.empty();
            }
        });
    }

    /** Laws of so many members; empty where the design was never calibrated. */
    List<AgeingLaws> laws(int members) {
        List<AgeingLaws> some = new ArrayList<>();
        for (int j = 0; j < members && !laws.isEmpty(); j++) {
            some.add(laws.get(j * laws.size() / members));
        }
        return some;
    }

    /** Loss of active material per cycle of the reference load, the middle of the calibration [1]. */
    double cathodeLossPerCycle() {
        return laws.stream()
                .mapToDouble(l -> l.cathode().lossPerCycle())
                .average()
                .orElse(3e-4);
    }

    /** Loss of plated lithium: the middle of what is believed [1]. The calibrated cells say how little it must be for what they lasted, a Li||Cu cell how much it may be. */
    double lithiumLoss() {
        return lithiumLoss;
    }

    /** Its spread: of the logarithm [1]. */
    double lithiumLossSigma() {
        return lithiumLossSigma;
    }

    double foilCPerM2() {
        return parameters.lithium().inventoryMolPerM2() * PhysicalConstants.FARADAY_C_PER_MOL;
    }

    /** Resistance at small current of a fresh cell of this design: interfaces, membrane, pores, film, contact [ohm m2]. */
    double smallCurrentResistanceOhmM2() {
        double t = parameters.referenceTemperatureK();
        double thermal = PhysicalConstants.thermalVoltage(t);
        CellParameters.Cathode cathode = parameters.requireCathode();
        double conductivity = parameters
                .electrolyte()
                .transport()
                .conductivity(parameters.electrolyte().concentrationMolPerM3(), t);
        double middle = 0.5 * (parameters.chargedStoichiometry() + parameters.dischargedStoichiometry());
        double interfaces = thermal / parameters.lithium().exchangeCurrent().at(1, t)
                + thermal
                        / (cathode.exchangeCurrent().at(1, middle, t)
                                * cathode.surfacePerVolume()
                                * cathode.layer().thicknessM());
        double ionic = parameters.membrane().thicknessM()
                        / (conductivity * parameters.membrane().transportEfficiency())
                + cathode.layer().thicknessM()
                        / (3 * conductivity * cathode.layer().transportEfficiency());
        return interfaces + ionic + parameters.lithium().filmResistanceOhmM2() + parameters.contactResistanceOhmM2();
    }

    CellParameters parameters() {
        return parameters;
    }

    ReducedCell coarse() {
        return coarse;
    }

    Membrane membrane() {
        return membrane;
    }

    List<ShortLaw> shortLaws() {
        return HazardFit.toThePaper().laws(SHORT_LAWS);
    }

    InterfaceStability stability(double currentDensity, double temperatureK) {
        return InterfaceStability.of(parameters, currentDensity, temperatureK);
    }
}
