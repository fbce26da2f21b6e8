package io.pouchtwin.gateway.neware;

import java.util.List;

/** What a Neware tester answered. Currents are positive on charge, as the tester itself counts. */
public sealed interface NewareReply {
    /** The word in {@code <cmd>} of the request that this answers. */
    String answers();

    /** Reply to {@code connect}. */
    record Connected(boolean accepted) implements NewareReply {
        @Override
        public String answers() {
            return "connect";
        }
    }

    /** Reply to {@code getdevinfo}. An installation without devices has no channels. */
    record DeviceInfo(List<Entry<ListedChannel>> channels) implements NewareReply {
        /** Copies. */
        public DeviceInfo {
            channels = List.copyOf(channels);
        }

        @Override
        public String answers() {
            return "getdevinfo";
        }
    }

    /**
     * A channel that exists.
     *
     * @param idle what the tester says; false means that a test is running
     */
    record ListedChannel(ChannelAddress address, boolean idle) {}

    /** Reply to {@code getchlstatus}: the states in the order asked. Attributes in the reply are not to be trusted. */
    record ChannelStatus(List<Entry<String>> states) implements NewareReply {
        /** Copies. */
        public ChannelStatus {
            states = List.copyOf(states);
        }

        @Override
        public String answers() {
            return "getchlstatus";
        }
    }

    /** Reply to {@code inquire}: the present readings in the order asked. */
    record LiveReadings(List<Entry<LiveReading>> readings) implements NewareReply {
        /** Copies. */
        public LiveReadings {
            readings = List.copyOf(readings);
        }

        @Override
        public String answers() {
            return "inquire";
        }
    }

    /**
     * The present reading of a channel, rounded by the tester to 4 decimals.
     *
     * @param device the tester's own name, {@code devtype-devid-subdevid-chlid-auxid}
     * @param cycleId tester's cycle number
     * @param stepId step number in the programme, -1 if the channel is idle
     * @param stepType the tester's word, e.g. {@code "cc"}; {@code "--"} if idle
     * @param workStatus the tester's word, e.g. {@code "working"}
     * @param barcode what the operator scanned, empty if nothing
     * @param currentA A, positive on charge
     * @param voltageV V
     * @param stepTimeS s since the start of the step
     * @param totalTimeS s since the start of the test
     */
    record LiveReading(
            String device,
            int cycleId,
            int stepId,
            String stepType,
            String workStatus,
            String barcode,
            double currentA,
            double voltageV,
            double stepTimeS,
            double totalTimeS) {}

    /** Reply to {@code inquiredf}: what is stored, in the order asked. */
    record StoredPoints(List<Entry<StoredRun>> runs) implements NewareReply {
        /** Copies. */
        public StoredPoints {
            runs = List.copyOf(runs);
        }

        @Override
        public String answers() {
            return "inquiredf";
        }
    }

    /**
     * What the tester has stored of a test.
     *
     * @param testId the tester's number of the test
     * @param count points stored so far
     * @param complete true once the test has ended
     */
    record StoredRun(String testId, long count, boolean complete) {}

    /**
     * Reply to {@code download}.
     *
     * @param testId the test that the rows belong to
     * @param rows the rows, in the order sent
     * @param declaredCount the number of rows that the reply claims, -1 if none; firmware sometimes gets it wrong
     */
    record Download(String testId, List<Entry<StoredRow>> rows, int declaredCount) implements NewareReply {
        /** Copies. */
        public Download {
            rows = List.copyOf(rows);
        }

        @Override
        public String answers() {
            return "download";
        }
    }

    /**
     * One stored point.
     *
     * @param sequence the tester's number of the point, from 1
     * @param stepId step number in the programme
     * @param cycleId cycle number
     * @param stepType the tester's word
     * @param stepTimeMs ms since the start of the step
     * @param wallTime tester's local time, 1 s resolution, no zone
     * @param voltageV V; may be NaN or absurd, that is for ingest to judge
     * @param currentA A, positive on charge
     * @param stepChargeAh magnitude since the start of the step, Ah
     * @param stepEnergyWh magnitude since the start of the step, Wh
     */
    record StoredRow(
            long sequence,
            int stepId,
            int cycleId,
            String stepType,
            double stepTimeMs,
            String wallTime,
            double voltageV,
            double currentA,
            double stepChargeAh,
            double stepEnergyWh) {}

    /** Reply to {@code downloadlog}. */
    record EventLog(String testId, List<Entry<LoggedEvent>> events) implements NewareReply {
        /** Copies. */
        public EventLog {
            events = List.copyOf(events);
        }

        @Override
        public String answers() {
            return "downloadlog";
        }
    }

    /** An event in a test; code 100000 is its start, 100001 its end. */
    record LoggedEvent(long sequence, int code, String wallTime) {}

    /** Reply to {@code downloadStepLayer}. */
    record StepLayer(String testId, List<Entry<StepSummary>> steps) implements NewareReply {
        /** Copies. */
        public StepLayer {
            steps = List.copyOf(steps);
        }

        @Override
        public String answers() {
            return "downloadStepLayer";
        }
    }

    /**
     * A finished step.
     *
     * @param stepTimeMs length, ms
     * @param chargeAh magnitude, Ah
     * @param energyWh magnitude, Wh
     */
    record StepSummary(
            long firstSequence,
            long lastSequence,
            int stepIndex,
            int stepId,
            int cycleId,
            String stepType,
            double stepTimeMs,
            String endWallTime,
            double startVoltageV,
            double endVoltageV,
            double startCurrentA,
            double endCurrentA,
            double chargeAh,
            double energyWh) {}

    /**
     * Reply to a command that another client sent or that changes something ({@code light}, {@code start}, {@code stop},
     * {@code clearflag}): understood, never asked for.
     *
     * @param accepted one answer per item, in order
     */
    record Acknowledged(String answers, List<Entry<Boolean>> accepted) implements NewareReply {
        /** Copies. */
        public Acknowledged {
            accepted = List.copyOf(accepted);
        }
    }
}
