/** What things cost: each benchmark measures when it is called and returns figure key to value. */
@NullMarked
package io.pouchtwin.bench;

import org.jspecify.annotations.NullMarked;
