package io.github.selfsup4j.tools.features;

import io.github.selfsup4j.features.FeatureTable;
import io.github.selfsup4j.io.disk.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Parquet files with the columns {@code path}, {@code label}, {@code class} and {@code features}, a list of floats. */
final class FeatureParquet {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType("""
            message features {
              required binary path (STRING);
              required int64 label;
              optional binary class (STRING);
              required group features (LIST) { repeated group list { required float element; } }
            }""");

    private FeatureParquet() {}

    static void write(Path file, FeatureTable table) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try {
            try (ParquetWriter<Integer> writer = new Builder(new LocalOutputFile(temporary), table)
                    .withConf(new PlainParquetConfiguration())
                    .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                    .withDictionaryEncoding("features.list.element", false)
                    .build()) {
                for (int row = 0; row < table.size(); row++) {
                    writer.write(row);
                }
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    static FeatureTable read(Path file) throws IOException {
        List<Group> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new GroupReader(file).build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        } catch (RuntimeException e) {
            throw new FormatException(
                    file, "no Parquet file that can be read (" + e.getMessage() + ")", "one that 'extract' wrote");
        }
        if (rows.isEmpty() || !rows.get(0).getType().containsField("features")) {
            throw new FormatException(
                    file,
                    rows.isEmpty() ? "no rows" : "the columns of " + rows.get(0).getType(),
                    "a column 'features'");
        }
        return table(rows);
    }

    private static FeatureTable table(List<Group> rows) {
        int dim = rows.get(0).getGroup("features", 0).getFieldRepetitionCount(0);
        float[] values = new float[Math.multiplyExact(dim, rows.size())];
        long[] labels = new long[rows.size()];
        List<String> paths = new ArrayList<>();
        TreeMap<Long, String> classes = new TreeMap<>();
        for (int row = 0; row < rows.size(); row++) {
            Group group = rows.get(row);
            for (int i = 0; i < dim; i++) {
                values[row * dim + i] =
                        group.getGroup("features", 0).getGroup(0, i).getFloat(0, 0);
            }
            labels[row] = group.getLong("label", 0);
            paths.add(group.getString("path", 0));
            if (group.getFieldRepetitionCount("class") > 0) {
                classes.put(labels[row], group.getString("class", 0));
            }
        }
        boolean everyClass = !classes.isEmpty() && classes.lastKey() == classes.size() - 1;
        return new FeatureTable(dim, values, labels, paths, everyClass ? List.copyOf(classes.values()) : List.of());
    }

    private static final class GroupReader extends ParquetReader.Builder<Group> {
        GroupReader(Path file) {
            super(new LocalInputFile(file), new PlainParquetConfiguration());
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }

    private static final class Builder extends ParquetWriter.Builder<Integer, Builder> {
        private final FeatureTable table;

        Builder(OutputFile file, FeatureTable table) {
            super(file);
            this.table = table;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation")
        protected WriteSupport<Integer> getWriteSupport(Configuration ignored) {
            return new RowWriter(table);
        }

        @Override
        protected WriteSupport<Integer> getWriteSupport(ParquetConfiguration ignored) {
            return new RowWriter(table);
        }
    }

    /** Writes rows by their number. */
    private static final class RowWriter extends WriteSupport<Integer> {
        private final FeatureTable table;
        private RecordConsumer consumer;

        RowWriter(FeatureTable table) {
            this.table = table;
        }

        @Override
        @SuppressWarnings("deprecation")
        public WriteContext init(Configuration ignored) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration ignored) {
            return new WriteContext(SCHEMA, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            consumer = recordConsumer;
        }

        @Override
        public void write(Integer row) {
            consumer.startMessage();
            field(0, () -> consumer.addBinary(Binary.fromString(table.paths().get(row))));
            field(1, () -> consumer.addLong(table.labels()[row]));
            if (table.labels()[row] >= 0
                    && table.labels()[row] < table.classes().size()) {
                field(2, () -> consumer.addBinary(Binary.fromString(table.className(table.labels()[row]))));
            }
            field(3, () -> {
                consumer.startGroup();
                consumer.startField("list", 0);
                for (int i = 0; i < table.dim(); i++) {
                    consumer.startGroup();
                    consumer.startField("element", 0);
                    consumer.addFloat(table.values()[row * table.dim() + i]);
                    consumer.endField("element", 0);
                    consumer.endGroup();
                }
                consumer.endField("list", 0);
                consumer.endGroup();
            });
            consumer.endMessage();
        }

        private void field(int index, Runnable value) {
            String name = SCHEMA.getFieldName(index);
            consumer.startField(name, index);
            value.run();
            consumer.endField(name, index);
        }
    }
}
