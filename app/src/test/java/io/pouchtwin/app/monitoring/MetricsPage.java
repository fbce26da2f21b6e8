package io.pouchtwin.app.monitoring;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of docs/metrics.md, made from what is exported. */
final class MetricsPage {
    private static final String BEGIN = "<!-- generated: begin -->\n";
    private static final String END = "<!-- generated: end -->\n";
    private static final Pattern TYPE = Pattern.compile("# TYPE (pouchtwin_\\S+) (\\S+)");
    private static final Pattern HELP = Pattern.compile("# HELP (pouchtwin_\\S+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("(pouchtwin_[a-z_0-9]+)\\{([^}]*)}");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(pouchtwin_[a-z_0-9]+)` ");

    private record Family(String type, String help, Set<String> labels) {}

    private final Map<String, Family> process;
    private final Map<String, Family> cells;

    private MetricsPage(Map<String, Family> process, Map<String, Family> cells) {
        this.process = process;
        this.cells = cells;
    }

    static MetricsPage of(String process, String cells) {
        return new MetricsPage(families(process), families(cells));
    }

    private static Map<String, Family> families(String text) {
        Map<String, String> help = new TreeMap<>();
        Matcher helps = HELP.matcher(text);
        while (helps.find()) {
            help.put(helps.group(1), helps.group(2).strip());
        }
        Map<String, Family> families = new TreeMap<>();
        Matcher types = TYPE.matcher(text);
        while (types.find()) {
            String name = types.group(1);
            // the largest value of late is in every summary; a row of its own says nothing
            if (!name.endsWith("_max") || !families.containsKey(name.substring(0, name.length() - 4))) {
                families.put(name, new Family(types.group(2), help.getOrDefault(name, ""), new TreeSet<>()));
            }
        }
        Matcher samples = SAMPLE.matcher(text);
        while (samples.find()) {
            Family family = families.get(samples.group(1).replaceFirst("_(bucket|sum|count)$", ""));
            family = family == null ? families.get(samples.group(1)) : family;
            if (family != null) {
                for (String pair : samples.group(2).split("\",?", -1)) {
                    if (pair.endsWith("=") && !pair.equals("le=") && !pair.equals("quantile=")) {
                        family.labels().add(pair.substring(0, pair.length() - 1));
                    }
                }
            }
        }
        return families;
    }

    /** The page with its tables made anew. */
    String into(String page) {
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        return page.substring(0, begin) + "\n## `/metrics`\n\n" + table(process) + "\n## `/metrics/cells`\n\n"
                + table(cells) + "\n" + page.substring(end);
    }

    private static String table(Map<String, Family> families) {
        StringBuilder table = new StringBuilder("| name | kind | labels | what |\n|---|---|---|---|\n");
        families.forEach((name, family) -> table.append("| `")
                .append(name)
                .append("` | ")
                .append(family.type())
                .append(" | ")
                .append(String.join(", ", family.labels()))
                .append(" | ")
                .append(family.help().replace("|", "\\|"))
                .append(" |\n"));
        return table.toString();
    }

    /** What is exported and not on the page. */
    static Set<String> missing(String page, MetricsPage metrics) {
        Set<String> missing = new TreeSet<>(metrics.process.keySet());
        missing.addAll(metrics.cells.keySet());
        missing.removeAll(rows(page));
        return missing;
    }

    /** What is on the page and not exported. Counters may begin with their first event, and of a cell only that is exported which its twin says. */
    Set<String> unknown(String page) {
        Set<String> unknown = rows(page.substring(page.indexOf(BEGIN)));
        unknown.removeAll(process.keySet());
        unknown.removeAll(cells.keySet());
        unknown.removeIf(name -> name.endsWith("_total") || name.startsWith("pouchtwin_cell_"));
        return unknown;
    }

    private static Set<String> rows(String page) {
        Set<String> rows = new TreeSet<>();
        Matcher row = ROW.matcher(page);
        while (row.find()) {
            rows.add(row.group(1));
        }
        return rows;
    }
}
