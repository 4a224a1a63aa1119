/** A service on H2, as a profile for development has it. */
@NullMarked
package com.example.diary;

import org.jspecify.annotations.NullMarked;
