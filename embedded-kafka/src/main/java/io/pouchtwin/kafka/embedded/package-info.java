/** A real Apache Kafka broker inside this process. */
@NullMarked
package io.pouchtwin.kafka.embedded;

import org.jspecify.annotations.NullMarked;
