@NullMarked
package io.pouchtwin.cell.validation;

import org.jspecify.annotations.NullMarked;
