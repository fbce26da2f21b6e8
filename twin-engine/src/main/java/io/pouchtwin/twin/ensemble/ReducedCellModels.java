package io.pouchtwin.twin.ensemble;

import io.pouchtwin.cell.parameters.CellKind;
import io.pouchtwin.cell.parameters.ParameterException;
import io.pouchtwin.cell.parameters.ParameterLibrary;
import io.pouchtwin.cell.parameters.ParameterSet;
import io.pouchtwin.contracts.v1.CellRegistration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;

/** Ensembles of the reduced-order cell. What cells of one design share is built once; any thread may ask. */
public final class ReducedCellModels implements EnsembleModels {
    private static final double CM2_PER_M2 = 1e4;
    private static final double COULOMB_PER_AH = 3600;

    private final ParameterLibrary library;
    private final UnaryOperator<ParameterSet> known;
    private final ConcurrentMap<CellDesign, ReducedCellShared> shared = new ConcurrentHashMap<>();

    /** Ensembles of the cells of a library. */
    public ReducedCellModels(ParameterLibrary library) {
        this(library, set -> set);
    }

    private ReducedCellModels(ParameterLibrary library, UnaryOperator<ParameterSet> known) {
        this.library = library;
        this.known = known;
    }

    /** The same of cells of which something else is known: what it makes of a design's parameters. */
    public ReducedCellModels knowing(UnaryOperator<ParameterSet> other) {
        return new ReducedCellModels(library, other);
    }

    /** Ensembles of the cells that come with the program. */
    public static ReducedCellModels shipped() {
        return new ReducedCellModels(ParameterLibrary.shipped());
    }

    @Override
    public CellDesign designOf(CellRegistration registration) throws UnknownDesignException {
        ParameterSet set = load(registration.getDesign());
        double areaCm2 = registration.getAreaCm2();
        double capacityAh = registration.getNominalCapacityAh();
        return new CellDesign(
                registration.getDesign(),
                areaCm2 > 0 ? areaCm2 : set.si("cell.area") * CM2_PER_M2,
                capacityAh > 0 ? capacityAh : set.si("cell.nominal_capacity") / COULOMB_PER_AH);
    }

    @Override
    public EnsembleModel create(CellDesign design) throws UnknownDesignException {
        ReducedCellShared made = shared.get(design);
        if (made == null) {
            ParameterSet set = load(design.parameterSet())
                    .with("cell.area", design.areaCm2() / CM2_PER_M2)
                    .with("cell.nominal_capacity", design.nominalCapacityAh() * COULOMB_PER_AH);
            made = new ReducedCellShared(design, set);
            shared.put(design, made);
        }
        return new ReducedCellEnsemble(made);
    }

    private ParameterSet load(String design) throws UnknownDesignException {
        if (!ParameterLibrary.DESIGNS.contains(design)) {
            throw new UnknownDesignException(
                    "design '" + design + "' has no parameter set; expected one of " + ParameterLibrary.DESIGNS);
        }
        ParameterSet set;
        try {
            set = known.apply(library.load(design));
        } catch (ParameterException e) {
            throw new UnknownDesignException("design '" + design + "' cannot be loaded: " + e.getMessage());
        }
        if (set.kind() != CellKind.HALF_CELL) {
            throw new UnknownDesignException(
                    "design '" + design + "' has no cathode; a twin needs one to predict a voltage");
        }
        return set;
    }
}
