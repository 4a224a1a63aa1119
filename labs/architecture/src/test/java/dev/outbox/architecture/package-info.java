/**
 * What every class of the libraries keeps to. The rules are told of no package by name that they could forget: they look at
 * whatever lies on the class path.
 */
@NullMarked
package dev.outbox.architecture;

import org.jspecify.annotations.NullMarked;
