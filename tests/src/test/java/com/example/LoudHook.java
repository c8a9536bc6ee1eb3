package com.example;

import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.runner.Hook;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plug-in for tests that leaves a file in the working directory as soon as any of its code is run. */
@Component("LoudHook")
public final class LoudHook implements Hook {
    static {
        try {
            Files.writeString(Path.of("code-was-run"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Inject
    LoudHook() {}
}
