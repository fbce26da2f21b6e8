@NullMarked
package io.pouchtwin.twin.alerting;

import org.jspecify.annotations.NullMarked;
