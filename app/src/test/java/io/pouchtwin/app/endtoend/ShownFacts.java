package io.pouchtwin.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page may show of a cell's states.
 *
 * @param topic facts of each state by its sequence number
 */
record ShownFacts(SortedMap<Long, Map<String, Object>> topic) {
    /** Half width of the central 90 % of a normal distribution, in standard deviations. */
    private static final double SIGMAS_90 = 1.645;

    private double newest(String name) {
        return (Double) topic.get(topic.lastKey()).get(name);
    }

    /** A number of the newest state stands in a text. */
    void assertNumber(String text, String pattern, String name) {
        assertShown(text, pattern, newest(name));
    }

    /** An estimate of the newest state stands in a text with its 90 % interval. */
    void assertEstimate(String text, String name, double factor) {
        assertEstimate(text, "NUM ± NUM", name, factor);
    }

    /** The same within other words. */
    void assertEstimate(String text, String pattern, String name, double factor) {
        assertShown(text, pattern, newest(name) * factor, SIGMAS_90 * factor * newest(name + "_sigma"));
    }

    /** Numbers stand in a text, each rounded to as many digits as it is shown with; what would be rounded to nothing is said to be less than the last digit. */
    private static void assertShown(String text, String pattern, double... values) {
        Matcher found = Pattern.compile(pattern.replace("NUM", "((?:< )?−?[0-9]+(?:\\.[0-9]+)?)"))
                .matcher(text);
        assertThat(found.find()).as("“" + text + "” has " + pattern).isTrue();
        for (int i = 0; i < values.length; i++) {
            String shown = found.group(i + 1).replace('−', '-');
            boolean small = shown.startsWith("< ");
            int digits = shown.contains(".") ? shown.length() - shown.indexOf('.') - 1 : 0;
            assertThat(small ? 0 : Double.parseDouble(shown))
                    .as(text)
                    .isCloseTo(values[i], within(0.5001 * Math.pow(10, -digits)));
        }
    }

    /** What the charts are drawn from, sample by sample. */
    void assertCharts(List<List<String>> charts) {
        assertThat(charts).hasSize(4);
        Set<String> checked = new TreeSet<>();
        for (List<String> chart : charts) {
            List<String> heads = List.of(chart.get(0).split(",", -1));
            assertThat(chart).hasSize(topic.size() + 1);
            for (String line : chart.subList(1, chart.size())) {
                String[] values = line.split(",", -1);
                Map<String, Object> expected = topic.get(Long.parseLong(values[heads.indexOf("sequence")]));
                for (int i = 0; i < heads.size(); i++) {
                    String name = heads.get(i).replaceFirst("_mv$", "_v");
                    if (expected.containsKey(name)) {
                        double factor = name.equals(heads.get(i)) ? 1 : 1000;
                        assertThat(Double.parseDouble(values[i]))
                                .as(heads.get(i))
                                .isEqualTo((Double) expected.get(name) * factor);
                        checked.add(heads.get(i));
                    }
                }
            }
        }
        assertThat(checked)
                .contains(
                        "voltage_measured_v",
                        "voltage_predicted_v",
                        "innovation_mv",
                        "current_density_ma_cm2",
                        "temperature_predicted_degc");
    }
}
