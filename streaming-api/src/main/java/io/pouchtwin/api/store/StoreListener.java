package io.pouchtwin.api.store;

import io.pouchtwin.contracts.v1.Forecast;
import io.pouchtwin.contracts.v1.TwinState;

/** Told of each change, on the store's thread. */
public interface StoreListener {

    /** A state came in. */
    void onState(CellLine line, StoredState stored, TwinState state);

    /** A tester was heard of. */
    void onContact(CellLine line, Contact contact);

    /** An alert has changed, or somebody took it on. */
    default void onAlert(AlertLine line) {}

    /** A cell has a new forecast. */
    default void onForecast(CellLine line, Forecast forecast) {}

    /** The states of one batch are all in: time to send what was gathered. */
    void onBatchEnd();
}
