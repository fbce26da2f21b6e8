package io.pouchtwin.cell.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParameterRefusalTest {
    private static final String DESIGN = "coin-ncm523-ppla";

    private static @Nullable String shipped(String name) {
        try (InputStream in = ParameterLibrary.class.getResourceAsStream("/io/pouchtwin/cell/parameters/" + name)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shipped files with one piece of text replaced in one of them. */
    private static ParameterLibrary spoilt(String file, String text, String replacement) {
        return new ParameterLibrary(PaperFacts.load(), name -> {
            String content = shipped(name);
            if (content == null || !name.equals(file)) {
                return content;
            }
            assertThat(content).contains(text);
            return content.replace(text, replacement);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            value: 8.4, unit: um,;         value: 8.4,;                     membrane.thickness; unit
            value: 8.4, unit: um;          value: 8.4, unit: furlong;       furlong; known unit
            value: 8.4, unit: um;          value: 8.4, unit: g;             membrane.thickness; length
            value: 8.4, unit: um;          value: 9.4, unit: um;            membrane.thickness; quoted fact thickness.PPLA
            value: 8.4, unit: um;          value: 8.4, unit: m;             membrane.thickness; plausible
            value: 8.4, unit: um;          value: .nan, unit: um;           membrane.thickness; finite
            'source: "fact:thickness.PPLA", status: paper'; 'source: "", status: paper'; membrane.thickness; source
            'source: "fact:thickness.PPLA", status: paper'; 'source: "fact:thickness.PPLA"'; membrane.thickness; status
            'source: "fact:thickness.PPLA", status: paper'; 'source: "fact:thickness.PPLA", status: rumour'; rumour; assumed
            'fact:thickness.PPLA';         'fact:thickness.PPLB';           thickness.PPLB; facts.csv
            membrane.thickness;            membrane.thinness;               membrane.thinness; README
            sigma: 0.3;                    sigma: -0.3;                     membrane.thickness.spread.sigma; positive
            value: constant, unit: law;    value: magic, unit: law;         magic; valoen-2005
            """)
    void aSpoiltValueIsRefusedNamingFileKeyAndExpectation(String text, String spoilt, String named, String expected) {
        String file = "parts/membrane-ppla.yaml";

        assertThatThrownBy(() -> spoilt(file, text, spoilt).load(DESIGN))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(file)
                .hasMessageContaining(named)
                .hasMessageContaining(expected);
    }

    @Test
    void aMissingRequiredValueIsNamed() {
        String line = Objects.requireNonNull(shipped("parts/lithium.yaml"))
                .lines()
                .filter(l -> l.contains("lithium.thickness"))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> spoilt("parts/lithium.yaml", line, "").load(DESIGN))
                .hasMessageContaining("lithium.thickness")
                .hasMessageContaining("required");
    }

    @Test
    void anUnknownDesignListsTheKnownOnes() {
        assertThatThrownBy(() -> ParameterLibrary.shipped().load("pouch-of-gold"))
                .hasMessageContaining("pouch-of-gold.yaml")
                .hasMessageContaining(DESIGN);
    }

    @Test
    void theSameSeedDrawsTheSameCellAndAnotherSeedAnother() {
        ParameterSet set = ParameterLibrary.shipped().load(DESIGN);
        String key = "cathode.exchange_current.prefactor";

        assertThat(set.draw(7).si(key)).isEqualTo(set.draw(7).si(key));
        assertThat(set.draw(7).si(key)).isNotEqualTo(set.draw(8).si(key)).isNotEqualTo(set.si(key));
        assertThat(set.draw(7).si("cell.area")).isEqualTo(set.si("cell.area"));
    }

    @Test
    void drawsFollowTheStatedSpread() {
        ParameterSet set = ParameterLibrary.shipped().load(DESIGN);
        String key = "electrolyte.transference";
        int draws = 2000;
        double sum = 0;
        double squares = 0;
        for (int seed = 0; seed < draws; seed++) {
            double deviation = (set.draw(seed).si(key) - 0.86) / 0.02;
            sum += deviation;
            squares += deviation * deviation;
        }

        assertThat(Math.abs(sum / draws)).isLessThan(0.1);
        assertThat(Math.sqrt(squares / draws)).isBetween(0.9, 1.1);
    }

    @Test
    void aDrawnCellHasRoomForItsSolidsAndPores() {
        ParameterSet shipped = ParameterLibrary.shipped().load("pouch-ncm523-ppla");
        // hardly any room left for binder: every other draw of single values would overfill the cathode
        ParameterSet tight = shipped.with("cathode.porosity", 0.995 - shipped.si("cathode.active_fraction"));
        for (int seed = 0; seed < 300; seed++) {
            ParameterSet drawn = tight.draw(seed);
            assertThat(drawn.si("cathode.active_fraction") + drawn.si("cathode.porosity"))
                    .isLessThanOrEqualTo(1);
            assertThat(tight.draw(seed).values()).isEqualTo(drawn.values());
        }
    }
}
