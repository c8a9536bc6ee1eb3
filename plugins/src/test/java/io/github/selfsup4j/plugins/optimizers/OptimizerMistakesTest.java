package io.github.selfsup4j.plugins.optimizers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import io.github.selfsup4j.config.ConfigException;
import io.github.selfsup4j.nn.Kernels;
import io.github.selfsup4j.nn.Precision;
import io.github.selfsup4j.optim.Optimizer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts that users see; change them here on purpose only. */
class OptimizerMistakesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: SGD} | : missing required key 'lr': expected a number",
                "{type: SGD, lr: -1} | .lr: expected 0 or more, found the integer -1",
                "{type: SGD, lr: 1, nesterov: true} | .nesterov: expected false, or a momentum and no dampening, found true",
                "{type: AdamW, lr: 1, betas: [0.9]} | .betas: expected two numbers in [0, 1), found a list of 1 item",
                "{type: AdamW, lr: 1, betas: [0.9, 1]} | .betas: expected two numbers in [0, 1), found a list of 2 items",
                "{type: AdamW, lr: 1, momentum: 0.9} | .momentum: unknown key; known keys: amsgrad, betas, constructor, eps, layer_decay, lr, model_type, paramwise_options, type, weight_decay",
                "{type: SGD, lr: 1, paramwise_options: {'(bn': {}}} | .paramwise_options.(bn: no regular expression: Unclosed group at character 3; a character with a meaning of its own needs a \\ before it",
                "{type: SGD, lr: 1, paramwise_options: {bn: {weigth_decay: 0}}} | .paramwise_options.bn.weigth_decay: unknown option; did you mean 'weight_decay'? The optimizer has dampening, fix_lr, lr, momentum, nesterov, weight_decay",
                "{type: SGD, lr: 1, paramwise_options: {bn: {lars_exclude: true}}} | .paramwise_options.bn.lars_exclude: unknown option; the optimizer has dampening, fix_lr, lr, momentum, nesterov, weight_decay",
                "{type: AdamW, lr: 1, paramwise_options: {bn: {momentum_mult: 2}}} | .paramwise_options.bn.momentum_mult: there is no option 'momentum' to multiply; the optimizer has amsgrad, beta1, beta2, eps, lr, weight_decay",
                "{type: LARS, lr: 1, paramwise_options: {bn: {lars_exclude_mult: 2}}} | .paramwise_options.bn.lars_exclude_mult: there is no option 'lars_exclude' to multiply; the optimizer has dampening, eps, eta, lr, momentum, nesterov, weight_decay",
                "{type: SGD, lr: 1, paramwise_options: {bn: {lr: high}}} | .paramwise_options.bn.lr: expected a number, true or false, found the string \"high\"",
                "{type: SGD, lr: 1, paramwise_options: {bn: 0}} | .paramwise_options.bn: expected a map of options, such as {weight_decay: 0.}, found the integer 0",
                "{type: AdamW, lr: 1, constructor: TransformerFinetune} | .constructor: expected one of DefaultOptimizerConstructor, TransformerFinetuneConstructor, found the string \"TransformerFinetune\"",
                "{type: AdamW, lr: 1, layer_decay: 0.9, model_type: vit} | .constructor: expected TransformerFinetuneConstructor, which is what layer_decay is for, found the default DefaultOptimizerConstructor",
                "{type: AdamW, lr: 1, layer_decay: 0.9, constructor: TransformerFinetuneConstructor} | .model_type: expected vit or swin, as there is a layer_decay, found the default null",
                "{type: AdamW, lr: 1, layer_decay: 0.9, constructor: TransformerFinetuneConstructor, model_type: resnet} | .model_type: expected one of vit, swin, found the string \"resnet\""
            })
    void isToldWithPlaceAndChoice(String optimizer, String message) {
        String expected = "c.yaml:1: optimizer" + message;
        String found = Configs.problems(optimizer);
        assertEquals(expected, found);
    }

    @Test
    void multipliersOfMmcvAmongThePatternsAreNoMistake() {
        assertEquals("", Configs.problems("{type: SGD, lr: 1, paramwise_options: {norm_decay_mult: 0.}}"));
    }

    @Test
    void severalMistakesAreToldTogether() {
        String problems = Configs.problems("{type: LARS, lr: 1, eta: -1, paramwise_options: {'[': {lrr: 1}}}");
        assertEquals(3, problems.lines().count(), problems);
    }

    @Test
    void aModelWithoutTheLayersOfItsTypeIsTold() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            Optimizer optimizer = Configs.optimizer(
                    "{type: AdamW, lr: 1, layer_decay: 0.9, constructor: TransformerFinetuneConstructor, model_type: swin}",
                    new Kernels(manager, Precision.FP32));
            ConfigException e = assertThrows(
                    ConfigException.class,
                    () -> optimizer.attach(Map.of("backbone.layers.0.weight", Model.parameter("weight", true, 2))));
            assertEquals(
                    "optimizer.model_type: swin has parameters such as backbone.stages.0.blocks.0, the model has none; name its type, or leave out layer_decay",
                    e.getMessage());
        }
    }
}
