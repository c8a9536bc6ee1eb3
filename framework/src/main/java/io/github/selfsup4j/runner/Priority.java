package io.github.selfsup4j.runner;

/** When a hook is called among the others at the same stage: the smaller value first, ties in config order. */
public enum Priority {
    HIGHEST(0),
    VERY_HIGH(10),
    HIGH(30),
    ABOVE_NORMAL(40),
    NORMAL(50),
    BELOW_NORMAL(60),
    LOW(70),
    VERY_LOW(90),
    LOWEST(100);

    private final int value;

    Priority(int value) {
        this.value = value;
    }

    /** OpenMMLab's number, 0 to 100. */
    public int value() {
        return value;
    }
}
