/** Forecasts held against lives whose end is known: {@code pouchtwin validate prediction}. */
@NullMarked
package io.pouchtwin.twin.forecast.validation;

import org.jspecify.annotations.NullMarked;
