package io.github.selfsup4j.tools.pretrain;

import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.tools.pictures.HtmlTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A page that tells all about a pretraining and needs nothing else: pictures are part of it. */
final class Report {
    private static final int DAMAGED_SHOWN = 100;

    private final Map<String, Object> places =
            new LinkedHashMap<>(Map.of("reconstructions", "", "map", "", "neighbours", "", "damaged", ""));

    /** The heading. */
    Report title(String title, String subtitle) {
        places.put("title", HtmlTemplate.escape(title));
        places.put("subtitle", HtmlTemplate.escape(subtitle));
        return this;
    }

    /** The numbers above everything else, by what they are. */
    Report tiles(Map<String, String> tiles) {
        StringBuilder html = new StringBuilder();
        tiles.forEach((name, value) -> html.append("<div><b>")
                .append(HtmlTemplate.escape(value))
                .append("</b><span>")
                .append(HtmlTemplate.escape(name))
                .append("</span></div>\n"));
        places.put("tiles", html);
        return this;
    }

    /** Curves of loss, learning rate and, if it was measured, kNN accuracy. */
    Report curves(RunHistory history, String text) {
        Map<Double, Double> loss = new TreeMap<>();
        Map<Double, Double> lr = new TreeMap<>();
        history.training().forEach((epoch, point) -> {
            loss.put(epoch, point.loss());
            lr.put(epoch, point.lr());
        });
        String charts = new LineChart("loss", "#3257a8", loss, false, false).svg()
                + new LineChart("learning rate", "#b8722c", lr, true, false).svg()
                + (history.scores().isEmpty()
                        ? ""
                        : new LineChart("kNN accuracy, per cent", "#2e8b57", history.scores(), false, true).svg());
        places.put("charts", charts);
        places.put("curves_text", HtmlTemplate.escape(text));
        return this;
    }

    /**
     * A section of one picture.
     *
     * @param name the section's id
     */
    Report picture(String name, String title, String text, Path png) throws IOException {
        String data = Base64.getEncoder().encodeToString(Files.readAllBytes(png));
        return section(
                name,
                title,
                text,
                "<img alt=\"" + HtmlTemplate.escape(title) + "\" src=\"data:image/png;base64," + data + "\">");
    }

    /** A section that is a page of its own. */
    Report page(String name, String title, String text, Path html) throws IOException {
        String page = HtmlTemplate.escape(Files.readString(html));
        return section(
                name,
                title,
                text,
                "<iframe title=\"" + HtmlTemplate.escape(title) + "\" srcdoc=\"" + page + "\"></iframe>");
    }

    private Report section(String name, String title, String text, String content) {
        places.put(
                name,
                "<section id=\"" + name + "\"><h2>" + HtmlTemplate.escape(title) + "</h2><p>"
                        + HtmlTemplate.escape(text) + "</p>" + content + "</section>");
        return this;
    }

    /** Pictures that could not be read; no section if there are none. */
    Report damaged(List<String> damaged) {
        if (!damaged.isEmpty()) {
            List<String> shown = damaged.subList(0, Math.min(DAMAGED_SHOWN, damaged.size()));
            section(
                    "damaged",
                    damaged.size() + " pictures could not be read",
                    "They were left out.",
                    "<pre>" + HtmlTemplate.escape(String.join("\n", shown))
                            + (shown.size() < damaged.size() ? "\n..." : "") + "</pre>");
        }
        return this;
    }

    /** What was made, and how to use it. */
    Report files(Path folder, Map<String, String> files, String usage) {
        places.put("folder", HtmlTemplate.escape(folder.toString()));
        places.put("files", rows(files));
        places.put("usage", HtmlTemplate.escape(usage));
        return this;
    }

    /** What the run ran on, and with which config. */
    Report environment(Map<String, String> environment, String config) {
        places.put("environment", rows(environment));
        places.put("config", HtmlTemplate.escape(config));
        return this;
    }

    private static String rows(Map<String, String> rows) {
        StringBuilder html = new StringBuilder();
        rows.forEach((name, value) -> html.append("<tr><td>")
                .append(HtmlTemplate.escape(name))
                .append("</td><td>")
                .append(HtmlTemplate.escape(value))
                .append("</td></tr>\n"));
        return html.toString();
    }

    /** Writes the page. */
    void write(Path file) throws IOException {
        AtomicFile.write(file, TextTemplate.fill("report.html", places));
    }
}
