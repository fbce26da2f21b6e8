@NullMarked
package io.pouchtwin.twin.alert;

import org.jspecify.annotations.NullMarked;
