package io.pouchtwin.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pouchtwin.contracts.v1.CellRegistration;
import io.pouchtwin.contracts.v1.Converted;
import io.pouchtwin.contracts.v1.RawBatch;
import io.pouchtwin.contracts.v1.RawSample;
import io.pouchtwin.contracts.v1.Rejected;
import io.pouchtwin.gateway.publish.RecordingPublisher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileReplayTest {
    private static final CellRegistration CELL = CellRegistration.newBuilder()
            .setCell("recorded-1")
            .setDesign("coin-ncm523-ppla")
            .setNominalCapacityAh(0.003)
            .build();
    private static final String LABELS =
            "Test Time / s,Voltage / V,Current / A,Cycle Count / 1,Step Count / 1,Step Type,"
                    + "Unix Time / s,Ambient Temperature / degC,Surface Temperature / degC,Temperature T1 / degC,Charging Capacity / Ah";
    private static final String MACHINE_NAMES =
            "test_time_second,voltage_volt,current_ampere,cycle_count,step_count,step_type,"
                    + "unix_time_second,ambient_temperature_celsius,surface_temperature_celsius,temperature_t1_celsius,charging_capacity_ah";
    private static final String ROW = "1.5,3.7,-0.25,2,7,dc,1735423445.5,25,26.5,27,0.125";

    @TempDir
    private Path directory;

    private final RecordingPublisher publisher = new RecordingPublisher();

    @ParameterizedTest
    @ValueSource(strings = {LABELS, MACHINE_NAMES})
    void labelsAndMachineNamesMeanTheSame(String header) throws Exception {
        replay("a.bdf.csv", header + "\n" + ROW + "\n");
        RawSample sample = samples().get(0);
        assertThat(sample.getSequence()).isEqualTo(1);
        assertThat(sample.getTestTimeS()).isEqualTo(1.5);
        assertThat(sample.getVoltageV()).isEqualTo(3.7);
        assertThat(sample.getCurrentA()).isEqualTo(-0.25);
        assertThat(sample.getCycleId()).isEqualTo(2);
        assertThat(sample.getStepId()).isEqualTo(7);
        assertThat(sample.getStepType()).isEqualTo("dc");
        assertThat(sample.getUnixTimeS()).isEqualTo(1735423445.5);
        assertThat(sample.getChargingCapacityAh()).isEqualTo(0.125);
        assertThat(sample.hasDischargingCapacityAh()).isFalse();
        assertThat(sample.getTemperaturesList())
                .extracting(t -> t.getSensor() + " " + t.getValueDegc())
                .containsExactly("cell 26.5", "ambient 25.0", "T1 27.0");
        assertThat(sample.getConvertedList()).isEmpty();
    }

    @Test
    void theCellIsRegisteredAndTheBatchSaysWhereItIsFrom() throws Exception {
        FileReplay.Summary summary = replay("a.bdf.csv", LABELS + "\n" + ROW + "\n");
        assertThat(publisher.registrations())
                .containsExactly(CELL.toBuilder()
                        .setTester("replay")
                        .setChannel("a.bdf.csv")
                        .build());
        RawBatch batch = publisher.batches().get(0);
        assertThat(batch.getTester()).isEqualTo("replay");
        assertThat(batch.getChannel()).isEqualTo("a.bdf.csv");
        assertThat(batch.getTestRun()).hasSize(16).isEqualTo(summary.testRun());
        assertThat(batch.getRunComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void delimitersQuotesByteOrderMarksAndCrlfAreTakenAsTheyCome(String delimiter) throws Exception {
        String header = String.join(delimiter, "\"Test Time / s\"", "Voltage / V", "Current / A", "Step Type");
        String row = String.join(delimiter, "1", "\"3.7\"", "0.1", "\"CC" + delimiter + " charge\"");
        replay("b.csv", "\uFEFF" + header + "\r\n" + row + "\r\n\r\n" + row.replaceFirst("1", "2") + "\r\n");
        assertThat(samples()).hasSize(2);
        assertThat(samples().get(0).getVoltageV()).isEqualTo(3.7);
        assertThat(samples().get(1).getTestTimeS()).isEqualTo(2);
        assertThat(samples().get(0).getStepType()).isEqualTo("CC" + delimiter + " charge");
        assertThat(publisher.rejected()).isEmpty();
    }

    @Test
    void decimalCommasAreReadWhereTheDelimiterIsAnotherCharacter() throws Exception {
        replay("c.csv", "Test Time / s;Voltage / V;Current / A\n1,5;3,7;-1,5e-3\n");
        assertThat(samples().get(0).getTestTimeS()).isEqualTo(1.5);
        assertThat(samples().get(0).getCurrentA()).isEqualTo(-0.0015);
    }

    @Test
    void conversionsAreDoneAndToldWithTheRawValue() throws Exception {
        replay("d.csv", """
                Test Time / ms,Voltage / mV,Current / mA,Unix Time / ms,Ambient Temperature / K,Step Capacity / mAh
                1500,3700.5,-2.5,1735423445500,298.15,0.7
                """);
        RawSample sample = samples().get(0);
        assertThat(sample.getTestTimeS()).isEqualTo(1.5);
        assertThat(sample.getVoltageV()).isEqualTo(3.7005);
        assertThat(sample.getCurrentA()).isEqualTo(-0.0025);
        assertThat(sample.getUnixTimeS()).isEqualTo(1735423445.5);
        assertThat(sample.getStepChargeAh()).isEqualTo(0.0007);
        assertThat(sample.getTemperatures(0).getValueDegc()).isCloseTo(25, within(1e-9));
        assertThat(sample.getConvertedList())
                .contains(
                        Converted.newBuilder()
                                .setField("test_time_s")
                                .setRawValue("1500")
                                .setRawUnit("ms")
                                .build(),
                        Converted.newBuilder()
                                .setField("voltage_v")
                                .setRawValue("3700.5")
                                .setRawUnit("mV")
                                .build())
                .hasSize(6);
    }

    @Test
    void ofTwoColumnsTheOneWithoutConversionIsTaken() throws Exception {
        FileReplay.Summary summary =
                replay("e.csv", "Test Time / ms,Test Time / s,Voltage / V,Current / A,Power / W\n1500,1.25,3,0,0\n");
        assertThat(samples().get(0).getTestTimeS()).isEqualTo(1.25);
        assertThat(summary.ignoredColumns()).containsExactly("Test Time / ms", "Power / W");
    }

    @Test
    void aMissingRequiredColumnIsNamedWithTheColumnsSeen() {
        assertThatThrownBy(() -> replay("f.csv", "Test Time / s,Ewe/V,Current / A\n1,2,3\n"))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("f.csv")
                .hasMessageContaining("\"Voltage / V\" (or voltage_volt")
                .hasMessageContaining("[Test Time / s, Ewe/V, Current / A]");
        assertThatThrownBy(() -> replay("g.csv", ""))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> replay("h.csv", "Test Time / s,Voltage / V,Current / A\n"))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("no rows");
        assertThat(publisher.batches()).isEmpty();
    }

    @Test
    void badRowsAreRejectedWithTheirLineAndTheRestGoesOn() throws Exception {
        FileReplay.Summary summary = replay("i.csv", """
                Test Time / s,Voltage / V,Current / A,Cycle Count / 1
                1,3.7,0,1
                2,abc,0,1
                3,3.7,0
                4,"3.7,0,1
                5,,0,1
                6,3.7,0,1.5
                7,NaN,0,1
                8,3.7,0,1
                """);
        assertThat(summary.points()).isEqualTo(3);
        assertThat(summary.rejected()).isEqualTo(5);
        assertThat(samples()).extracting(RawSample::getSequence).containsExactly(1L, 7L, 8L);
        assertThat(samples().get(1).getVoltageV()).isNaN();
        assertThat(publisher.rejected())
                .extracting(r -> r.getCode() + " " + r.getOrigin() + " " + r.getSequence())
                .containsExactly(
                        "unparsable-number i.csv:3 2",
                        "wrong-field-count i.csv:4 3",
                        "not-csv i.csv:5 4",
                        "missing-field i.csv:6 5",
                        "unparsable-number i.csv:7 6");
        Rejected first = publisher.rejected().get(0);
        assertThat(first.getValue()).isEqualTo("abc");
        assertThat(first.getCell()).isEqualTo("recorded-1");
        assertThat(first.getRaw().toStringUtf8()).isEqualTo("2,abc,0,1");
    }

    @Test
    void theFilesOwnNumbersAreUsedOnlyIfTheyAscend() throws Exception {
        replay("j.csv", "Record Index / 1,Test Time / s,Voltage / V,Current / A\n10,1,3,0\n12,2,3,0\n13,3,3,0\n");
        assertThat(samples()).extracting(RawSample::getSequence).containsExactly(10L, 12L, 13L);
        RecordingPublisher other = new RecordingPublisher();
        FileReplay.Summary summary = replay(
                other,
                "k.csv",
                "Record Index / 1,Test Time / s,Voltage / V,Current / A\n10,1,3,0\n10,2,3,0\n13,3,3,0\n");
        assertThat(other.samples("k.csv")).extracting(RawSample::getSequence).containsExactly(1L, 2L, 3L);
        assertThat(summary.numberedByRecordIndex()).isFalse();
    }

    @Test
    void theSameContentGivesTheSameRecordsButForTheTimeOfReceipt() throws Exception {
        String content = LABELS + "\n"
                + IntStream.range(0, 1234)
                        .mapToObj(i -> ROW.replaceFirst("1.5", Integer.toString(i)))
                        .collect(Collectors.joining("\n"));
        Path plain = Files.writeString(directory.resolve("l.csv"), content);
        List<List<RawBatch>> runs = new ArrayList<>();
        for (long now : new long[] {1, 2}) {
            RecordingPublisher recording = new RecordingPublisher();
            FileReplay.send(plain, recording, CELL, (rows, of) -> {}, InstantSource.fixed(Instant.ofEpochSecond(now)));
            assertThat(recording.batches()).allMatch(b -> b.getReceivedUnixUs() == now * 1_000_000);
            runs.add(recording.batches().stream()
                    .map(b -> b.toBuilder().clearReceivedUnixUs().build())
                    .toList());
        }
        assertThat(runs.get(0)).isEqualTo(runs.get(1));
        assertThat(runs.get(0)).extracting(RawBatch::getSamplesCount).containsExactly(500, 500, 234);
        assertThat(runs.get(0)).extracting(RawBatch::getRunComplete).containsExactly(false, false, true);
    }

    @Test
    void aCompressedFileIsTheSameRunAsThePlainOne() throws Exception {
        String content = LABELS + "\n" + ROW + "\n";
        FileReplay.Summary plain = replay("m.csv", content);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        Path path = Files.write(directory.resolve("m.bdf.csv.gz"), bytes.toByteArray());
        RecordingPublisher other = new RecordingPublisher();
        FileReplay.Summary compressed = FileReplay.send(path, other, CELL, (rows, of) -> {}, InstantSource.system());
        assertThat(compressed.testRun()).isEqualTo(plain.testRun());
        assertThat(other.samples("m.bdf.csv.gz")).isEqualTo(samples());
        Files.write(path, java.util.Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12));
        assertThatThrownBy(() -> FileReplay.send(path, other, CELL, (rows, of) -> {}, InstantSource.system()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void progressReachesTheEnd() throws Exception {
        List<Long> seen = new ArrayList<>();
        Path path = Files.writeString(directory.resolve("n.csv"), LABELS + "\n" + (ROW + "\n").repeat(1200));
        FileReplay.send(
                path,
                publisher,
                CELL,
                (rows, of) -> {
                    assertThat(of).isEqualTo(1200);
                    seen.add(rows);
                },
                InstantSource.system());
        assertThat(seen).containsExactly(500L, 1000L, 1200L);
    }

    @Test
    void aBrokerThatDoesNotAcknowledgeEndsTheReplayWithAReason() {
        publisher.away(true);
        assertThatThrownBy(() -> replay("o.csv", LABELS + "\n" + ROW + "\n"))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("Kafka did not acknowledge");
    }

    @Test
    void aRealFileIsReplayedWhole() throws Exception {
        Path real = Path.of(
                System.getProperty("pouchtwin.shared", "shared"), "data", "bdf", "Li_metal_Gr_R2032_Landt.bdf.csv.gz");
        assumeTrue(Files.exists(real), "the data are not on this machine");
        FileReplay.Summary summary = FileReplay.send(real, publisher, CELL, (rows, of) -> {}, InstantSource.system());
        assertThat(summary.points()).isEqualTo(25_162);
        assertThat(summary.rejected()).isZero();
        assertThat(summary.ignoredColumns()).isEmpty();
        List<RawSample> samples = publisher.samples(real.getFileName().toString());
        assertThat(samples)
                .extracting(RawSample::getSequence)
                .isEqualTo(LongStream.rangeClosed(1, 25_162).boxed().toList());
        assertThat(samples.get(0).getVoltageV()).isEqualTo(2.9215);
        assertThat(samples.get(25_161).getTestTimeS()).isEqualTo(262657.764);
        assertThat(samples.get(25_161).getStepId()).isEqualTo(2);
    }

    private FileReplay.Summary replay(String name, String content) throws Exception {
        return replay(publisher, name, content);
    }

    private FileReplay.Summary replay(RecordingPublisher to, String name, String content) throws Exception {
        Path path = Files.writeString(directory.resolve(name), content);
        return FileReplay.send(path, to, CELL, (rows, of) -> {}, InstantSource.system());
    }

    private List<RawSample> samples() {
        return publisher.batches().stream()
                .flatMap(b -> b.getSamplesList().stream())
                .toList();
    }
}
