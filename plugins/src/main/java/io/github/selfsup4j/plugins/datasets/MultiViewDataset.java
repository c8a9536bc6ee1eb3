package io.github.selfsup4j.plugins.datasets;

import io.github.selfsup4j.config.Checks;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.Required;
import io.github.selfsup4j.config.Validated;
import io.github.selfsup4j.data.DataSource;
import io.github.selfsup4j.data.Dataset;
import io.github.selfsup4j.data.Image8;
import io.github.selfsup4j.data.RandomStream;
import io.github.selfsup4j.data.Sample;
import io.github.selfsup4j.data.Transform;
import io.github.selfsup4j.inject.ChecksParts;
import io.github.selfsup4j.inject.ComponentPlan;
import io.github.selfsup4j.inject.Slot;
import io.github.selfsup4j.registry.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several views of each picture, {@code img_0}, {@code img_1}, ...: the first {@code num_views[0]} are made by the
 * first pipeline, and so on (the reference's {@code MultiViewDataset}).
 */
@Component("MultiViewDataset")
public final class MultiViewDataset implements Dataset {

    /** Keys of {@code MultiViewDataset}, besides {@code data_source} and {@code pipelines}. */
    public static final class Config implements Validated, ChecksParts {
        /** How many views each pipeline makes. */
        @Required
        public List<Integer> numViews;
        /** For configs of the reference, where true leaves the last transforms to the GPU; only false here. */
        public boolean prefetch = false;

        @Override
        public void validate(Checks checks) {
            checks.require(
                    !numViews.isEmpty() && numViews.stream().allMatch(views -> views > 0),
                    "numViews",
                    "positive numbers, one a pipeline");
            checks.require(
                    !prefetch,
                    "prefetch",
                    "false: batches are made ahead anyway, with ToTensor and Normalize in the pipelines");
        }

        @Override
        public void checkParts(ComponentPlan self, Problems problems) {
            int pipelines = self.childLists("pipelines").size();
            if (pipelines != numViews.size()) {
                problems.add(
                        self.location("num_views"),
                        self.path("num_views"),
                        "expected as many numbers as there are pipelines, " + pipelines + ", found " + numViews.size());
            }
        }
    }

    private final DataSource source;
    private final List<List<Transform>> views;

    @Inject
    MultiViewDataset(Config config, DataSource dataSource, @Slot("pipelines") List<List<Transform>> pipelines) {
        source = dataSource;
        views = IntStream.range(0, pipelines.size())
                .boxed()
                .flatMap(i -> Collections.nCopies(config.numViews.get(i), pipelines.get(i)).stream())
                .toList();
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public Sample sample(int index, RandomStream random) throws IOException {
        Image8 image = source.image(index);
        Sample sample = new Sample();
        for (int i = 0; i < views.size(); i++) {
            Sample view = new Sample().put("img", image);
            views.get(i).forEach(transform -> transform.apply(view, random));
            for (String name : view.names()) {
                sample.put(name + "_" + i, view.get(name));
            }
        }
        return sample;
    }

    @Override
    public DataSource source() {
        return source;
    }
}
