package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.tree.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the {@link Unpickler} has on its stack. Containers can still change; {@link PickleTree} makes them final. */
public sealed interface PickleValue {
    /** A value that is final already: a scalar or a tensor. */
    record Final(Tree tree) implements PickleValue {}

    /** A list, tuple or set. A tuple's items never change. */
    record Items(List<PickleValue> items, boolean isTuple) implements PickleValue {}

    /** A dictionary; its keys are scalars. */
    record Dictionary(Map<Tree, PickleValue> entries, boolean isOrderedDict) implements PickleValue {
        static Dictionary empty(boolean isOrderedDict) {
            return new Dictionary(new LinkedHashMap<>(), isOrderedDict);
        }
    }

    /** One of the names of {@link PickleGlobals}: a name only, no class is looked up. */
    record Global(String name) implements PickleValue {}

    /** The bytes a tensor is a view of. */
    record Storage(TorchStorage storage) implements PickleValue {}
}
