package io.pouchtwin.api;

import com.google.protobuf.ByteString;
import io.pouchtwin.api.http.Readiness;
import io.pouchtwin.history.DatabaseAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the API knows beside Kafka.
 *
 * @param latest the live view: the latest state of every cell as bytes of a {@code TwinState}; empty where there is none. May block
 * @param history where the past is asked for; empty: questions about it are answered with 503
 * @param parameterSets what twins may run on
 * @param others what else must be well for this process to be ready
 */
public record ApiSources(
        Supplier<Map<String, ByteString>> latest,
        Optional<DatabaseAddress> history,
        List<ParameterSetView> parameterSets,
        Readiness others) {
    public ApiSources {
        parameterSets = List.copyOf(parameterSets);
    }

    /** The live view alone. */
    public static ApiSources of(Supplier<Map<String, ByteString>> latest) {
        return new ApiSources(latest, Optional.empty(), List.of(), List::of);
    }
}
