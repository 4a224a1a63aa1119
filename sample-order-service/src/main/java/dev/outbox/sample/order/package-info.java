/** The writing side of the sample: takes orders over HTTP and learns later whether the stock sufficed. */
@NullMarked
package dev.outbox.sample.order;

import org.jspecify.annotations.NullMarked;
