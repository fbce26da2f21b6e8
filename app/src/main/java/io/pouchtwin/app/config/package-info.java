/**
 * One documented YAML file, overridden by environment variables and flags, bound to the records of the modules.
 *
 * <p>Reading starts at {@link io.pouchtwin.app.config.ConfigReader}. Every error names the key, the value and what was
 * expected.
 */
@NullMarked
package io.pouchtwin.app.config;

import org.jspecify.annotations.NullMarked;
