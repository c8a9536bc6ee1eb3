package io.github.selfsup4j.config;

/**
 * A {@code Config} whose values must satisfy more than their types say.
 *
 * <pre>{@code
 * @Override public void validate(Checks checks) {
 *     checks.require(maskRatio > 0 && maskRatio < 1, "maskRatio", "a number between 0 and 1");
 *     checks.require(embedDims % numHeads == 0, "embedDims", "a multiple of num_heads (" + numHeads + ")");
 * }
 * }</pre>
 */
public interface Validated {
    /** Reports values that cannot be. Called when every value has the right type. */
    void validate(Checks checks);
}
