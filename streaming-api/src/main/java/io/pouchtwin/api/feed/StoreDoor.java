package io.pouchtwin.api.feed;

import io.pouchtwin.api.store.StateStore;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The way into a store that belongs to another thread. */
@FunctionalInterface
public interface StoreDoor {

    /** Does something with the store on its own thread; completes when it is done. */
    CompletionStage<Void> pass(Consumer<StateStore> work);
}
