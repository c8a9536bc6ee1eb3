package io.github.selfsup4j.tools.pictures;

import io.github.selfsup4j.config.ConfigException;
import java.awt.Font;
import java.awt.font.FontRenderContext;

/** The system's fonts, which pictures with text on them need. Servers and small containers often have none. */
public final class Fonts {
    private Fonts() {}

    /**
     * Asked before the work whose result is such a picture.
     *
     * @throws ConfigException if Java finds no fonts
     */
    public static void require() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getLineMetrics("text", new FontRenderContext(null, true, true));
        } catch (InternalError | LinkageError | RuntimeException e) {
            throw ConfigException.of(
                    "this writes a picture with text, and Java finds no fonts here (" + first(e)
                            + "); install fontconfig and a font, on Debian and Ubuntu: apt-get install fontconfig fonts-dejavu-core");
        }
    }

    private static Throwable first(Throwable e) {
        return e.getCause() == null ? e : first(e.getCause());
    }
}
