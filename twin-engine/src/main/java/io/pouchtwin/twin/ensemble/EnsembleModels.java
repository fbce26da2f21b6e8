package io.pouchtwin.twin.ensemble;

import io.pouchtwin.contracts.v1.CellRegistration;

/** Makes the ensemble of a cell from what the cell is. */
public interface EnsembleModels {

    /**
     * What a registration asks for, with what it leaves open taken from the parameter set.
     *
     * @throws UnknownDesignException when there is no such parameter set, or it cannot be run as a twin
     */
    CellDesign designOf(CellRegistration registration) throws UnknownDesignException;

    /**
     * A new ensemble, not yet drawn.
     *
     * @throws UnknownDesignException when there is no such parameter set, or it cannot be run as a twin
     */
    EnsembleModel create(CellDesign design) throws UnknownDesignException;
}
