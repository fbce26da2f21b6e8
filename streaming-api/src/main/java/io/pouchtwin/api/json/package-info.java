/**
 * Messages and the store's view of them as JSON, and the JSON Schema of each.
 *
 * <p>Both are derived from the Protobuf descriptors, so that a field added to a message appears in the API and in its document under the same name
 * and unit. A number that is not finite, or that nobody reported, is {@code null} and has its reason in {@code null_reasons}.
 */
@NullMarked
package io.pouchtwin.api.json;

import org.jspecify.annotations.NullMarked;
