/** Promises of the forecasts. */
@NullMarked
package io.pouchtwin.twin.forecast;

import org.jspecify.annotations.NullMarked;
