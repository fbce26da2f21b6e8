/** What could not be accepted from a tester or a file, and how it is told to a person. */
@NullMarked
package io.pouchtwin.gateway.rejection;

import org.jspecify.annotations.NullMarked;
