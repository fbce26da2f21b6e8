/** From Kafka into the database. */
@NullMarked
package io.pouchtwin.history.write;

import org.jspecify.annotations.NullMarked;
