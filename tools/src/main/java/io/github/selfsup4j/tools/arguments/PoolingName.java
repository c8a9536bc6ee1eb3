package io.github.selfsup4j.tools.arguments;

import io.github.selfsup4j.features.Pooling;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of {@code --pool}. */
final class PoolingName implements ITypeConverter<Pooling> {
    private static final Map<String, Pooling> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("avg", Pooling.PATCH_TOKENS);
        NAMES.put("cls", Pooling.CLASS_TOKEN);
        NAMES.put("max", Pooling.MAX);
        NAMES.put("none", Pooling.NONE);
    }

    @Override
    public Pooling convert(String value) {
        Pooling pooling = NAMES.get(value.toLowerCase(Locale.ROOT));
        if (pooling == null) {
            throw new TypeConversionException(
                    "expected one of " + String.join(", ", NAMES.keySet()) + ", found '" + value + "'");
        }
        return pooling;
    }
}
