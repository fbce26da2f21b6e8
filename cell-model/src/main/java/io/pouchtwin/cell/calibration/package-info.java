/**
 * From the paper's numbers to a posterior: which parameters, together, explain them, and how far the numbers leave them open.
 *
 * <p>{@link io.pouchtwin.cell.calibration.Calibration} is the way in. A {@link io.pouchtwin.cell.calibration.Problem} says what is unknown and what is known; {@link io.pouchtwin.cell.calibration.MapEstimate} finds the most
 * probable values, {@link io.pouchtwin.cell.calibration.PosteriorSampler} the cloud around them, {@link io.pouchtwin.cell.calibration.Identifiability} the directions that the data do not see.
 *
 * <p>The same seed gives the same files on every JDK: elementary functions and random draws are the project's own, and the native algebra sits below the JDK.
 */
@NullMarked
package io.pouchtwin.cell.calibration;

import org.jspecify.annotations.NullMarked;
