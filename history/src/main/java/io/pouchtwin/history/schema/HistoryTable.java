package io.pouchtwin.history.schema;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.pouchtwin.contracts.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table, and how the records of a topic become its rows: one row for each message, or one for each element of one of its lists.
 *
 * <p>A row is named by its time and its keys: the same row written again replaces itself, so that a record that is read twice is kept once.
 */
public final class HistoryTable {
    /** The column of a row's time: the tester's clock, else the time of the Kafka record; microseconds, UTC. */
    public static final String TIME = "ts";

    /** Place in the list, from 0; in tables of elements that have no number of their own. */
    public static final String ITEM = "item";

    /** The end of the year 9999: later, or before 1970, is a clock that is not set. */
    private static final double LATEST_UNIX_S = 253_402_300_799.0;

    private static final double MICROSECONDS_PER_SECOND = 1e6;

    /** How a table is cut on disk; retention takes away whole pieces. */
    public enum Partitions {
        /** For rows that come all the time. */
        DAY,
        /** For rows that come now and then. */
        MONTH
    }

    /** What a column's value is taken from. */
    private enum Origin {
        MESSAGE,
        ELEMENT,
        PLACE
    }

    private record Source(Column column, Origin origin) {}

    private final String name;
    private final Topic topic;
    private final Message prototype;
    private final Partitions partitions;
    private final @Nullable FieldDescriptor list;
    private final List<String> keys;
    private final List<Source> sources;
    private final List<Source> symbolsFirst;
    private final @Nullable Source time;

    private HistoryTable(Builder built) {
        name = built.name;
        topic = built.topic;
        prototype = built.prototype;
        partitions = built.partitions;
        list = built.list;
        keys = List.copyOf(built.keys);
        sources = sources(built);
        symbolsFirst = sources.stream()
                .sorted(Comparator.comparing(source -> source.column().type() != ColumnType.SYMBOL))
                .toList();
        time = sources.stream()
                .filter(source -> source.column().name().equals(built.timeColumn))
                .findFirst()
                .orElse(null);
        Set<String> names = new HashSet<>();
        columns().forEach(column -> names.add(column.name()));
        if (names.size() != sources.size() || !names.containsAll(keys)) {
            throw new IllegalArgumentException(name + ": columns " + columns() + ", keys " + keys);
        }
    }

    private static List<Source> sources(Builder built) {
        List<Source> sources = new ArrayList<>();
        for (Column column : MessageColumns.of(built.prototype.getDescriptorForType())) {
            if (built.list == null || built.beside.contains(column.name())) {
                sources.add(new Source(column, Origin.MESSAGE));
            }
        }
        if (built.list != null) {
            if (built.keys.contains(ITEM)) {
                sources.add(new Source(new Column(ITEM, ColumnType.LONG, List.of()), Origin.PLACE));
            }
            MessageColumns.of(built.list.getMessageType())
                    .forEach(column -> sources.add(new Source(column, Origin.ELEMENT)));
        }
        return List.copyOf(sources);
    }

    /** Name in the database: that of the topic with {@code _} for {@code .}, and the list's where it is one of several. */
    public String name() {
        return name;
    }

    /** Where its records come from. */
    public Topic topic() {
        return topic;
    }

    /** How it is cut on disk. */
    public Partitions partitions() {
        return partitions;
    }

    /** The columns but {@link #TIME}, in the message's order. */
    public List<Column> columns() {
        return sources.stream().map(Source::column).toList();
    }

    /** What names a row together with {@link #TIME}. */
    public List<String> keys() {
        return keys;
    }

    /** Reads a record's value. */
    public Message parse(byte[] value) throws InvalidProtocolBufferException {
        return prototype.getParserForType().parseFrom(value);
    }

    /**
     * One row.
     *
     * @param unixUs its time, microseconds since 1970-01-01 UTC
     * @param message the whole message
     * @param element the element of its list, where the table has one row for each; else the message again
     * @param place the element's place, from 0
     */
    public record Row(long unixUs, Message message, Message element, long place) {}

    /** Receives a row's values that are known, symbols first. */
    @FunctionalInterface
    public interface ValueSink {
        /** Takes one: Double, Long, Boolean or String, by the column's type. */
        void take(Column column, Object value);
    }

    /** Turns a message into rows; the record's time counts where the message has none. */
    public List<Row> rows(Message message, long recordUnixUs) {
        if (list == null) {
            return List.of(new Row(unixUs(message, message, recordUnixUs), message, message, 0));
        }
        List<Row> rows = new ArrayList<>();
        for (Object each : (List<?>) message.getField(list)) {
            Message element = (Message) each;
            rows.add(new Row(unixUs(message, element, recordUnixUs), message, element, rows.size()));
        }
        return rows;
    }

    /** Hands over the values of a row. */
    public void values(Row row, ValueSink sink) {
        for (Source source : symbolsFirst) {
            Object value = value(source, row.message(), row.element(), row.place());
            if (value != null) {
                sink.take(source.column(), value);
            }
        }
    }

    private static @Nullable Object value(Source source, Message message, Message element, long place) {
        return switch (source.origin()) {
            case MESSAGE -> source.column().valueIn(message);
            case ELEMENT -> source.column().valueIn(element);
            case PLACE -> place;
        };
    }

    private long unixUs(Message message, Message element, long recordUnixUs) {
        if (time != null
                && value(time, message, element, 0) instanceof Double seconds
                && seconds > 0
                && seconds < LATEST_UNIX_S) {
            return Math.round(seconds * MICROSECONDS_PER_SECOND);
        }
        return recordUnixUs;
    }

    static Builder of(Topic topic, Message prototype) {
        return new Builder(topic, prototype);
    }

    /** How a table is described. */
    static final class Builder {
        private final Topic topic;
        private final Message prototype;
        private String name;
        private Partitions partitions = Partitions.MONTH;
        private @Nullable FieldDescriptor list;
        private List<String> beside = List.of();
        private List<String> keys = List.of();
        private String timeColumn = "unix_time_s";

        private Builder(Topic topic, Message prototype) {
            this.topic = topic;
            this.prototype = prototype;
            this.name = topic.topicName().replace('.', '_');
        }

        Builder daily() {
            partitions = Partitions.DAY;
            return this;
        }

        /** One row for each element of a list, with some columns of the message beside it. */
        Builder eachOf(String field, String... messageColumns) {
            list = prototype.getDescriptorForType().findFieldByName(field);
            beside = List.of(messageColumns);
            return this;
        }

        Builder named(String other) {
            name = other;
            return this;
        }

        Builder keys(String... columns) {
            keys = List.of(columns);
            return this;
        }

        Builder timeFrom(String column) {
            timeColumn = column;
            return this;
        }

        HistoryTable build() {
            return new HistoryTable(this);
        }
    }
}
