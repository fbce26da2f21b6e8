package io.pouchtwin.cell.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pouchtwin.cell.reduced.error.MeasuredError;
import io.pouchtwin.cell.reduced.error.ModelErrorMeasurement;
import io.pouchtwin.cell.reduced.error.ModelErrorTable;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelErrorFindingTest {
    private static final List<MeasuredError> MEASURED =
            ModelErrorMeasurement.run(List.of("coin-ncm523-ppla"), design -> {});

    @Test
    void theShippedTableIsWhatIsMeasuredNow() {
        assertThat(ModelErrorFinding.deviation(MEASURED, ModelErrorTable.shipped()))
                .isLessThan(1e-6);
    }

    @Test
    void aTableOfAnotherModelIsNoticed() {
        List<MeasuredError> others = MEASURED.stream()
                .map(r -> new MeasuredError(
                        r.design(), r.currentDensityAPerM2(), r.rmsV(), 1.1 * r.bodyRmsV(), r.maxV(), r.carriedShare()))
                .toList();
        assertThat(ModelErrorFinding.deviation(MEASURED, new ModelErrorTable(others)))
                .isGreaterThan(1e-6);
        assertThat(ModelErrorFinding.deviation(MEASURED, new ModelErrorTable(List.of())))
                .isInfinite();
    }
}
