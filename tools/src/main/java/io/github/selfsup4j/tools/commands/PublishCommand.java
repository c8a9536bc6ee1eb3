package io.github.selfsup4j.tools.commands;

import io.github.selfsup4j.io.torch.PthFile;
import io.github.selfsup4j.io.tree.Tree;
import io.github.selfsup4j.tools.arguments.ArgumentChecks;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code publish}: a checkpoint to give away (MMSelfSup's {@code publish_model.py}). */
@Command(
        name = "publish",
        description =
                "Strips the optimizer off a checkpoint, and appends the date and the start of the file's SHA-256 to its name.",
        mixinStandardHelpOptions = true)
public final class PublishCommand implements Callable<Integer> {
    private static final int DIGITS = 8;

    @Parameters(index = "0", paramLabel = "CHECKPOINT", description = "A checkpoint of a run.")
    Path checkpoint;

    @Parameters(
            index = "1",
            paramLabel = "OUT.pth",
            description = "What to write: NAME.pth becomes NAME_YYYYMMDD-01234567.pth, whose name is printed.")
    Path out;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path folder = ArgumentChecks.writable(out).toAbsolutePath().getParent();
        Tree kept = withoutRun(PthFile.read(ArgumentChecks.existing(checkpoint)).asMapping());
        Path temporary = Files.createTempFile(folder, ".publish", ".tmp");
        try {
            PthFile.write(temporary, kept);
            Path published = out.resolveSibling(name(sha256(temporary)));
            Files.move(temporary, published, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            spec.commandLine().getOut().println(published);
            spec.commandLine().getOut().flush();
        } finally {
            Files.deleteIfExists(temporary);
        }
        return 0;
    }

    /**
     * Without what only a run that goes on needs: the state of the optimizer, and in {@code meta} that of the hooks.
     */
    private static Tree withoutRun(Tree.Mapping checkpoint) {
        Map<Tree, Tree> kept = new LinkedHashMap<>(checkpoint.entries());
        kept.remove(Tree.of("optimizer"));
        kept.computeIfPresent(
                Tree.of("meta"), (key, meta) -> meta instanceof Tree.Mapping mapping ? withoutStates(mapping) : meta);
        return new Tree.Mapping(kept, checkpoint.isOrderedDict());
    }

    private static Tree withoutStates(Tree.Mapping meta) {
        Map<Tree, Tree> kept = new LinkedHashMap<>(meta.entries());
        kept.remove(Tree.of("states"));
        return new Tree.Mapping(kept, meta.isOrderedDict());
    }

    private String name(String sha256) {
        String date = LocalDate.now().format(DateTimeFormatter.BASIC_ISO_DATE);
        return out.getFileName().toString().replaceFirst("\\.pth$", "") + "_" + date + "-" + sha256.substring(0, DIGITS)
                + ".pth";
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
