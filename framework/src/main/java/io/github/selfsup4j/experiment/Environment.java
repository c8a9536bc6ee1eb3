package io.github.selfsup4j.experiment;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.github.selfsup4j.runner.RunSettings;
import java.util.Locale;

/** What a run runs on, in one line. */
public final class Environment {
    private Environment() {}

    /** Java, engine, device, precision and threads. */
    public static String describe(RunSettings settings) {
        Engine engine = Engine.getEngine("PyTorch");
        return String.format(
                "Java %s on %s %s, PyTorch %s, device %s, precision %s, %d threads",
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                engine.getVersion(),
                settings.device(),
                settings.precision().name().toLowerCase(Locale.ROOT),
                JniUtils.getNumThreads());
    }
}
