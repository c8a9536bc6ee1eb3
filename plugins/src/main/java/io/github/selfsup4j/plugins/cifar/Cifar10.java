package io.github.selfsup4j.plugins.cifar;

import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;

/**
 * <a href="https://www.cs.toronto.edu/~kriz/cifar.html">CIFAR-10</a>, binary version: 50,000 pictures to train, 10,000
 * held out, 32 x 32, in 10 classes.
 */
@Component("CIFAR10")
public final class Cifar10 extends CifarSource {
    private static final BinaryVersion FILES = new BinaryVersion(
            "cifar-10-batches-bin",
            List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin"),
            "test_batch.bin",
            1,
            "batches.meta.txt");

    /** Keys of {@code CIFAR10}. */
    public static final class Config extends CifarSource.Keys {}

    /** @throws IOException if a file is missing or damaged */
    @Inject
    Cifar10(Config config) throws IOException {
        super(FILES, config);
    }
}
