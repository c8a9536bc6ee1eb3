package io.github.selfsup4j.plugins.cifar;

import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;

/**
 * <a href="https://www.cs.toronto.edu/~kriz/cifar.html">CIFAR-100</a>, binary version: 50,000 pictures to train, 10,000
 * held out, 32 x 32, in 100 classes (the fine ones).
 */
@Component("CIFAR100")
public final class Cifar100 extends CifarSource {
    private static final BinaryVersion FILES =
            new BinaryVersion("cifar-100-binary", List.of("train.bin"), "test.bin", 2, "fine_label_names.txt");

    /** Keys of {@code CIFAR100}. */
    public static final class Config extends CifarSource.Keys {}

    /** @throws IOException if a file is missing or damaged */
    @Inject
    Cifar100(Config config) throws IOException {
        super(FILES, config);
    }
}
