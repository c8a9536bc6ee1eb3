package io.github.selfsup4j.tools.terminal;

import java.io.PrintWriter;

/** The terminal: lines, and at its bottom a status that is drawn over, if there is somebody to see it. */
public final class Console {
    private static final String CLEAR_LINE = "\r\033[K";

    private final PrintWriter out;
    private final boolean interactive = System.console() != null;
    private String status = "";

    public Console(PrintWriter out) {
        this.out = out;
    }

    /** True if a person sees what is printed. */
    boolean interactive() {
        return interactive;
    }

    /** Prints a line above the status. */
    public synchronized void line(String line) {
        out.println(interactive ? CLEAR_LINE + line : line);
        redraw();
    }

    /** Replaces the status. */
    public synchronized void status(String status) {
        this.status = status;
        redraw();
    }

    private void redraw() {
        if (interactive) {
            out.print(CLEAR_LINE + status);
            out.flush();
        }
    }
}
