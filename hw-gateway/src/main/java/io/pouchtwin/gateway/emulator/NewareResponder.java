package io.pouchtwin.gateway.emulator;

import static io.pouchtwin.gateway.emulator.NewareServerText.element;
import static io.pouchtwin.gateway.emulator.NewareServerText.escape;
import static io.pouchtwin.gateway.emulator.NewareServerText.fifteenDigits;
import static io.pouchtwin.gateway.emulator.NewareServerText.fourDecimals;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers requests from what the channels have stored. Any thread. */
final class NewareResponder {
    private static final int LARGEST_PAGE = 1000;
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Map<String, TesterChannel> channels;
    private final Faults faults;
    private final ZoneId zone;
    private final Instant epoch;

    /**
     * Makes a responder.
     *
     * @param channels by name, in the tester's order
     * @param epoch when the tester was first switched on, by its own wall clock
     */
    NewareResponder(Map<String, TesterChannel> channels, Faults faults, ZoneId zone, Instant epoch) {
        this.channels = channels;
        this.faults = faults;
        this.zone = zone;
        this.epoch = epoch;
    }

    /** The bytes of the reply, with terminator; null for a command that this tester ignores. */
    byte @Nullable [] answer(ClientRequest request) throws IOException {
        return switch (request.command()) {
            case "connect" ->
                new NewareServerText("connect_resp")
                        .line("  <result>ok</result>")
                        .bytes();
            case "getdevinfo" -> deviceInfo();
            case "getchlstatus" ->
                list(
                        request,
                        "getchlstatus_resp",
                        item -> element("status", with(address(item, true), "reservepause", "0")) + ">"
                                + state(item.channel()) + "</status>");
            case "inquire" -> list(request, "inquire_resp", this::live);
            case "inquiredf" -> list(request, "inquiredf_resp", this::stored);
            case "download" -> download(request);
            case "downloadlog" -> log(request);
            case "stop" ->
                list(
                        request,
                        "stop_resp",
                        item -> element("stop", address(item, true)) + ">" + stop(item.channel()) + "</stop>");
            // a client may stop a test, as on a real tester; it may not start one
            case "light", "start", "clearflag" ->
                list(
                        request,
                        request.command() + "_resp",
                        item -> element(request.command(), address(item, true)) + ">false</" + request.command() + ">");
            default -> null;
        };
    }

    private byte[] deviceInfo() {
        NewareServerText text = new NewareServerText("getdevinfo_resp")
                .line("  <serverip count=\"1\">")
                .line("    <server ip=\"127.0.0.1\" port=\"3306\" />")
                .line("  </serverip>")
                .line("  <middle count=\"" + channels.size() + "\">");
        channels.forEach((name, channel) -> {
            String[] part = name.split("-", -1);
            text.line("    <channel ip=\"127.0.0.1\" devtype=\"" + part[0] + "\" devid=\"" + part[1] + "\" subdevid=\""
                    + part[2] + "\" Channelid=\"" + part[3] + "\">" + channel.ended() + "</channel>");
        });
        return text.line("</middle>").bytes();
    }

    private byte[] list(ClientRequest request, String command, Function<ClientRequest.Item, String> item) {
        return new NewareServerText(command)
                .list(request.items().stream().map(item).collect(Collectors.toList()))
                .bytes();
    }

    private String stop(String name) {
        TesterChannel channel = channels.get(name);
        return channel != null && channel.askToStop() ? "ok" : "false";
    }

    private String state(String name) {
        TesterChannel channel = channels.get(name);
        return channel != null && !channel.ended() ? "working" : "finish";
    }

    private String live(ClientRequest.Item item) {
        TesterChannel channel = channels.get(item.channel());
        Row row = channel == null ? null : channel.lastVisible();
        String device = item.channel() + "-0";
        String barcode = channel == null ? "" : escape(channel.barcode());
        if (row == null || channel == null || channel.ended()) {
            String voltage = row == null ? "0" : fourDecimals(row.voltageV());
            return element(
                            "inquire",
                            List.of(
                                    "dev",
                                    device,
                                    "cycle_id",
                                    "1",
                                    "step_type",
                                    "--",
                                    "workstatus",
                                    "finish",
                                    "barcode",
                                    barcode,
                                    "current",
                                    "0",
                                    "voltage",
                                    voltage,
                                    "capacity",
                                    "0",
                                    "energy",
                                    "0",
                                    "totaltime",
                                    "0",
                                    "relativetime",
                                    "0",
                                    "open_or_close",
                                    "0",
                                    "log_code",
                                    "0"))
                    + " />";
        }
        return element(
                        "inquire",
                        List.of(
                                "dev", device,
                                "cycle_id", Integer.toString(row.cycleId()),
                                "step_id", Integer.toString(row.stepId()),
                                "step_type", row.word(),
                                "workstatus", "working",
                                "barcode", barcode,
                                "current", fourDecimals(row.currentA()),
                                "voltage", fourDecimals(row.voltageV()),
                                "capacity", fourDecimals(row.stepChargeAh()),
                                "energy", fourDecimals(row.stepEnergyWh()),
                                "totaltime", fourDecimals(row.testerTimeMs() / 1000.0),
                                "relativetime", fourDecimals(row.stepTimeMs() / 1000.0),
                                "open_or_close", "0",
                                "log_code", "102000"))
                + " />";
    }

    private String stored(ClientRequest.Item item) {
        TesterChannel channel = channels.get(item.channel());
        boolean known = channel != null && (item.testId() == 0 || item.testId() == channel.testId());
        long count = known && channel != null ? channel.visible() : 0;
        long testId = channel == null ? 0 : known ? channel.testId() : item.testId();
        boolean complete = !known || channel == null || channel.ended();
        return element(
                        "chl",
                        with(address(item, false), "testid", Long.toString(testId), "count", Long.toString(count)))
                + ">" + complete + "</chl>";
    }

    private byte[] download(ClientRequest request) throws IOException {
        if (request.items().size() != 1) {
            throw new IOException("download of " + request.items().size() + " channels at once");
        }
        ClientRequest.Item item = request.items().get(0);
        TesterChannel channel = channels.get(item.channel());
        long testId = channel == null ? item.testId() : item.testId() == 0 ? channel.testId() : item.testId();
        List<String> lines = channel == null || testId != channel.testId() ? List.of() : rows(item, channel);
        List<String> echo = with(
                address(item, false),
                "testid",
                Long.toString(testId),
                "startpos",
                Long.toString(item.startPosition()),
                "count",
                Long.toString(item.count()),
                "auxid",
                "0");
        return new NewareServerText("donwload_resp")
                .line("  " + element("download", echo) + " />")
                .list(lines)
                .bytes();
    }

    private List<String> rows(ClientRequest.Item item, TesterChannel channel) throws IOException {
        long start = Math.max(1, item.startPosition());
        int count = (int) Math.min(Math.min(item.count(), LARGEST_PAGE), channel.visible() - start + 1);
        if (count <= 0 || item.startPosition() <= 0) {
            return List.of();
        }
        List<Row> rows = channel.read(start, count);
        List<Fault.DropRows> drops = faults.dropsFor(item.channel(), start, start + count - 1);
        List<String> lines = new ArrayList<>(count);
        for (int i = 0; i < rows.size(); i++) {
            long sequence = start + i;
            if (drops.stream().noneMatch(d -> d.from() <= sequence && sequence <= d.to())) {
                lines.add(row(item.channel(), sequence, rows.get(i)));
            }
        }
        return lines;
    }

    private String row(String channel, long sequence, Row row) {
        String voltage = fifteenDigits(row.voltageV());
        String current = fifteenDigits(row.currentA());
        long stepTimeMs = row.stepTimeMs();
        for (Fault.OfRow fault : faults.of(channel, sequence)) {
            if (fault instanceof Fault.NotANumber) {
                voltage = "NaN";
                current = "NaN";
            } else if (fault instanceof Fault.Unparsable) {
                voltage = voltage.replace('.', ',');
            } else if (fault instanceof Fault.MilliVolts) {
                voltage = fifteenDigits(row.voltageV() * 1000);
            } else if (fault instanceof Fault.TimeBackwards back) {
                stepTimeMs = Math.max(0, stepTimeMs - back.byMs());
            } else if (fault instanceof Fault.BrokenXml) {
                voltage = "<";
            }
        }
        return "<data seqid=\"" + sequence + "\" stepid=\"" + row.stepId() + "\" cycleid=\"" + row.cycleId()
                + "\" steptype=\""
                + row.word() + "\" testtime=\"" + stepTimeMs + "\" atime=\"" + wallTime(row.testerTimeMs())
                + "\" volt=\"" + voltage
                + "\" curr=\"" + current + "\" cap=\"" + fifteenDigits(row.stepChargeAh()) + "\" eng=\""
                + fifteenDigits(row.stepEnergyWh()) + "\" />";
    }

    private byte[] log(ClientRequest request) throws IOException {
        ClientRequest.Item item = request.items().isEmpty()
                ? new ClientRequest.Item("", "", 0, 0, 0)
                : request.items().get(0);
        TesterChannel channel = channels.get(item.channel());
        List<String> events = new ArrayList<>();
        if (channel != null && channel.visible() > 0) {
            events.add(event(1, 100000, channel.read(1, 1).get(0)));
            if (channel.ended()) {
                long last = channel.visible();
                events.add(event(last, 100001, channel.read(last, 1).get(0)));
            }
        }
        long testId = channel == null ? 0 : channel.testId();
        List<String> echo = with(address(item, false), "testid", Long.toString(testId), "log_lever", "0");
        return new NewareServerText("donwloadlog_resp")
                .line("  " + element("download", echo) + " />")
                .list(events)
                .bytes();
    }

    private String event(long sequence, int code, Row row) {
        return "<data seqid=\"" + sequence + "\" log_code=\"" + code + "\" atime=\"" + wallTime(row.testerTimeMs())
                + "\" />";
    }

    private String wallTime(long testerTimeMs) {
        return STAMP.format(LocalDateTime.ofInstant(epoch.plusMillis(testerTimeMs), zone));
    }

    private static List<String> address(ClientRequest.Item item, boolean withIp) {
        List<String> pairs = new ArrayList<>();
        if (withIp) {
            pairs.addAll(List.of("ip", escape(item.ip())));
        }
        String[] part = item.channel().split("-", -1);
        String[] names = {"devtype", "devid", "subdevid", "chlid"};
        for (int i = 0; i < names.length; i++) {
            pairs.addAll(List.of(names[i], i < part.length ? escape(part[i]) : ""));
        }
        return pairs;
    }

    private static List<String> with(List<String> pairs, String... more) {
        List<String> all = new ArrayList<>(pairs);
        all.addAll(List.of(more));
        return all;
    }
}
