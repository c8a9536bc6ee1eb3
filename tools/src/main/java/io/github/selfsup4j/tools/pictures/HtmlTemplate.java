package io.github.selfsup4j.tools.pictures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A page that lies beside a class as a resource, with places {@code {{name}}} to fill. What is filled in can't break
 * out of its place, whatever it is.
 */
public final class HtmlTemplate {
    private String page;

    /** Reads a template. */
    public HtmlTemplate(Class<?> owner, String resource) throws IOException {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            page = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Fills a place with text. */
    public HtmlTemplate text(String name, String value) {
        page = page.replace("{{" + name + "}}", escape(value));
        return this;
    }

    /** Fills a place within a script with data. */
    public HtmlTemplate data(String name, JsonNode value) throws JsonProcessingException {
        page = page.replace(
                "{{" + name + "}}",
                new ObjectMapper()
                        .writeValueAsString(value)
                        .replace("<", "\\u003c")
                        .replace("\u2028", "\\u2028")
                        .replace("\u2029", "\\u2029"));
        return this;
    }

    /** The page. */
    public String html() {
        return page;
    }

    /** Text as it stands in a page. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
