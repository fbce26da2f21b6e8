package io.pouchtwin.api.live;

import io.pouchtwin.api.json.StateFields;
import io.pouchtwin.api.json.StateJson;
import io.pouchtwin.api.store.CellLine;
import io.pouchtwin.api.store.StoredState;
import io.pouchtwin.contracts.v1.TwinState;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;

/** A state on its way to any number of readers; turned into JSON once for all that want the same of it. */
final class LiveEvent {
    private final CellLine line;
    private final StoredState stored;
    private final TwinState state;
    private final Map<StateFields, Buffer> json = new HashMap<>(1);

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

    Buffer json(StateFields fields) {
        return json.computeIfAbsent(fields, wanted -> StateJson.of(stored, state, wanted));
    }
}
