package io.pouchtwin.app.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and zones as people write them: {@code 500 ms}, {@code 5 s}, {@code 2 min}, {@code 1 h}, {@code 30 d}; {@code Europe/Zurich}. */
final class QuantityModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    /** What an error says was expected of a time. */
    static final String DURATION_EXPECTED = "a time with its unit, one of ms, s, min, h, d: for example 5 s";

    /** What an error says was expected of a zone. */
    static final String ZONE_EXPECTED = "a time zone such as Europe/Zurich or UTC";

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(ms|s|min|h|d)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    QuantityModule() {
        super("quantities");
        addDeserializer(Duration.class, new DurationReader());
        addSerializer(Duration.class, new DurationWriter());
        addDeserializer(ZoneId.class, new ZoneReader());
        addSerializer(ZoneId.class, new ZoneWriter());
    }

    private static final class DurationReader extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText().strip();
            Matcher parts = DURATION.matcher(text);
            if (!parts.matches()) {
                throw context.weirdStringException(text, Duration.class, DURATION_EXPECTED);
            }
            Duration unit = UNITS.getOrDefault(parts.group(2), Duration.ZERO);
            return Duration.ofNanos(Math.round(Double.parseDouble(parts.group(1)) * unit.toNanos()));
        }
    }

    private static final class DurationWriter extends StdScalarSerializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            boolean wholeSeconds = value.getNano() == 0;
            generator.writeString(wholeSeconds ? value.getSeconds() + " s" : value.toNanos() / 1e6 + " ms");
        }
    }

    private static final class ZoneReader extends StdScalarDeserializer<ZoneId> {
        private static final long serialVersionUID = 1L;

        ZoneReader() {
            super(ZoneId.class);
        }

        @Override
        public ZoneId deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = parser.getText().strip();
            try {
                return ZoneId.of(text);
            } catch (DateTimeException e) {
                throw context.weirdStringException(text, ZoneId.class, ZONE_EXPECTED);
            }
        }
    }

    private static final class ZoneWriter extends StdScalarSerializer<ZoneId> {
        private static final long serialVersionUID = 1L;

        ZoneWriter() {
            super(ZoneId.class);
        }

        @Override
        public void serialize(ZoneId value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(value.getId());
        }
    }
}
