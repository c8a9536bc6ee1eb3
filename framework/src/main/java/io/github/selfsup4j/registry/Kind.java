package io.github.selfsup4j.registry;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an interface that plug-ins implement, and names the kind of component it stands for. The name is also the
 * config key under which a constructor parameter of this type is looked up, unless the parameter carries a
 * {@code @Slot}.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Kind {
    /** Snake-case name, for example {@code data_source}. */
    String value();
}
