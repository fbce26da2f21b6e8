package io.pouchtwin.cell.risk;

import io.pouchtwin.cell.parameters.CellParameters;
import io.pouchtwin.cell.parameters.PaperFacts;

/** The paper's three membranes, by the names that its facts use. */
public enum Membrane {
    /** With polymer, lithium salt and both fillers: the paper's own. */
    PPLA,
    /** Without the last filler. */
    PPL,
    /** Polymer and salt only. */
    PL;

    private static final PaperFacts FACTS = PaperFacts.load();

    /** The critical current density that the paper reports of a symmetric cell [A/m2]: one sample of a scattered quantity. */
    public double reportedCriticalAPerM2() {
        return fact("ccd");
    }

    /** Ionic conductivity at room temperature [S/m]. */
    public double conductivitySPerM() {
        return fact("sigma");
    }

    /** Exchange current density of lithium against it [A/m2]. */
    public double exchangeCurrentAPerM2() {
        return fact("i0");
    }

    /** Solvent left in it by mass below 100 degC [1]; what it leaves on evaporating are pores. */
    public double residualSolvent() {
        return fact("dmf");
    }

    private double fact(String quantity) {
        return FACTS.si(quantity + "." + name());
    }

    /** The membrane of a cell, told by its conductivity at the reference temperature. */
    public static Membrane of(CellParameters cell) {
        double conductivity = cell.electrolyte()
                .transport()
                .conductivity(cell.electrolyte().concentrationMolPerM3(), cell.referenceTemperatureK());
        Membrane nearest = PPLA;
        for (Membrane m : values()) {
            if (Math.abs(Math.log(m.conductivitySPerM() / conductivity))
                    < Math.abs(Math.log(nearest.conductivitySPerM() / conductivity))) {
                nearest = m;
            }
        }
        return nearest;
    }
}
