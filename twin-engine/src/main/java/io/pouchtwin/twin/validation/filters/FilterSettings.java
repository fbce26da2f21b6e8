package io.pouchtwin.twin.validation.filters;

/**
 * What a Kalman filter may be tuned by; the rest is the twin's.
 *
 * @param caution how many times the predicted variance counts as noise where it is large, as in the twin [1]
 * @param linearRangeV predicted spread beyond which it is [V]
 * @param spread how far the sigma points lie from the mean, alpha [1]; of the unscented filter alone
 */
public record FilterSettings(double caution, double linearRangeV, double spread) {}
