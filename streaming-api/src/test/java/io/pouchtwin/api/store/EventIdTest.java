package io.pouchtwin.api.store;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

    @Property(tries = 500)
    void anIdIsReadBackAsItWasWrittenAndFitsIntoAHeader(
            @ForAll String testRun, @ForAll @LongRange(min = 0, max = 999_999_999_999L) long sequence) {
        // half a surrogate pair has no bytes of its own
        String run = testRun.replaceAll("\\p{Cs}", "");
        EventId id = new EventId(run, sequence);
        assertThat(id.toString()).matches("[\\x21-\\x7e]*");
        assertThat(EventId.parse(id.toString())).contains(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "run:", "run:-1", "run:1x", "run%2:1", "run%zz:1", "run:99999999999999999999"})
    void somethingElseIsRefused(String text) {
        assertThat(EventId.parse(text)).isEmpty();
    }
}
