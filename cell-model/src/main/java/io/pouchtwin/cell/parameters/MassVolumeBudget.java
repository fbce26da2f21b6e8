package io.pouchtwin.cell.parameters;

import io.pouchtwin.cell.parameters.CellParameters.Cathode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a cell weighs and how much room it takes, part by part, from its parameter set. The parts whose values are only assumed say so.
 *
 * @param design name of the parameter set
 * @param parts all that counts
 */
public record MassVolumeBudget(String design, List<Part> parts) {
    /** Atomic mass of lithium, IUPAC 2021 [kg/mol]. */
    private static final double LITHIUM_KG_PER_MOL = 6.94e-3;

    /** Keeps its own copy. */
    public MassVolumeBudget {
        parts = List.copyOf(parts);
    }

    /**
     * One part.
     *
     * @param name for people
     * @param massKg [kg]
     * @param volumeM3 [m3]
     * @param assumed true if the value that decides it is a judgement
     */
    public record Part(String name, double massKg, double volumeM3, boolean assumed) {}

    /** The budget of a cell with a cathode; throws if its files give no budget. */
    public static MassVolumeBudget of(ParameterSet set) {
        CellParameters cell = set.toCellParameters();
        Cathode cathode = cell.requireCathode();
        double area = cell.areaM2();
        double loading = cathode.loadingKgPerM2();
        double inactiveShare = set.si("budget.inactive.mass_fraction");
        double coating = cathode.layer().thicknessM() * area;
        double pores = cathode.layer().porosity() * coating;
        double active = loading * area / cathode.densityKgPerM3();
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("cathode active material", loading * area, active, false));
        parts.add(new Part(
                "binder and carbon",
                loading * area * inactiveShare / (1 - inactiveShare),
                coating - pores - active,
                assumed(set, "budget.inactive.mass_fraction")));
        parts.add(new Part(
                "catholyte in the pores",
                pores * set.si("budget.catholyte.density"),
                pores,
                assumed(set, "budget.catholyte.density")));
        parts.add(layer(set, "membrane", cell.membrane().thicknessM() * area, "budget.membrane.density"));
        parts.add(new Part(
                "lithium foil",
                cell.lithium().inventoryMolPerM2() * LITHIUM_KG_PER_MOL * area,
                cell.lithium().thicknessM() * area,
                false));
        parts.add(layer(
                set,
                "positive current collector",
                set.si("budget.positive_foil.thickness") * area,
                "budget.positive_foil.density"));
        parts.add(layer(
                set,
                "negative current collector",
                set.si("budget.negative_foil.thickness") * area,
                "budget.negative_foil.density"));
        parts.add(new Part(
                "packaging",
                set.si("budget.packaging.mass"),
                set.si("budget.packaging.volume"),
                assumed(set, "budget.packaging.mass")));
        parts.add(new Part("tabs", set.si("budget.tabs.mass"), 0, assumed(set, "budget.tabs.mass")));
        return new MassVolumeBudget(set.design(), parts);
    }

    private static Part layer(ParameterSet set, String name, double volume, String densityKey) {
        String thicknessKey = densityKey.replace(".density", ".thickness");
        boolean assumed = assumed(set, densityKey) || assumed(set, thicknessKey);
        return new Part(name, volume * set.si(densityKey), volume, assumed);
    }

    private static boolean assumed(ParameterSet set, String key) {
        return set.find(key).map(v -> v.status() == Status.ASSUMED).orElse(false);
    }

    /** Mass of the whole cell [kg]. */
    public double massKg() {
        return parts.stream().mapToDouble(Part::massKg).sum();
    }

    /** Volume of the whole cell [m3]. */
    public double volumeM3() {
        return parts.stream().mapToDouble(Part::volumeM3).sum();
    }

    /** Energy density [Wh/kg] of an energy [J]. */
    public double wattHourPerKg(double joule) {
        return joule / 3600 / massKg();
    }

    /** Energy density [Wh/L] of an energy [J]. */
    public double wattHourPerLitre(double joule) {
        return joule / 3600 / (volumeM3() * 1000);
    }
}
