package io.github.selfsup4j.registry;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Registers a class under the name that config files use for it.
 *
 * <pre>{@code
 * @Component("CAEViT")
 * public final class CaeVit extends Layer implements MaskedEncoder {
 *     public static final class Config { ... }
 *     @Inject CaeVit(Config config, Kernels kernels) { ... }
 * }
 * }</pre>
 *
 * <p>The class implements exactly one interface marked with {@link Kind}, directly or through others; that interface
 * decides where a config may name it.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Component {
    /** The name in {@code type:}, followed by further names for the same class. */
    String[] value();
}
