package io.pouchtwin.api.live;

import io.pouchtwin.api.json.StateJson;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.StoredState;
import io.pouchtwin.contracts.v1.TwinState;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** A state on its way to any number of readers; turned into JSON once, for the first of them. */
final class LiveEvent {
    private final CellLine line;
    private final StoredState stored;
    private final TwinState state;
    private @Nullable Buffer json;

    LiveEvent(CellLine line, StoredState stored, TwinState state) {
        this.line = line;
        this.stored = stored;
        this.state = state;
    }

    CellLine line() {
        return line;
    }

    StoredState stored() {
        return stored;
    }

    Buffer json() {
        Buffer written = json;
        if (written == null) {
            written = StateJson.of(stored, state);
            json = written;
        }
        return written;
    }
}
