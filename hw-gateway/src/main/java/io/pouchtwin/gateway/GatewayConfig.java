package io.pouchtwin.gateway;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the gateway reads.
 *
 * @param testers the testers, each name once
 * @param cells the cells on their channels, each cell and each channel once
 */
public record GatewayConfig(List<TesterConfig> testers, List<CellConfig> cells) {
    /** Checks that names are unique and that every cell's tester exists. */
    public GatewayConfig {
        testers = List.copyOf(testers);
        cells = List.copyOf(cells);
        Check.that(!testers.isEmpty(), "testers", "[]", "at least one tester");
        Set<String> names = new HashSet<>();
        for (TesterConfig tester : testers) {
            Check.that(names.add(tester.name()), "testers.name", tester.name(), "each name once");
        }
        Set<String> channels = new HashSet<>();
        Set<String> cellNames = new HashSet<>();
        for (CellConfig cell : cells) {
            Check.that(names.contains(cell.tester()), "cells.tester", cell.tester(), "one of " + names);
            Check.that(
                    channels.add(cell.tester() + "/" + cell.channel()),
                    "cells.channel",
                    cell.tester() + "/" + cell.channel(),
                    "each channel once");
            Check.that(cellNames.add(cell.cell()), "cells.cell", cell.cell(), "each cell once");
        }
    }

    /** The cells on a tester. */
    public List<CellConfig> cellsOf(String tester) {
        return cells.stream().filter(c -> c.tester().equals(tester)).toList();
    }
}
