package io.pouchtwin.twin;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.CleanBatch;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinSnapshot;
import io.pouchtwin.twin.ensemble.CellDesign;
import io.pouchtwin.twin.ensemble.EnsembleModels;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The twins of some cells, each alone: what one is fed never touches another. The synchronous engine: feed batches,
 * take outcomes, save, restore; no broker, no clock. The Kafka shell, replay and the tests all drive this one class.
 * Belongs to one thread.
 */
public final class CellTwins {
    private final EnsembleModels models;
    private final Function<String, Optional<CellRegistration>> registry;
    private final TwinSettings settings;
    private final Map<String, CellTwin> twins = new HashMap<>();

    /**
     * No twins yet.
     *
     * @param models makes ensembles
     * @param registry says what a cell is
     * @param settings what the twins are run with
     */
    public CellTwins(
            EnsembleModels models, Function<String, Optional<CellRegistration>> registry, TwinSettings settings) {
        this.models = models;
        this.registry = registry;
        this.settings = settings;
    }

    /** Receives what came of each sample, in their order. */
    @FunctionalInterface
    public interface Outcomes {
        /** One sample and what came of it. */
        void take(Sample sample, TwinOutcome outcome);
    }

    /**
     * Advances the cell of the batch by its samples.
     *
     * @throws UnknownDesignException when the cell is not registered or its design is not known; nothing has changed
     */
    public void accept(CleanBatch batch, Outcomes outcomes) throws UnknownDesignException {
        CellTwin twin = twinFor(batch);
        for (Sample sample : batch.getSamplesList()) {
            outcomes.take(sample, twin.accept(batch.getTestRun(), sample));
        }
    }

    private CellTwin twinFor(CleanBatch batch) throws UnknownDesignException {
        CellTwin twin = twins.get(batch.getCell());
        if (twin != null && twin.inRun(batch.getTestRun())) {
            return twin;
        }
        // What a cell is may change between runs, never within one.
        Optional<CellRegistration> registration = registry.apply(batch.getCell());
        if (registration.isEmpty()) {
            throw new UnknownDesignException("cell '" + batch.getCell()
                    + "' is not in cell.registry; give it a design in the gateway's configuration");
        }
        CellDesign design = models.designOf(registration.get());
        if (twin == null || !twin.design().equals(design)) {
            twin = CellTwin.begin(batch.getCell(), models.create(design), settings);
            twins.put(batch.getCell(), twin);
        }
        return twin;
    }

    /** The twin of a cell, if it has one. */
    public Optional<CellTwin> twin(String cell) {
        return Optional.ofNullable(twins.get(cell));
    }

    /**
     * Puts a twin where its snapshot was.
     *
     * @throws SnapshotRefusedException when the snapshot does not fit this engine
     * @throws UnknownDesignException when its parameter set is not known here
     */
    public void restore(TwinSnapshot snapshot) throws SnapshotRefusedException, UnknownDesignException {
        twins.put(snapshot.getCell(), CellTwin.restore(snapshot, models.create(CellTwin.designOf(snapshot)), settings));
    }

    /** Gives up a twin. */
    public void forget(String cell) {
        twins.remove(cell);
    }

    /** Number of twins. */
    public int size() {
        return twins.size();
    }
}
