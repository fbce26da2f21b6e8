/** The OpenAPI document as the law of the server: what a request may hold, who may send it, and what is said where it does not fit. */
@NullMarked
package io.pouchtwin.api.contract;

import org.jspecify.annotations.NullMarked;
