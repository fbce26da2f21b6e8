package io.pouchtwin.gateway;

import io.pouchtwin.contracts.v1.CellRegistration;

/**
 * Which cell is on which channel.
 *
 * @param tester name of a configured tester
 * @param channel the tester's own name of the channel, e.g. {@code "27-21-1-2"}
 * @param cell what the cell is called everywhere
 * @param design name of its parameter set, e.g. {@code "pouch-5c-ncm523-ppla"}
 * @param nominalCapacityAh capacity that 1 C refers to, Ah, positive
 * @param areaCm2 electrode area, cm2; 0 takes the parameter set's own
 * @param campaign free text
 * @param note free text
 * @param armed whether a critical alert of a short may stop this channel; nothing else may, and nobody else says so
 */
public record CellConfig(
        String tester,
        String channel,
        String cell,
        String design,
        double nominalCapacityAh,
        double areaCm2,
        String campaign,
        String note,
        boolean armed) {
    /** Checks every value. */
    public CellConfig {
        Check.that(!tester.isBlank(), "tester", tester, "the name of a configured tester");
        Check.that(!channel.isBlank(), "channel", channel, "the tester's name of the channel, e.g. 27-21-1-2");
        Check.that(!cell.isBlank(), "cell", cell, "a name");
        Check.that(!design.isBlank(), "design", design, "the name of a parameter set");
        Check.that(
                nominalCapacityAh > 0 && nominalCapacityAh < 1e5,
                "nominalCapacityAh",
                nominalCapacityAh,
                "a positive capacity in Ah");
        Check.that(areaCm2 >= 0 && areaCm2 < 1e7, "areaCm2", areaCm2, "an area in cm2, or 0 for the design's own");
    }

    /** A cell whose channel is only read. */
    public CellConfig(
            String tester,
            String channel,
            String cell,
            String design,
            double nominalCapacityAh,
            double areaCm2,
            String campaign,
            String note) {
        this(tester, channel, cell, design, nominalCapacityAh, areaCm2, campaign, note, false);
    }

    /** The same, armed. */
    public CellConfig withArmed() {
        return new CellConfig(tester, channel, cell, design, nominalCapacityAh, areaCm2, campaign, note, true);
    }

    /** The entry for {@code cell.registry}. */
    CellRegistration registration() {
        return CellRegistration.newBuilder()
                .setCell(cell)
                .setTester(tester)
                .setChannel(channel)
                .setDesign(design)
                .setNominalCapacityAh(nominalCapacityAh)
                .setAreaCm2(areaCm2)
                .setCampaign(campaign)
                .setNote(note)
                .build();
    }
}
