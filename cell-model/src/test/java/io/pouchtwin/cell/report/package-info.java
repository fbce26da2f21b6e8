@NullMarked
package io.pouchtwin.cell.report;

import org.jspecify.annotations.NullMarked;
