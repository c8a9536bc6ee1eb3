package io.github.selfsup4j.tools;

import io.github.selfsup4j.io.PthFile;
import io.github.selfsup4j.io.Tree;
import io.github.selfsup4j.tools.convert.WeightFile;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code publish}: a checkpoint to give away (MMSelfSup's {@code publish_model.py}). */
@Command(name = "publish", description = "Strips the optimizer off a checkpoint and appends the start of its SHA-256 to the name.", mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {
    private static final int DIGITS = 8;

    @Parameters(index = "0", paramLabel = "CHECKPOINT", description = "A checkpoint of a run.")
    Path checkpoint;

    @Parameters(index = "1", paramLabel = "OUT.pth", description = "File to write; NAME.pth becomes NAME-01234567.pth.")
    Path out;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Map<Tree, Tree> kept = new LinkedHashMap<>(PthFile.read(WeightFile.existing(checkpoint)).asMapping().entries());
        kept.remove(Tree.of("optimizer"));
        PthFile.write(out, new Tree.Mapping(kept, false));
        String name = out.getFileName().toString().replaceFirst("\\.pth$", "");
        Path published = out.resolveSibling(name + "-" + sha256(out).substring(0, DIGITS) + ".pth");
        Files.move(out, published, StandardCopyOption.REPLACE_EXISTING);
        spec.commandLine().getOut().println(published);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
