package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plug-in of README.md, compiled outside the project and used by a config. */
class PlugInTest {
    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- plugin-example: EarlyStopHook.java -->\\s*```java\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private Path jar(String name) throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Selfsup.root().resolve("README.md")));
        assertTrue(example.find(), "README.md has no plug-in example");
        Path source = Files.writeString(folder.resolve("EarlyStopHook.java"), example.group(1));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertEquals(0, compiled);
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            for (String file :
                    new String[] {"com/example/EarlyStopHook.class", "com/example/EarlyStopHook$Config.class"}) {
                zip.putNextEntry(new JarEntry(file));
                Files.copy(classes.resolve(file), zip);
                zip.closeEntry();
            }
        }
        return jar;
    }

    @Test
    void thePlugInOfTheReadmeIsFoundInAJarAndStopsARun() throws IOException, InterruptedException {
        SmallExperiment.in(folder);
        Files.writeString(
                folder.resolve("mine.yaml"),
                "_base_: small.yaml\ncustom_hooks: [{type: EarlyStopHook, patience: 1}]\noptimizer: {lr: 0.5}\n");
        Path jar = jar("early-stop.jar");
        assertTrue(
                Selfsup.run(folder, "check", "mine.yaml").failedWith(2).err().contains("unknown hook 'EarlyStopHook'"));
        Selfsup.Result stopped = Selfsup.run(
                        folder, "train", "mine.yaml", "--device", "cpu", "--plugins", jar.toString())
                .failedWith(1);
        assertTrue(stopped.err().contains("no lower loss for 1 iterations; the lowest was"), stopped.err());
        String keys = Selfsup.run(folder, "components", "EarlyStopHook", "--plugins", jar.toString())
                .succeeded()
                .out();
        assertTrue(keys.contains("patience: int = 1000"), keys);
    }

    @Test
    void twoPlugInsOfOneNameAreRefusedWithBothJars() throws IOException, InterruptedException {
        Path first = jar("first.jar");
        Path second = jar("second.jar");
        String err = Selfsup.run(folder, "components", "--plugins", first.toString(), second.toString())
                .failedWith(2)
                .err();
        assertTrue(
                err.contains("two hook components are named EarlyStopHook")
                        && err.contains("first.jar")
                        && err.contains("second.jar"),
                err);
    }
}
