package io.github.selfsup4j.tools.arguments;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of an option that counts something. */
public final class PositiveNumber implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
        if (!value.matches("\\+?0*[1-9]\\d{0,8}")) {
            throw new TypeConversionException("expected a positive whole number, found '" + value + "'");
        }
        return Integer.valueOf(value);
    }
}
