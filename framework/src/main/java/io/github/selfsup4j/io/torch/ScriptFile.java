package io.github.selfsup4j.io.torch;

import io.github.selfsup4j.io.disk.AtomicFile;
import io.github.selfsup4j.io.pickle.PickleOp;
import io.github.selfsup4j.io.tensor.HostTensor;
import io.github.selfsup4j.io.zip.ZipWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes TorchScript files, as {@code torch.jit.save} does: {@code torch.jit.load} and DJL read them. */
public final class ScriptFile {
    private static final String FOLDER = "archive/";
    /** The version of operators that the kernels of this project are written for. */
    private static final String VERSION = "3\n";

    private static final byte[] EMPTY_TUPLE = {(byte) PickleOp.PROTO, 2, PickleOp.EMPTY_TUPLE, PickleOp.STOP};

    private ScriptFile() {}

    /**
     * Writes a module; the file appears whole or not at all.
     *
     * @param code source text by namespace; {@code __torch__} has the classes of the modules, {@code __torch__.NAME}
     *     functions
     * @param extra further texts by name, which {@code torch.jit.load} gives for {@code _extra_files}
     * @throws IOException if the disk fails
     */
    public static void write(Path path, ScriptModule module, Map<String, String> code, Map<String, String> extra)
            throws IOException {
        TorchPickler pickler = new TorchPickler();
        ByteBuffer pickle = pickler.pickle(module);
        AtomicFile.write(path, channel -> {
            ZipWriter zip = new ZipWriter(channel);
            zip.add(FOLDER + "data.pkl", pickle);
            zip.add(FOLDER + "byteorder", utf8("little"));
            List<HostTensor> storages = pickler.storages();
            for (int i = 0; i < storages.size(); i++) {
                zip.add(FOLDER + "data/" + i, storages.get(i).bytes());
            }
            for (Map.Entry<String, String> file : code.entrySet()) {
                zip.add(FOLDER + "code/" + file.getKey().replace('.', '/') + ".py", utf8(file.getValue()));
            }
            for (Map.Entry<String, String> file : extra.entrySet()) {
                zip.add(FOLDER + "extra/" + file.getKey(), utf8(file.getValue()));
            }
            zip.add(FOLDER + "constants.pkl", ByteBuffer.wrap(EMPTY_TUPLE));
            zip.add(FOLDER + "version", utf8(VERSION));
            zip.finish();
        });
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
