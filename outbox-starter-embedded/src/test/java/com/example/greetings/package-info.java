/** A service with Spring Boot's defaults that names no server. */
@NullMarked
package com.example.greetings;

import org.jspecify.annotations.NullMarked;
