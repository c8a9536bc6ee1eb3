package io.github.selfsup4j.tools.terminal;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.reflect.Field;
import java.util.Map;

/** Counts the arrays that DJL holds in native memory. */
final class NativeArrays {
    private NativeArrays() {}

    /**
     * The arrays of every open manager of the process.
     *
     * @param any one of them
     */
    static long count(NDManager any) {
        NDManager root = any;
        while (root.getParentManager() != null && root.getParentManager() != root) {
            root = root.getParentManager();
        }
        return countBelow(root);
    }

    private static long countBelow(NDManager manager) {
        long count = 0;
        for (Object resource : resources(manager).values()) {
            count += resource instanceof NDArray ? 1 : resource instanceof NDManager below ? countBelow(below) : 0;
        }
        return count;
    }

    /** DJL only prints them, by {@code debugDump}. */
    private static Map<?, ?> resources(NDManager manager) {
        try {
            Field field = BaseNDManager.class.getDeclaredField("resources");
            field.setAccessible(true);
            return (Map<?, ?>) field.get(manager);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this version of DJL keeps its arrays elsewhere", e);
        }
    }
}
