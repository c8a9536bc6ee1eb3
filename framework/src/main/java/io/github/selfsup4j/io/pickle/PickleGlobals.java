package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.tensor.ElementType;
import io.github.selfsup4j.io.tensor.StridedView;
import io.github.selfsup4j.io.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Python names a checkpoint may use and what they stand for here: containers, tensors and their parts, as in
 * PyTorch's own {@code weights_only} reader. No Python class or function is ever looked up, let alone called.
 */
public final class PickleGlobals {
    private static final String ORDERED_DICT = "collections.OrderedDict";
    private static final String DEFAULT_DICT = "collections.defaultdict";
    private static final String COUNTER = "collections.Counter";
    private static final String REBUILD_TENSOR = "torch._utils._rebuild_tensor";
    private static final String REBUILD_TENSOR_2 = "torch._utils._rebuild_tensor_v2";
    private static final String REBUILD_TENSOR_3 = "torch._utils._rebuild_tensor_v3";
    private static final String REBUILD_PARAMETER = "torch._utils._rebuild_parameter";
    private static final String REBUILD_PARAMETER_WITH_STATE = "torch._utils._rebuild_parameter_with_state";
    private static final String REBUILD_FROM_TYPE = "torch._tensor._rebuild_from_type_v2";
    private static final String SIZE = "torch.Size";
    private static final String DEVICE = "torch.device";
    private static final String ENCODE = "_codecs.encode";
    private static final String BYTEARRAY = "builtins.bytearray";
    private static final String SET = "builtins.set";
    private static final Set<String> CALLABLE = Set.of(
            ORDERED_DICT,
            DEFAULT_DICT,
            COUNTER,
            REBUILD_TENSOR,
            REBUILD_TENSOR_2,
            REBUILD_TENSOR_3,
            REBUILD_PARAMETER,
            REBUILD_PARAMETER_WITH_STATE,
            REBUILD_FROM_TYPE,
            SIZE,
            DEVICE,
            ENCODE,
            BYTEARRAY,
            SET);
    private static final String UNTYPED_STORAGE = "torch.storage.UntypedStorage";
    /** Names that stand for themselves: the classes of tensors, the factories of default dictionaries. */
    private static final Set<String> NAMES = Set.of(
            "torch.Tensor",
            "torch.nn.parameter.Parameter",
            UNTYPED_STORAGE,
            "builtins.list",
            "builtins.dict",
            "builtins.int",
            "builtins.float");

    private static final int COPY_COST = 64;

    private final Path file;
    private final TensorMaker tensors;
    private final MemoryBudget budget;

    public PickleGlobals(Path file, TensorMaker tensors, MemoryBudget budget) {
        this.file = file;
        this.tensors = tensors;
        this.budget = budget;
    }

    /** The value of {@code module.name}; anything that is not allowed is refused by its name. */
    PickleValue.Global resolve(String module, String name) {
        String full = (module.equals("__builtin__") ? "builtins" : module) + "." + name;
        if (CALLABLE.contains(full)
                || NAMES.contains(full)
                || storageType(full).isPresent()
                || dtype(full).isPresent()) {
            return new PickleValue.Global(full);
        }
        throw bad(
                "the Python object " + full,
                "tensors and plain values only (nothing in a checkpoint is ever run); if you"
                        + " trust the file, load it in Python and save its state_dict alone");
    }

    /** What {@code function(*arguments)} gives. */
    PickleValue call(PickleValue.Global function, List<PickleValue> arguments) {
        PickleArguments given = new PickleArguments(file, function.name(), arguments);
        return switch (function.name()) {
            case ORDERED_DICT -> dictionary(given, 0, true);
            case DEFAULT_DICT -> dictionary(given, 1, false);
            case COUNTER -> dictionary(given, 0, false);
            case REBUILD_TENSOR, REBUILD_TENSOR_2 ->
                tensor(given, given.storage(0).type());
            case REBUILD_TENSOR_3 ->
                tensor(given, dtype(given.global(6)).orElseThrow(() -> given.bad(6, "a known dtype")));
            case REBUILD_PARAMETER, REBUILD_PARAMETER_WITH_STATE -> new PickleValue.Final(Tree.of(given.tensor(0)));
            case REBUILD_FROM_TYPE -> fromType(given);
            case SIZE -> new PickleValue.Items(given.items(0), true);
            case DEVICE -> new PickleValue.Final(Tree.of(given.text(0)));
            case ENCODE -> encode(given);
            case BYTEARRAY -> new PickleValue.Final(given.size() == 0 ? new Tree.Bytes("") : bytearray(given));
            case SET -> set(given);
            default -> throw bad("a call of " + function.name(), "it as a name only");
        };
    }

    /** A persistent id: {@code ('storage', class, key, location, number of elements)}. */
    PickleValue persistent(PickleValue id) {
        PickleArguments given = new PickleArguments(file, "a storage", List.of(id)).nested(0);
        if (!given.text(0).equals("storage")) {
            throw given.bad(0, "'storage'");
        }
        String className = given.global(1);
        boolean isUntyped = className.equals(UNTYPED_STORAGE);
        ElementType type = isUntyped
                ? ElementType.UINT8
                : storageType(className).orElseThrow(() -> given.bad(1, "a storage class"));
        return new PickleValue.Storage(tensors.storage(given.text(2), type, isUntyped, given.whole(4)));
    }

    private PickleValue tensor(PickleArguments given, ElementType type) {
        StridedView view = new StridedView(type, given.whole(1), given.sizes(2), given.sizes(3));
        return new PickleValue.Final(Tree.of(tensors.tensor(given.storage(0), view)));
    }

    /** A tensor with Python attributes: the attributes are dropped. */
    private PickleValue fromType(PickleArguments given) {
        String function = given.global(0);
        if (!function.startsWith("torch._utils._rebuild_tensor")) {
            throw given.bad(0, "a function that makes a tensor");
        }
        return call(new PickleValue.Global(function), given.items(2));
    }

    private PickleValue dictionary(PickleArguments given, int at, boolean isOrderedDict) {
        PickleValue.Dictionary result = PickleValue.Dictionary.empty(isOrderedDict);
        if (at < given.size()) {
            Map<Tree, PickleValue> entries = given.entries(at);
            budget.take((long) COPY_COST * entries.size(), "dictionaries");
            result.entries().putAll(entries);
        }
        return result;
    }

    private PickleValue set(PickleArguments given) {
        List<PickleValue> items = given.size() == 0 ? List.of() : given.items(0);
        budget.take((long) COPY_COST * items.size(), "sets");
        return new PickleValue.Items(new ArrayList<>(items), false);
    }

    /** Protocol 2 has no bytes: they are written as {@code encode(text, 'latin1')}. */
    private PickleValue encode(PickleArguments given) {
        String text = given.text(0);
        if (!given.text(1).equals("latin1")
                || !StandardCharsets.ISO_8859_1.newEncoder().canEncode(text)) {
            throw given.bad(1, "text that is bytes in latin1");
        }
        return new PickleValue.Final(new Tree.Bytes(text));
    }

    private Tree bytearray(PickleArguments given) {
        if (given.value(0) instanceof PickleValue.Final leaf && leaf.tree() instanceof Tree.Bytes bytes) {
            return bytes;
        }
        throw given.bad(0, "bytes");
    }

    private static Optional<ElementType> storageType(String name) {
        return name.startsWith("torch.")
                ? ElementType.ofTorchStorage(name.substring("torch.".length()))
                : Optional.empty();
    }

    private static Optional<ElementType> dtype(String name) {
        return name.startsWith("torch.")
                ? ElementType.ofTorchName(name.substring("torch.".length()))
                : Optional.empty();
    }

    private FormatException bad(String found, String expected) {
        return new FormatException(file, found, expected);
    }
}
