/** Which of several DataSources the outbox lives in. */
@NullMarked
package dev.outbox.datasource;

import org.jspecify.annotations.NullMarked;
