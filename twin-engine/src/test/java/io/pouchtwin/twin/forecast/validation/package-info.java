/** Forecasts along simulated lives. */
@NullMarked
package io.pouchtwin.twin.forecast.validation;

import org.jspecify.annotations.NullMarked;
