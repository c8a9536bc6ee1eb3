package io.github.selfsup4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.runner.UsedMemory;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(60)
class DataLoaderTest {
    private static NDManager manager;

    @BeforeAll
    static void startEngine() {
        manager = NDManager.newBaseManager();
    }

    @AfterAll
    static void stopEngine() {
        manager.close();
    }

    @Test
    void batchesAreTheSameForAnyNumberOfWorkers() {
        List<String> alone = batches(new NumberedDataset(50), settings(8, 0), 3, 0);
        assertEquals(7, alone.size());
        assertEquals(alone, batches(new NumberedDataset(50), settings(8, 1), 3, 0));
        assertEquals(alone, batches(new NumberedDataset(50), settings(8, 4), 3, 0));
    }

    @Test
    void everyEpochHasItsOwnOrderOfAllSamples() {
        List<Long> first = indices(new NumberedDataset(50), settings(8, 2), 0);
        List<Long> second = indices(new NumberedDataset(50), settings(8, 2), 1);
        assertNotEquals(first, second);
        assertEquals(
                LongStream.range(0, 50).boxed().toList(),
                first.stream().sorted().toList());
        assertEquals(
                LongStream.range(0, 50).boxed().toList(),
                second.stream().sorted().toList());
        assertNotEquals(first, first.stream().sorted().toList());
    }

    @Test
    void withoutShufflingSamplesComeInOrder() {
        assertEquals(
                LongStream.range(0, 20).boxed().toList(),
                indices(new NumberedDataset(20), DataLoader.Settings.inOrder(8, 2), 0));
    }

    @Test
    void theRandomnessOfASampleChangesFromEpochToEpoch() {
        DataLoader.Settings settings = DataLoader.Settings.inOrder(4, 1);
        assertNotEquals(
                batches(new NumberedDataset(4), settings, 0, 0), batches(new NumberedDataset(4), settings, 1, 0));
    }

    @Test
    void theLastBatchIsSmallerOrLeftOut() {
        try (DataLoader all = loader(new NumberedDataset(10), new DataLoader.Settings(4, 1, true, false, 1, 0));
                DataLoader full = loader(new NumberedDataset(10), new DataLoader.Settings(4, 1, true, true, 1, 0))) {
            assertEquals(List.of(4, 4, 2), sizes(all));
            assertEquals(List.of(4, 4), sizes(full));
        }
    }

    @Test
    void whatIsSkippedIsNeverMade() {
        NumberedDataset dataset = new NumberedDataset(50);
        List<String> all = batches(new NumberedDataset(50), settings(8, 2), 1, 0);
        assertEquals(all.subList(5, 7), batches(dataset, settings(8, 2), 1, 5));
        assertEquals(10, dataset.asked.size());
    }

    @Test
    void atMostTwoBatchesAreMadeAhead() throws InterruptedException {
        NumberedDataset dataset = new NumberedDataset(1000);
        try (DataLoader loader = loader(dataset, settings(10, 4));
                DataLoader.Epoch epoch = loader.epoch(0, 0)) {
            assertEquals(0, dataset.asked.size());
            epoch.next();
            assertStopsAt(30, dataset);
            epoch.next();
            assertStopsAt(40, dataset);
        }
    }

    private static void assertStopsAt(int samples, NumberedDataset dataset) throws InterruptedException {
        while (dataset.asked.size() < samples) {
            Thread.sleep(1);
        }
        Thread.sleep(100);
        assertEquals(samples, dataset.asked.size());
    }

    @Test
    void withoutWorkersABatchIsMadeWhenItIsAskedFor() {
        NumberedDataset dataset = new NumberedDataset(100);
        try (DataLoader loader = loader(dataset, settings(10, 0));
                DataLoader.Epoch epoch = loader.epoch(0, 0)) {
            epoch.next();
            assertEquals(10, dataset.asked.size());
        }
    }

    @Test
    void anUnreadablePictureIsToldOnceAndReplacedAlwaysByTheSame() {
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        List<List<Long>> runs = new ArrayList<>();
        for (int workers : new int[] {1, 4}) {
            DataLoader.Settings these = new DataLoader.Settings(10, workers, false, false, 1, 0.2);
            try (DataLoader loader = new DataLoader(new NumberedDataset(10, 7), these, warnings::add)) {
                runs.add(indices(loader, 0));
                loader.epoch(1, 0).next();
            }
        }
        assertEquals(
                List.of(
                        "can't read a picture, another one takes its place: picture-7.jpg: damaged",
                        "can't read a picture, another one takes its place: picture-7.jpg: damaged"),
                warnings,
                "once in each run");
        assertEquals(runs.get(0), runs.get(1));
        assertNotEquals(7L, runs.get(0).get(7));
        assertEquals(LongStream.range(0, 7).boxed().toList(), runs.get(0).subList(0, 7));
    }

    @Test
    void tooManyUnreadablePicturesEndTheRun() {
        Integer[] unreadable = IntStream.range(0, 3).boxed().toArray(Integer[]::new);
        assertEquals(
                10,
                indices(new NumberedDataset(10, unreadable), new DataLoader.Settings(5, 2, false, false, 1, 0.3), 0)
                        .size());
        String message = assertThrows(
                        DataException.class,
                        () -> indices(
                                new NumberedDataset(10, unreadable),
                                new DataLoader.Settings(5, 1, false, false, 1, 0.2),
                                0))
                .getMessage();
        assertEquals(
                "3 of 10 pictures can't be read, more than the fraction of 0.2 that data.max_bad_fraction allows;"
                        + " the last: picture-2.jpg: damaged",
                message);
    }

    @Test
    void aFailingTransformReachesTheTrainingThreadWithThePath() {
        Dataset failing = new NumberedDataset(10) {
            @Override
            public Sample sample(int index, RandomStream random) {
                if (index == 6) {
                    throw new IllegalArgumentException("the crop does not fit");
                }
                return new Sample().put("img", new FloatArray(new float[1], 1));
            }
        };
        for (int workers : new int[] {0, 3}) {
            DataLoader.Settings settings = DataLoader.Settings.inOrder(4, workers);
            try (DataLoader loader = loader(failing, settings);
                    DataLoader.Epoch epoch = loader.epoch(0, 0)) {
                assertEquals(4, epoch.next().size());
                String message = assertThrows(DataException.class, epoch::next).getMessage();
                assertEquals("sample 6 (picture-6.jpg): the crop does not fit", message);
            }
        }
    }

    @Test
    void aPictureThatIsNoTensorYetAndSizesThatDifferAreExplained() {
        assertEquals(
                "sample 0 (picture-0.jpg): 'img' is still a picture at the end of the pipeline: add ToTensor",
                failure(new Sample().put("img", new Image8(1, 1, 1, new byte[1])), new Sample()));
        assertEquals(
                "sample 1 (picture-1.jpg): its 'img' has the shape (3, 2), that of another one of its batch (2, 3);"
                        + " batches need one size, for example by Resize to [height, width] or CenterCrop",
                failure(
                        new Sample().put("img", new FloatArray(new float[6], 2, 3)),
                        new Sample().put("img", new FloatArray(new float[6], 3, 2))));
        assertEquals(
                "sample 1 (picture-1.jpg): it consists of [mask], another one of its batch of [img]",
                failure(
                        new Sample().put("img", new FloatArray(new float[1], 1)),
                        new Sample().put("mask", new LongArray(new long[1]))));
    }

    @Test
    void closingEndsEveryThreadAlsoInTheMiddleOfAnEpoch() {
        DataLoader loader = loader(new NumberedDataset(1000), settings(10, 3));
        DataLoader.Epoch epoch = loader.epoch(0, 0);
        epoch.next();
        assertTrue(workersAlive());
        epoch.close();
        loader.close();
        assertFalse(workersAlive());
    }

    /** The ninth sample does not come, whatever is done, until it is let go. */
    private static Dataset hanging(AtomicBoolean letGo) {
        return new NumberedDataset(100) {
            @Override
            public Sample sample(int index, RandomStream random) throws IOException {
                while (index == 8 && !letGo.get()) {
                    LockSupport.parkNanos(10_000_000);
                }
                return super.sample(index, random);
            }
        };
    }

    @Test
    void aWorkerThatHangsIsNamedAfterItsTime() {
        AtomicBoolean letGo = new AtomicBoolean();
        String message;
        try (DataLoader loader = loader(hanging(letGo), new DataLoader.Settings(4, 2, false, false, 1, 0, 0.3));
                DataLoader.Epoch epoch = loader.epoch(0, 0)) {
            epoch.next();
            epoch.next();
            message = assertThrows(DataException.class, epoch::next).getMessage();
            letGo.set(true);
        }
        assertTrue(
                message.startsWith(
                        "sample 8 (picture-8.jpg): not made within the 0.3 s that data.worker_timeout allows; the worker is at "),
                message);
        assertTrue(message.contains(", called from " + DataLoaderTest.class.getName()), message);
    }

    @Test
    void anInterruptEndsWaitingAndEveryThread() {
        try (DataLoader loader = loader(new NumberedDataset(1000), settings(10, 3));
                DataLoader.Epoch epoch = loader.epoch(0, 0)) {
            epoch.next();
            Thread.currentThread().interrupt();
            assertThrows(DataException.class, () -> epoch.forEachRemaining(batch -> {}));
        }
        assertTrue(Thread.interrupted());
        assertFalse(workersAlive());
    }

    @Test
    void anInterruptedReadIsNoBadPicture() {
        List<String> warnings = Collections.synchronizedList(new ArrayList<>());
        Dataset interrupted = new NumberedDataset(10) {
            @Override
            public Sample sample(int index, RandomStream random) throws IOException {
                throw new ClosedByInterruptException();
            }
        };
        try (DataLoader loader = new DataLoader(interrupted, settings(5, 1), warnings::add);
                DataLoader.Epoch epoch = loader.epoch(0, 0)) {
            assertThrows(DataException.class, epoch::next);
        }
        assertEquals(List.of(), warnings);
    }

    @Test
    void aLackOfMemoryIsToldWithThePath() {
        Dataset large = new NumberedDataset(10) {
            @Override
            public Sample sample(int index, RandomStream random) {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        try (DataLoader loader = loader(large, DataLoader.Settings.inOrder(1, 1));
                DataLoader.Epoch epoch = loader.epoch(0, 0)) {
            String message = assertThrows(DataException.class, epoch::next).getMessage();
            assertTrue(
                    message.startsWith(
                            "sample 0 (picture-0.jpg): out of memory (Java heap space): lower data.workers_per_gpu"),
                    message);
        }
    }

    @Test
    void anEpochThatWasLeftDoesNotDisturbTheNext() {
        List<String> expected = batches(new NumberedDataset(100), settings(10, 3), 1, 0);
        try (DataLoader loader = loader(new NumberedDataset(100), settings(10, 3))) {
            try (DataLoader.Epoch left = loader.epoch(0, 0)) {
                left.next();
            }
            assertEquals(expected, batches(loader, 1, 0));
        }
    }

    private static String failure(Sample first, Sample second) {
        Dataset dataset = new NumberedDataset(2) {
            @Override
            public Sample sample(int index, RandomStream random) {
                return index == 0 ? first : second;
            }
        };
        try (DataLoader loader = loader(dataset, DataLoader.Settings.inOrder(2, 0));
                DataLoader.Epoch epoch = loader.epoch(0, 0)) {
            return assertThrows(DataException.class, epoch::next).getMessage();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void closingGivesTheMemoryOfBatchesBackAtOnce() {
        Dataset large = new NumberedDataset(8) {
            @Override
            public Sample sample(int index, RandomStream random) {
                return new Sample().put("img", new FloatArray(new float[4 << 20], 4 << 20));
            }
        };
        long open;
        try (DataLoader loader = loader(large, settings(8, 1))) {
            assertEquals(List.of(8), sizes(loader));
            open = UsedMemory.megabytes(Device.cpu()).orElseThrow();
        }
        long closed = UsedMemory.megabytes(Device.cpu()).orElseThrow();
        assertTrue(
                open - closed > 100,
                "a batch has 128 MB; the process has " + open + " MB with it, then " + closed + " MB");
    }

    private static boolean workersAlive() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("data-worker-"));
    }

    private static DataLoader.Settings settings(int batchSize, int workers) {
        return new DataLoader.Settings(batchSize, workers, true, false, 42, 0.01);
    }

    private static DataLoader loader(Dataset dataset, DataLoader.Settings settings) {
        return new DataLoader(dataset, settings, warning -> {});
    }

    private static List<Integer> sizes(DataLoader loader) {
        List<Integer> sizes = new ArrayList<>();
        try (DataLoader.Epoch epoch = loader.epoch(0, 0)) {
            epoch.forEachRemaining(batch -> sizes.add(batch.size()));
        }
        return sizes;
    }

    private static List<Long> indices(Dataset dataset, DataLoader.Settings settings, int number) {
        try (DataLoader loader = loader(dataset, settings)) {
            return indices(loader, number);
        }
    }

    private static List<Long> indices(DataLoader loader, int number) {
        List<Long> indices = new ArrayList<>();
        try (DataLoader.Epoch epoch = loader.epoch(number, 0);
                NDManager scope = manager.newSubManager()) {
            epoch.forEachRemaining(batch ->
                    LongStream.of(batch.toBatch(scope).get("idx").toLongArray()).forEach(indices::add));
        }
        return indices;
    }

    private static List<String> batches(Dataset dataset, DataLoader.Settings settings, int number, int skip) {
        try (DataLoader loader = loader(dataset, settings)) {
            return batches(loader, number, skip);
        }
    }

    /** Every value of every batch. */
    private static List<String> batches(DataLoader loader, int number, int skip) {
        List<String> batches = new ArrayList<>();
        try (DataLoader.Epoch epoch = loader.epoch(number, skip)) {
            while (epoch.hasNext()) {
                try (NDManager scope = manager.newSubManager()) {
                    NDArray images = epoch.next().toBatch(scope).get("img");
                    batches.add(images.getShape() + Arrays.toString(images.toFloatArray()));
                }
            }
        }
        return batches;
    }
}
