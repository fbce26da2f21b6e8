package io.pouchtwin.gateway.neware;

import io.pouchtwin.gateway.neware.NewareReply.Acknowledged;
import io.pouchtwin.gateway.neware.NewareReply.ChannelStatus;
import io.pouchtwin.gateway.neware.NewareReply.Connected;
import io.pouchtwin.gateway.neware.NewareReply.DeviceInfo;
import io.pouchtwin.gateway.neware.NewareReply.Download;
import io.pouchtwin.gateway.neware.NewareReply.EventLog;
import io.pouchtwin.gateway.neware.NewareReply.ListedChannel;
import io.pouchtwin.gateway.neware.NewareReply.LiveReading;
import io.pouchtwin.gateway.neware.NewareReply.LiveReadings;
import io.pouchtwin.gateway.neware.NewareReply.LoggedEvent;
import io.pouchtwin.gateway.neware.NewareReply.StepLayer;
import io.pouchtwin.gateway.neware.NewareReply.StepSummary;
import io.pouchtwin.gateway.neware.NewareReply.StoredPoints;
import io.pouchtwin.gateway.neware.NewareReply.StoredRow;
import io.pouchtwin.gateway.neware.NewareReply.StoredRun;
import io.pouchtwin.gateway.neware.XmlElements.Element;
import io.pouchtwin.gateway.rejection.Rejection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns one frame into a reply, or into the reason why it is none. An entry of a list that cannot be read does not spoil the entries
 * beside it. Declared list counts are not believed, and {@code NaN} passes: values are judged later.
 */
public final class ReplyParser {
    private static final long ANY_SEQUENCE = Long.MAX_VALUE;

    private ReplyParser() {}

    /** Parses a frame as the splitter delivered it. Never throws. */
    public static Parsed parse(byte[] frame) {
        List<Element> elements;
        try {
            elements = XmlElements.read(frame);
        } catch (XmlElements.NotReadable e) {
            return new Parsed.Refused(e.rejection());
        }
        if (elements.isEmpty() || !elements.get(0).name().equals("bts")) {
            return new Parsed.Refused(wrongShape("The reply's outermost element is not <bts>.", "<bts>"));
        }
        Element command = only(elements, "cmd", "bts");
        if (command == null) {
            return new Parsed.Refused(wrongShape("The reply has no <cmd>.", "<bts><cmd>..._resp</cmd>"));
        }
        try {
            return reply(command.text(), elements);
        } catch (Fields.Unreadable e) {
            return new Parsed.Refused(e.rejection());
        }
    }

    private static Parsed reply(String command, List<Element> elements) throws Fields.Unreadable {
        return switch (command) {
            case "connect_resp" -> connected(elements);
            case "getdevinfo_resp" -> deviceInfo(elements);
            case "getchlstatus_resp" ->
                understood(new ChannelStatus(entries(elements, "list", "status", ReplyParser::state)));
            case "inquire_resp" ->
                understood(new LiveReadings(entries(elements, "list", "inquire", ReplyParser::liveReading)));
            case "inquiredf_resp" ->
                understood(new StoredPoints(entries(elements, "list", "chl", ReplyParser::storedRun)));
            // the first spelling is what real testers send
            case "donwload_resp", "download_resp" -> download(elements);
            case "donwloadlog_resp", "downloadlog_resp" ->
                understood(new EventLog(
                        testId(elements, "download"), entries(elements, "list", "data", ReplyParser::event)));
            case "downloadStepLayer_resp", "donwloadStepLayer_resp" ->
                understood(new StepLayer(
                        testId(elements, "downloadStepLayer"), entries(elements, "list", "data", ReplyParser::step)));
            case "light_resp", "start_resp", "stop_resp", "clearflag_resp" -> {
                String word = command.substring(0, command.length() - "_resp".length());
                yield understood(new Acknowledged(word, entries(elements, "list", word, ReplyParser::acknowledgement)));
            }
            default ->
                new Parsed.Refused(new Rejection(
                        "unknown-command",
                        "The tester answered with a command that this driver does not know. It may be newer than the driver.",
                        "cmd",
                        command,
                        "a reply such as inquire_resp"));
        };
    }

    private static Parsed understood(NewareReply reply) {
        return new Parsed.Understood(reply);
    }

    private static Parsed connected(List<Element> elements) {
        Element result = only(elements, "result", "bts");
        if (result == null) {
            return new Parsed.Refused(wrongShape("connect_resp has no <result>.", "<result>ok</result>"));
        }
        return understood(new Connected(result.text().equals("ok")));
    }

    private static Parsed deviceInfo(List<Element> elements) {
        if (only(elements, "middle", "bts") == null) {
            return new Parsed.Refused(wrongShape("getdevinfo_resp has no <middle>.", "<middle count=...>"));
        }
        return understood(new DeviceInfo(entries(elements, "middle", "channel", ReplyParser::listedChannel)));
    }

    private static Parsed download(List<Element> elements) throws Fields.Unreadable {
        Element list = only(elements, "list", "bts");
        if (list == null) {
            return new Parsed.Refused(wrongShape("The download reply has no <list>.", "<list count=...>"));
        }
        int declared = -1;
        try {
            declared = new Fields(list).countOr("count", -1);
        } catch (Fields.Unreadable e) {
            // a wrong count is a known fault of the firmware and of no consequence: the rows themselves are counted
            declared = -1;
        }
        return understood(new Download(
                testId(elements, "download"), entries(elements, "list", "data", ReplyParser::row), declared));
    }

    private static String testId(List<Element> elements, String echo) throws Fields.Unreadable {
        Element element = only(elements, echo, "bts");
        if (element == null) {
            throw new Fields.Unreadable(wrongShape(
                    "The reply does not repeat what was asked, so its test is not known.",
                    "<" + echo + " testid=.../>"));
        }
        return new Fields(element).text("testid");
    }

    private static ListedChannel listedChannel(Element e) throws Fields.Unreadable {
        Fields fields = new Fields(e);
        // getdevinfo writes Channelid, everything else chlid; some firmware chlid here too
        String key = e.attribute("Channelid") == null ? "chlid" : "Channelid";
        return new ListedChannel(
                new ChannelAddress(
                        fields.textOr("ip", "127.0.0.1"),
                        fields.count("devtype", 0),
                        fields.count("devid", 0),
                        fields.count("subdevid", 0),
                        fields.count(key, 0)),
                fields.truth());
    }

    private static String state(Element e) throws Fields.Unreadable {
        if (e.text().isEmpty()) {
            throw new Fields.Unreadable(wrongShape("<status> has no text.", "a state such as working or finish"));
        }
        return e.text();
    }

    private static LiveReading liveReading(Element e) throws Fields.Unreadable {
        Fields fields = new Fields(e);
        return new LiveReading(
                fields.text("dev"),
                fields.countOr("cycle_id", 0),
                fields.countOr("step_id", -1),
                fields.textOr("step_type", ""),
                fields.text("workstatus"),
                fields.textOr("barcode", ""),
                fields.number("current"),
                fields.number("voltage"),
                fields.numberOr("relativetime", 0),
                fields.numberOr("totaltime", 0));
    }

    private static StoredRun storedRun(Element e) throws Fields.Unreadable {
        Fields fields = new Fields(e);
        return new StoredRun(fields.text("testid"), fields.whole("count", 0, ANY_SEQUENCE), fields.truth());
    }

    private static StoredRow row(Element e) throws Fields.Unreadable {
        Fields fields = new Fields(e);
        return new StoredRow(
                fields.whole("seqid", 1, ANY_SEQUENCE),
                fields.count("stepid", 0),
                fields.count("cycleid", 0),
                fields.text("steptype"),
                fields.number("testtime"),
                fields.text("atime"),
                fields.number("volt"),
                fields.number("curr"),
                fields.number("cap"),
                fields.number("eng"));
    }

    private static LoggedEvent event(Element e) throws Fields.Unreadable {
        Fields fields = new Fields(e);
        return new LoggedEvent(
                fields.whole("seqid", 0, ANY_SEQUENCE), fields.count("log_code", 0), fields.text("atime"));
    }

    private static StepSummary step(Element e) throws Fields.Unreadable {
        Fields fields = new Fields(e);
        return new StepSummary(
                fields.whole("startseqid", 1, ANY_SEQUENCE),
                fields.whole("endseqid", 1, ANY_SEQUENCE),
                fields.count("stepindex", 0),
                fields.count("stepid", 0),
                fields.count("cycleid", 0),
                fields.text("steptype"),
                fields.number("steptime"),
                fields.text("endatime"),
                fields.number("startvolt"),
                fields.number("endvolt"),
                fields.number("startcurr"),
                fields.number("endcurr"),
                fields.number("cap"),
                fields.number("eng"));
    }

    private static Boolean acknowledgement(Element e) throws Fields.Unreadable {
        return switch (e.text()) {
            case "ok" -> true;
            case "false" -> false;
            default ->
                throw new Fields.Unreadable(wrongShape("<" + e.name() + "> is neither ok nor false.", "ok or false"));
        };
    }

    private interface EntryReader<T> {
        T read(Element element) throws Fields.Unreadable;
    }

    private static <T> List<Entry<T>> entries(
            List<Element> elements, String parent, String name, EntryReader<T> reader) {
        List<Entry<T>> entries = new ArrayList<>();
        for (Element element : elements) {
            if (element.name().equals(name) && element.parent().equals(parent)) {
                try {
                    entries.add(new Entry.Read<>(reader.read(element)));
                } catch (Fields.Unreadable e) {
                    entries.add(new Entry.Unreadable<>(e.rejection(), sequenceOr0(element), element.asText()));
                }
            }
        }
        return entries;
    }

    private static long sequenceOr0(Element element) {
        try {
            return element.attribute("seqid") == null ? 0 : new Fields(element).whole("seqid", 1, ANY_SEQUENCE);
        } catch (Fields.Unreadable e) {
            // the sequence number itself is what cannot be read
            return 0;
        }
    }

    private static @Nullable Element only(List<Element> elements, String name, String parent) {
        for (Element element : elements) {
            if (element.name().equals(name) && element.parent().equals(parent)) {
                return element;
            }
        }
        return null;
    }

    private static Rejection wrongShape(String reason, String expected) {
        return new Rejection(
                "wrong-shape",
                reason
                        + " The tester's firmware may differ from what this driver knows; the bytes are kept with this record.",
                "",
                "",
                expected);
    }
}
