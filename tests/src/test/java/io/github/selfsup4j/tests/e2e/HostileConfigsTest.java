package io.github.selfsup4j.tests.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Configs of strangers: they exhaust nothing, and with {@code --restrict-paths} reach nothing outside their project.
 */
@Timeout(120)
class HostileConfigsTest {
    private static final int HEAP_MB = 256;

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void eachIsRefusedWithOneLineInLittleMemory() throws IOException, InterruptedException {
        file("nested.yaml", "a: " + "[".repeat(500_000));
        file(
                "aliases.yaml",
                "k0: &k0 [1, 2]\n"
                        + IntStream.range(1, 40)
                                .mapToObj(i -> "k%d: &k%d [*k%d, *k%d]".formatted(i, i, i - 1, i - 1))
                                .collect(Collectors.joining("\n")));
        try (BufferedWriter large = Files.newBufferedWriter(folder.resolve("large.yaml"))) {
            for (int i = 0; i < 10_000_000; i++) {
                large.write("k" + i + ": 1\n");
            }
        }
        assertTrue(Files.size(folder.resolve("large.yaml")) > 100_000_000);
        file("loop.yaml", "_base_: other.yaml");
        file("other.yaml", "_base_: ./loop.yaml");
        Selfsup.Result result = Selfsup.runWith(
                        "-Xmx" + HEAP_MB + "m",
                        folder,
                        "check",
                        "nested.yaml",
                        "aliases.yaml",
                        "large.yaml",
                        "loop.yaml")
                .failedWith(2);
        assertEquals("""
                nested.yaml:1: maps and lists are nested more than 64 deep
                aliases.yaml:17: the config is too large: with aliases and references put in it takes more than 64 MB
                large.yaml: 'large.yaml' is larger than 1 MB, too large for a config
                other.yaml:1: _base_: circular _base_: loop.yaml -> other.yaml -> loop.yaml
                """, result.err());
    }

    @Test
    void aRestrictedConfigReachesNothingOutsideItsProject() throws IOException {
        Path secret = file("secret.yaml", "seed: 1");
        Path config = file("project/configs/deep/mine.yaml", "_base_: [../base.yaml, ../../../secret.yaml]");
        file("project/configs/base.yaml", "runner: {type: EpochBasedRunner, max_epochs: 1}");
        Path project = folder.resolve("project").toRealPath();
        assertTrue(refusal(config)
                .contains("mine.yaml:1: _base_.1: '../../../secret.yaml' is outside the project " + project
                        + ", which --restrict-paths does not allow"));
        Files.createSymbolicLink(folder.resolve("project/configs/link.yaml"), secret);
        file("project/configs/deep/mine.yaml", "_base_: ../link.yaml");
        assertTrue(refusal(config).contains("mine.yaml:1: _base_: '../link.yaml' is outside the project"));
        file("project/configs/deep/mine.yaml", """
                _base_: ../base.yaml
                load_from: %s
                resume_from: ../../../../../../../../etc/passwd
                work_dir: ~/.ssh
                x-root: %s
                checkpoint_config: {out_dir: "${x-root}/elsewhere"}
                log_config: {hooks: [{type: TensorboardLoggerHook, log_dir: %s}]}
                """.formatted(secret, folder, project.resolve("runs")));
        assertEquals(5, refusal(config).lines().count(), refusal(config));
        Selfsup.call(
                        "check",
                        "--restrict-paths",
                        config,
                        "--cfg-options",
                        "load_from=" + secret,
                        "resume_from=null",
                        "work_dir=null",
                        "x-root=" + folder)
                .succeeded();
        Selfsup.call("check", config).succeeded();
    }

    private static String refusal(Path config) {
        return Selfsup.call("check", "--restrict-paths", config).refused();
    }

    @Test
    void shippedConfigsNeedNothingElse() {
        Selfsup.call(
                        "check",
                        "--restrict-paths",
                        Selfsup.root().resolve("configs/selfsup/cae/cae_vit-base-p16_8xb256-fp16-coslr-300e_in1k.yaml"),
                        Selfsup.root().resolve("configs/selfsup/mae/mae_vit-base-p16_8xb512-coslr-400e_in1k.yaml"))
                .succeeded();
    }

    @Test
    void plugInsRunOnlyWhenTheyAreNamedAndFromAConfigOnlyUnrestricted() throws IOException, InterruptedException {
        Path jar = folder.resolve("plugins/loud.jar");
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out)) {
            zip.putNextEntry(new JarEntry("com/example/LoudHook.class"));
            Files.copy(Path.of("target/test-classes/com/example/LoudHook.class"), zip);
        }
        Files.copy(jar, folder.resolve("loud.jar"));
        SmallExperiment.in(folder);
        file("unnamed.yaml", "_base_: small.yaml\ncustom_hooks: [{type: LoudHook}]\nload_from: loud.jar");
        file(
                "named.yaml",
                "_base_: small.yaml\ncustom_hooks: [{type: LoudHook}]\nplugin_paths: [plugins/loud.jar]\nrunner: {max_epochs: 1}");
        assertTrue(Selfsup.run(folder, "train", "unnamed.yaml").refused().contains("unknown hook 'LoudHook'"));
        String refused =
                Selfsup.run(folder, "train", "named.yaml", "--restrict-paths").refused();
        assertTrue(
                refused.contains(
                        "named.yaml:3: plugin_paths: plug-ins are code, and --restrict-paths runs none that only a config names; "
                                + "if you trust them, name them with --plugins"),
                refused);
        assertFalse(Files.exists(folder.resolve("code-was-run")));
        Selfsup.run(
                        folder,
                        "train",
                        "named.yaml",
                        "--device",
                        "cpu",
                        "--restrict-paths",
                        "--plugins",
                        "plugins/loud.jar")
                .succeeded();
        assertTrue(Files.exists(folder.resolve("code-was-run")));
    }
}
