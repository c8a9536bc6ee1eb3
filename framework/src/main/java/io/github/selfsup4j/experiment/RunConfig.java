package io.github.selfsup4j.experiment;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.optim.LossScaling;
import io.github.selfsup4j.optim.OptimizerSettings;
import java.nio.file.Path;
import java.util.List;

/** The top level of a config: MMSelfSup's sections, with its names and defaults. */
public final class RunConfig {
    /** The algorithm to train: an algorithm component. */
    public MapNode model = null;
    /** Data and how to load it. */
    public DataConfig data = new DataConfig();
    /** The optimizer: an optimizer component. */
    public MapNode optimizer = null;
    /** Clipping, accumulation, frozen layers. */
    public OptimizerSettings optimizerConfig = new OptimizerSettings();
    /** Learning-rate schedule: {@code policy} and its keys; null keeps the optimizer's learning rate. */
    public MapNode lrConfig = null;
    /** Momentum schedule: {@code policy} and its keys. */
    public MapNode momentumConfig = null;
    /** How long to train: a runner component. */
    public MapNode runner = null;
    /** Keys of {@code CheckpointHook}. */
    public MapNode checkpointConfig = null;
    /** {@code interval} and {@code hooks}, the loggers. */
    public MapNode logConfig = null;
    /** Keys of {@code EvalHook}, among them the {@code evaluator}. */
    public MapNode evaluation = null;
    /** Further hooks: hook components, with an optional {@code priority}. */
    public List<MapNode> customHooks = List.of();
    /** Mixed precision with loss scaling: float16 on CUDA, bfloat16 without scaling on the CPU. */
    public LossScaling.Config fp16 = null;
    /** Checkpoint whose weights to start from. */
    public String loadFrom = null;
    /** Checkpoint of a run to continue. */
    public String resumeFrom = null;
    /** Continues from the newest checkpoint of the work directory, if there is one. */
    public boolean autoResume = false;
    /** Rules {@code [pattern, replacement]} for the names in {@code load_from}. */
    public List<List<String>> reviseKeys = List.of(List.of("^module\\.", ""));
    /** {@code [[train, 1]]} is the only one: evaluation is a hook's work. */
    public ConfigNode workflow = null;
    /** {@code DEBUG}, {@code INFO}, {@code WARNING} or {@code ERROR}. */
    public String logLevel = "INFO";
    /** Seed of everything random; null draws one, which the log tells. */
    public Long seed = null;
    /** Folder of the run; null for {@code work_dirs/<name of the config>}. */
    public Path workDir = null;
    /** {@code cpu}, {@code cuda} or {@code cuda:N}; null for CUDA if there is one. */
    public String device = null;
    /** {@code fp32}, {@code bf16} or {@code fp16}; null for what {@code fp16} says. */
    public String precision = null;
    /** Plug-in jars, folders of jars, or folders of classes. */
    public List<Path> pluginPaths = List.of();
    /** How many images of {@code data.extract} the command {@code svm} learns from; it tests on the others. */
    public List<Integer> splitAt = List.of();
    /** Names of the two parts. */
    public List<String> splitName = List.of();
    /** Name of the images of {@code data.extract}. */
    public String name = null;

    /** Accepted for compatibility, without effect on one device. */
    public MapNode distParams = null;
    /** Accepted for compatibility; see {@code persistent_workers} of {@code data}. */
    public boolean persistentWorkers = true;
    /** Accepted for compatibility; the engine chooses. */
    public boolean cudnnBenchmark = true;
    /** Accepted for compatibility; images are decoded in the workers' own threads. */
    public int opencvNumThreads = 0;
    /** Accepted for compatibility; workers are threads. */
    public String mpStartMethod = null;
    /** Accepted for compatibility if empty; what is done in training is {@code train_cfg} of the model. */
    public MapNode trainCfg = null;
    /** Accepted for compatibility if empty. */
    public MapNode testCfg = null;
    /** Accepted for compatibility; parameters without gradient are left alone. */
    public boolean findUnusedParameters = false;
}
