package io.github.selfsup4j.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.norm.Dropout;
import io.github.selfsup4j.data.RandomStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What the layers of one forward pass share: the scope that owns its arrays, whether it trains, and its random numbers.
 */
public final class Pass {
    private final NDManager scope;
    private final boolean training;
    private final Draws draws;
    private final Optional<BiConsumer<String, NDArray>> recorder;
    private final AtomicInteger rands;

    private Pass(
            NDManager scope,
            boolean training,
            Draws draws,
            Optional<BiConsumer<String, NDArray>> recorder,
            AtomicInteger rands) {
        this.scope = scope;
        this.training = training;
        this.draws = draws;
        this.recorder = recorder;
        this.rands = rands;
    }

    /**
     * A training pass.
     *
     * @param scope the owner of every array that the pass makes
     */
    public static Pass training(NDManager scope, Draws draws) {
        return new Pass(scope, true, draws, Optional.empty(), new AtomicInteger());
    }

    /** A pass in evaluation mode. It may draw nothing. */
    public static Pass evaluation(NDManager scope) {
        Draws none = (name, manager, make) -> {
            throw new IllegalStateException("'" + name + "' is drawn at random in evaluation mode");
        };
        return new Pass(scope, false, none, Optional.empty(), new AtomicInteger());
    }

    /** A pass in evaluation mode for a method that draws nevertheless, such as what to hide of an image. */
    public static Pass evaluation(NDManager scope, Draws draws) {
        return new Pass(scope, false, draws, Optional.empty(), new AtomicInteger());
    }

    /** The same pass, which also tells intermediate results by module path, as {@code trace} writes them. */
    public Pass recordingTo(BiConsumer<String, NDArray> recorder) {
        return new Pass(scope, training, draws, Optional.of(recorder), rands);
    }

    /** The owner of the arrays of this pass. */
    public NDManager scope() {
        return scope;
    }

    /** True in training mode. */
    public boolean training() {
        return training;
    }

    /** True if someone records this pass: reason enough to compute what is only worth recording. */
    public boolean recording() {
        return recorder.isPresent();
    }

    /** The same pass for a child: what it records is named below the child's name. */
    public Pass under(String child) {
        return recorder.map(record -> recordingTo((name, array) -> record.accept(child + "." + name, array)))
                .orElse(this);
    }

    /** Dropout: zeroes elements with a probability and scales the others up, in training only. */
    public NDArray dropout(NDArray x, double rate) {
        return training && rate > 0 ? Dropout.dropout(x, (float) rate, true).singletonOrThrow() : x;
    }

    /**
     * Tells an intermediate result to whoever records this pass.
     *
     * @return the same array
     */
    public NDArray record(String name, NDArray array) {
        recorder.ifPresent(record -> record.accept(name, array));
        return array;
    }

    /**
     * Gives back an array's memory now that the next one was made of it; what autograd needs of it, it has.
     *
     * @return the next one
     */
    public static NDArray replace(NDArray done, NDArray next) {
        done.close();
        return next;
    }

    /**
     * As {@link #record(String, NDArray)} for a part with several results, {@code name.0}, {@code name.1}, ...; one is
     * just {@code name}.
     */
    public NDList recordAll(String name, NDList arrays) {
        for (int i = 0; i < arrays.size(); i++) {
            record(arrays.size() == 1 ? name : name + "." + i, arrays.get(i));
        }
        return arrays;
    }

    /** A named draw; see {@link Draws}. */
    public NDArray draw(String name, Function<RandomStream, NDArray> make) {
        return draws.draw(name, scope, make);
    }

    /** Uniform numbers in [0, 1) as a named draw. */
    public NDArray uniform(String name, long... shape) {
        return draw(name, random -> {
            float[] values = new float[(int) new Shape(shape).size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.uniform(0, 1);
            }
            return scope.create(values, new Shape(shape));
        });
    }

    /**
     * Uniform numbers in [0, 1) for stochastic depth, named {@code rand_0}, {@code rand_1}, ... in the order of calls.
     */
    public NDArray nextRand(long... shape) {
        return uniform("rand_" + rands.getAndIncrement(), shape);
    }
}
