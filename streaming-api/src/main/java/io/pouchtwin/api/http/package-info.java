/**
 * The HTTP side: parameters, problems, security headers, the page's files, and the handlers that answer at once (cells, health, metrics).
 */
@NullMarked
package io.pouchtwin.api.http;

import org.jspecify.annotations.NullMarked;
