package io.github.selfsup4j.inject;

import jakarta.inject.Qualifier;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the config key that a constructor parameter is built from, where the name of its kind does not say it:
 * {@code @Slot("pipeline") List<Transform> pipeline}.
 */
@Qualifier
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface Slot {
    /** Snake-case config key. */
    String value();
}
