package io.pouchtwin.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Sample;
import io.pouchtwin.contracts.v1.TwinState;
import io.pouchtwin.twin.ensemble.UnknownDesignException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CellTwinsTest {
    private static final List<Sample> ONE = Samples.run(11, 200, 0.05);
    private static final List<Sample> TWO = Samples.run(12, 200, 0.09);

    @Property(tries = 40)
    void theSameSamplesGiveTheSameBytesHoweverTheyAreBatched(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 37) Integer> cuts)
            throws UnknownDesignException {
        assertThat(fed("one", ONE, cuts)).isEqualTo(fed("one", ONE, List.of(200)));
    }

    @Test
    void aPoisonedCellLeavesTheBitsOfTheOthersAlone() throws UnknownDesignException {
        List<ByteString> alone = fed("one", ONE, List.of(10));
        CellTwins twins = twins();
        List<ByteString> beside = new ArrayList<>();
        for (int k = 0; k < 200; k++) {
            Sample poison = TWO.get(k).toBuilder()
                    .setVoltageV(k % 3 == 0 ? Double.NaN : k % 2 == 0 ? 9.9 : -9.9)
                    .setCurrentA(k % 5 == 0 ? 1e300 : -99)
                    .build();
            twins.accept(Samples.batch("two", List.of(poison)), (sample, outcome) -> {});
            twins.accept(Samples.batch("one", ONE.subList(k, k + 1)), (sample, outcome) -> keep(beside, outcome));
        }
        assertThat(beside).isEqualTo(alone);
    }

    @Test
    void aCellWhoseDesignIsNotKnownIsNamedAndTheOthersGoOn() throws UnknownDesignException {
        CellTwins twins = twins();
        assertThatThrownBy(() -> twins.accept(Samples.batch("nobody", ONE), (sample, outcome) -> {}))
                .isInstanceOf(UnknownDesignException.class)
                .hasMessageContaining("'nobody' is not in cell.registry");
        assertThatThrownBy(() -> twins.accept(Samples.batch("odd", ONE), (sample, outcome) -> {}))
                .isInstanceOf(UnknownDesignException.class)
                .hasMessageContaining("perpetuum");
        List<ByteString> found = new ArrayList<>();
        twins.accept(Samples.batch("one", ONE), (sample, outcome) -> keep(found, outcome));
        assertThat(found).hasSize(200);
    }

    private static List<ByteString> fed(String cell, List<Sample> samples, List<Integer> cuts)
            throws UnknownDesignException {
        CellTwins twins = twins();
        List<ByteString> states = new ArrayList<>();
        int from = 0;
        for (int k = 0; from < samples.size(); k++) {
            int to = Math.min(samples.size(), from + cuts.get(k % cuts.size()));
            twins.accept(Samples.batch(cell, samples.subList(from, to)), (sample, outcome) -> keep(states, outcome));
            from = to;
        }
        return states;
    }

    private static void keep(List<ByteString> states, TwinOutcome outcome) {
        if (outcome instanceof TwinOutcome.Advanced advanced) {
            TwinState state = advanced.state();
            states.add(state.toByteString());
        }
    }

    private static CellTwins twins() {
        Map<String, CellRegistration> registry = new HashMap<>();
        for (String cell : List.of("one", "two")) {
            registry.put(
                    cell,
                    CellRegistration.newBuilder()
                            .setCell(cell)
                            .setDesign("straight-line")
                            .build());
        }
        registry.put(
                "odd",
                CellRegistration.newBuilder()
                        .setCell("odd")
                        .setDesign("perpetuum")
                        .build());
        return new CellTwins(
                StraightLineCell.models(), cell -> Optional.ofNullable(registry.get(cell)), TwinSettings.standard());
    }
}
