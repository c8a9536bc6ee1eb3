package io.github.selfsup4j.experiment;

import io.github.selfsup4j.config.ConfigNode;
import io.github.selfsup4j.config.ListNode;
import io.github.selfsup4j.config.Location;
import io.github.selfsup4j.config.MapNode;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.config.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns the sections that stand for hooks ({@code lr_config}, {@code checkpoint_config}, ...) into hook components, as
 * mmcv's {@code register_training_hooks} does.
 */
final class HookSections {
    private final Problems problems;
    private final List<MapNode> hooks = new ArrayList<>();

    private HookSections(Problems problems) {
        this.problems = problems;
    }

    /** The hooks of a config in the order in which mmcv registers them. */
    static List<MapNode> of(RunConfig config, Problems problems) {
        HookSections sections = new HookSections(problems);
        sections.schedule(config.lrConfig, "LrUpdaterHook");
        sections.schedule(config.momentumConfig, "MomentumUpdaterHook");
        sections.section(config.checkpointConfig, "CheckpointHook");
        sections.hooks.add(typed(MapNode.empty(Location.NONE, "iter_timer"), "IterTimerHook"));
        sections.loggers(config.logConfig);
        sections.hooks.addAll(config.customHooks);
        sections.section(withEvaluator(config), "EvalHook");
        return sections.hooks;
    }

    /** The reference's {@code evaluation} knows one evaluator only: the accuracy on {@code data.val}. */
    private static MapNode withEvaluator(RunConfig config) {
        MapNode section = config.evaluation;
        if (section == null || section.get("evaluator").isPresent() || config.data.val == null) {
            return section;
        }
        MapNode evaluator = typed(MapNode.empty(section.location(), section.path() + ".evaluator"), "AccuracyEvaluator")
                .with("dataset", config.data.val)
                .with("batch_size", number(section, config.data.samplesPerGpu))
                .with("workers", number(section, config.data.workersPerGpu));
        if (section.get("topk").isPresent()) {
            evaluator = evaluator.with("topk", section.get("topk").orElseThrow());
        }
        return section.without("topk").with("evaluator", evaluator);
    }

    private void schedule(MapNode section, String suffix) {
        if (section == null) {
            return;
        }
        Optional<String> policy = section.text("policy");
        if (policy.isPresent()) {
            ConfigNode node = section.get("policy").orElseThrow();
            ScalarNode type = ScalarNode.string(node.location(), node.path(), hookName(policy.get(), suffix));
            hooks.add(section.without("policy").with("type", type));
        } else if (section.get("type").isPresent()) {
            hooks.add(section);
        } else {
            problems.add(
                    section.location(),
                    section.path(),
                    "missing required key 'policy': the schedule, for example CosineAnnealing");
        }
    }

    /** mmcv's rule: a policy in lower case gets a capital first letter, others stay as they are. */
    static String hookName(String policy, String suffix) {
        boolean lower = policy.equals(policy.toLowerCase(Locale.ROOT));
        return (lower && !policy.isEmpty() ? Character.toUpperCase(policy.charAt(0)) + policy.substring(1) : policy)
                + suffix;
    }

    private void section(MapNode section, String defaultType) {
        if (section != null) {
            hooks.add(section.get("type").isPresent() ? section : typed(section, defaultType));
        }
    }

    private void loggers(MapNode section) {
        if (section == null) {
            return;
        }
        Optional<ConfigNode> interval = section.get("interval");
        for (String key : section.keys()) {
            if (!key.equals("interval") && !key.equals("hooks")) {
                problems.add(
                        section.keyLocation(key),
                        section.path() + "." + key,
                        "unknown key; expected interval and hooks");
            }
        }
        ConfigNode list = section.get("hooks").orElse(null);
        if (!(list instanceof ListNode loggers)) {
            problems.add(
                    section.location(),
                    section.path(),
                    "missing required key 'hooks': a list of loggers, for example [{type: TextLoggerHook}]");
            return;
        }
        for (ConfigNode item : loggers.items()) {
            if (item instanceof MapNode logger) {
                hooks.add(
                        interval.isPresent() && logger.get("interval").isEmpty()
                                ? logger.with("interval", interval.get())
                                : logger);
            } else {
                problems.add(item.location(), item.path(), "expected a map with a 'type' that names a logger");
            }
        }
    }

    private static ScalarNode number(MapNode section, int value) {
        return ScalarNode.plain(section.location(), section.path(), Integer.toString(value));
    }

    private static MapNode typed(MapNode section, String type) {
        return section.with("type", ScalarNode.string(section.location(), section.path() + ".type", type));
    }
}
