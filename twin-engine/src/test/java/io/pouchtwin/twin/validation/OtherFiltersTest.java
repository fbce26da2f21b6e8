package io.pouchtwin.twin.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import io.pouchtwin.twin.validation.filters.CellFilter;
import io.pouchtwin.twin.validation.filters.ExtendedKalmanFilter;
import io.pouchtwin.twin.validation.filters.FilterEstimate;
import io.pouchtwin.twin.validation.filters.UnscentedKalmanFilter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The filters that the twin's is compared with find a cell, so that the comparison is one with filters that work. */
class OtherFiltersTest {
    private static final String DESIGN = "coin-ncm523-ppla";
    private static final long SEED = 800_000;

    @Test
    void theExtendedFilterFindsACellOfUnknownStateWithinACheckUp() throws UnknownDesignException {
        assertFinds(ExtendedKalmanFilter.of(DESIGN, FilterComparison.EXTENDED));
    }

    @Test
    void theUnscentedFilterFindsACellOfUnknownStateWithinACheckUp() throws UnknownDesignException {
        assertFinds(UnscentedKalmanFilter.of(DESIGN, FilterComparison.UNSCENTED));
    }

    private static void assertFinds(CellFilter filter) {
        CellOnBench bench = new CellOnBench(DrawnCell.draw(DESIGN, SEED), CellOnBench.FINE, 0.3, SEED);
        List<Sample> samples = new ArrayList<>();
        List<Truth> truths = new ArrayList<>();
        bench.checkUp(900, (sample, truth) -> {
            samples.add(sample);
            truths.add(truth);
        });
        List<FilterEstimate> said = samples.stream().map(filter::take).toList();
        FilterEstimate last = said.get(said.size() - 1);
        Truth truth = truths.get(truths.size() - 1);
        assertThat(said.get(10).soc().getValue())
                .as("unknown at first")
                .isNotCloseTo(truths.get(10).soc(), within(0.02));
        assertThat(last.soc().getValue()).isCloseTo(truth.soc(), within(0.01));
        assertThat(last.capacityAh().getValue() / truth.capacityAh()).isCloseTo(1, within(0.01));
        assertThat(last.filmOhmCm2().getValue() / truth.filmResistanceOhmCm2()).isCloseTo(1, within(0.1));
        assertThat(said).noneMatch(FilterEstimate::restarted);
    }
}
