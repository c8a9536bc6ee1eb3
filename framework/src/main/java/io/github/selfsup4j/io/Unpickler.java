package io.github.selfsup4j.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stack machine of Python's pickle, cut down to data. It builds lists, dictionaries and tensors out of the
 * names {@link PickleGlobals} allows, and refuses every other name and opcode.
 */
final class Unpickler {
    private static final PickleValue NONE = new PickleValue.Final(Tree.none());
    private static final PickleValue TRUE = new PickleValue.Final(Tree.of(true));
    private static final PickleValue FALSE = new PickleValue.Final(Tree.of(false));
    /** Upper bounds of the memory one such thing takes, with its place in stack or container. */
    private static final int VALUE_COST = 64;
    private static final int CONTAINER_COST = 128;
    private static final int ITEM_COST = 16;
    private static final int ENTRY_COST = 96;
    private static final int MEMO_COST = 80;

    private final Path file;
    private final ByteBuffer pickle;
    private final PickleGlobals globals;
    private final MemoryBudget budget;
    private final List<PickleValue> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, PickleValue> memo = new HashMap<>();

    Unpickler(Path file, ByteBuffer pickle, PickleGlobals globals, MemoryBudget budget) {
        this.file = file;
        this.pickle = pickle.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.globals = globals;
        this.budget = budget;
    }

    /** Runs the machine until it stops and gives the value it leaves. */
    PickleValue load() {
        while (true) {
            int opcode = Byte.toUnsignedInt(pickle.get(need(1)));
            if (opcode == PickleOp.STOP) {
                return pop();
            }
            execute(opcode);
        }
    }

    private void execute(int opcode) {
        switch (opcode) {
            case PickleOp.PROTO -> protocol(unsigned8());
            case PickleOp.FRAME -> length(Long.BYTES);
            case PickleOp.MARK -> mark();
            case PickleOp.POP -> pop();
            case PickleOp.POP_MARK -> popToMark();
            case PickleOp.DUP -> push(peek());
            case PickleOp.BINPUT -> put(unsigned8());
            case PickleOp.LONG_BINPUT -> put(int32());
            case PickleOp.MEMOIZE -> put(memo.size());
            case PickleOp.BINGET -> get(unsigned8());
            case PickleOp.LONG_BINGET -> get(int32());
            case PickleOp.GLOBAL -> push(globals.resolve(line(), line()));
            case PickleOp.STACK_GLOBAL -> stackGlobal();
            case PickleOp.BINPERSID -> push(globals.persistent(pop()));
            case PickleOp.REDUCE, PickleOp.NEWOBJ -> call();
            case PickleOp.BUILD -> build();
            default -> {
                if (!scalar(opcode) && !container(opcode)) {
                    throw bad("pickle opcode 0x" + Integer.toHexString(opcode), "the opcodes torch.save writes");
                }
            }
        }
    }

    private boolean scalar(int opcode) {
        switch (opcode) {
            case PickleOp.NONE -> push(NONE);
            case PickleOp.NEWTRUE -> push(TRUE);
            case PickleOp.NEWFALSE -> push(FALSE);
            case PickleOp.BININT1 -> push(Tree.of((long) unsigned8()));
            case PickleOp.BININT2 -> push(Tree.of((long) Short.toUnsignedInt(pickle.getShort(need(2)))));
            case PickleOp.BININT -> push(Tree.of((long) int32()));
            case PickleOp.LONG1 -> push(Tree.of(longOf(unsigned8())));
            case PickleOp.BINFLOAT -> push(Tree.of(Double.longBitsToDouble(Long.reverseBytes(pickle.getLong(need(8))))));
            case PickleOp.SHORT_BINUNICODE -> push(Tree.of(utf8(length(1))));
            case PickleOp.BINUNICODE -> push(Tree.of(utf8(length(4))));
            case PickleOp.BINUNICODE8 -> push(Tree.of(utf8(length(8))));
            case PickleOp.SHORT_BINSTRING -> push(Tree.of(latin1(length(1))));
            case PickleOp.BINSTRING -> push(Tree.of(latin1(length(4))));
            case PickleOp.SHORT_BINBYTES -> push(new Tree.Bytes(latin1(length(1))));
            case PickleOp.BINBYTES -> push(new Tree.Bytes(latin1(length(4))));
            case PickleOp.BINBYTES8, PickleOp.BYTEARRAY8 -> push(new Tree.Bytes(latin1(length(8))));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) {
        switch (opcode) {
            case PickleOp.EMPTY_TUPLE -> pushItems(List.of(), true);
            case PickleOp.TUPLE1 -> pushItems(popLast(1), true);
            case PickleOp.TUPLE2 -> pushItems(popLast(2), true);
            case PickleOp.TUPLE3 -> pushItems(popLast(3), true);
            case PickleOp.TUPLE -> pushItems(popToMark(), true);
            case PickleOp.EMPTY_LIST, PickleOp.EMPTY_SET -> pushItems(List.of(), false);
            case PickleOp.FROZENSET -> pushItems(popToMark(), false);
            case PickleOp.APPEND -> append(popLast(1));
            case PickleOp.APPENDS, PickleOp.ADDITEMS -> append(popToMark());
            case PickleOp.EMPTY_DICT -> pushDictionary();
            case PickleOp.SETITEM -> setItems(popLast(2));
            case PickleOp.SETITEMS -> setItems(popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void protocol(int version) {
        if (version < 2 || version > 5) {
            throw bad("pickle protocol " + version, "2 to 5");
        }
    }

    // The stack

    private void push(Tree value) {
        push(new PickleValue.Final(value));
    }

    private void push(PickleValue value) {
        budget.take(VALUE_COST, "a pickle");
        stack.add(value);
    }

    private void pushItems(List<PickleValue> items, boolean isTuple) {
        budget.take(CONTAINER_COST + (long) ITEM_COST * items.size(), "lists");
        push(new PickleValue.Items(isTuple ? items : new ArrayList<>(items), isTuple));
    }

    private void pushDictionary() {
        budget.take(CONTAINER_COST, "dictionaries");
        push(PickleValue.Dictionary.empty(false));
    }

    private void mark() {
        budget.take(VALUE_COST, "a pickle");
        marks.push(stack.size());
    }

    private PickleValue peek() {
        if (stack.size() <= floor()) {
            throw bad("a pickle that takes a value from an empty stack", "a whole pickle");
        }
        return stack.get(stack.size() - 1);
    }

    private PickleValue pop() {
        PickleValue value = peek();
        stack.remove(stack.size() - 1);
        return value;
    }

    private List<PickleValue> popLast(int count) {
        int start = stack.size() - count;
        if (start < floor()) {
            throw bad("a pickle that takes " + count + " values from a shorter stack", "a whole pickle");
        }
        List<PickleValue> top = stack.subList(start, stack.size());
        List<PickleValue> values = new ArrayList<>(top);
        top.clear();
        return values;
    }

    private List<PickleValue> popToMark() {
        if (marks.isEmpty()) {
            throw bad("a pickle that ends a group it did not begin", "a whole pickle");
        }
        int count = stack.size() - marks.peek();
        List<PickleValue> values = popLast(count);
        marks.pop();
        return values;
    }

    private int floor() {
        return marks.isEmpty() ? 0 : marks.peek();
    }

    private void put(int index) {
        budget.take(MEMO_COST, "a pickle");
        memo.put(index, peek());
    }

    private void get(int index) {
        PickleValue value = memo.get(index);
        if (value == null) {
            throw bad("a pickle that recalls value " + Integer.toUnsignedLong(index) + ", which it never kept", "a whole pickle");
        }
        push(value);
    }

    // Containers and calls

    private void append(List<PickleValue> items) {
        if (!(peek() instanceof PickleValue.Items sequence) || sequence.isTuple()) {
            throw bad("a pickle that appends to something that is no list", "a list");
        }
        budget.take((long) ITEM_COST * items.size(), "lists");
        sequence.items().addAll(items);
    }

    private void setItems(List<PickleValue> keysAndValues) {
        if (!(peek() instanceof PickleValue.Dictionary dictionary) || keysAndValues.size() % 2 != 0) {
            throw bad("a pickle that sets the items of something that is no dictionary", "a dictionary");
        }
        budget.take((long) ENTRY_COST / 2 * keysAndValues.size(), "dictionaries");
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            dictionary.entries().put(PickleArguments.key(file, keysAndValues.get(i)), keysAndValues.get(i + 1));
        }
    }

    private void call() {
        PickleValue arguments = pop();
        PickleValue function = pop();
        if (!(function instanceof PickleValue.Global global) || !(arguments instanceof PickleValue.Items tuple)) {
            throw bad("a pickle that calls something that is no function", "the functions torch.save names");
        }
        push(globals.call(global, tuple.items()));
    }

    /** Sets Python attributes, such as {@code state_dict._metadata}: they are dropped. */
    private void build() {
        pop();
        if (!(peek() instanceof PickleValue.Dictionary) && !(peek() instanceof PickleValue.Final)) {
            throw bad("a pickle that sets attributes of something other than a dictionary or tensor", "one of these");
        }
    }

    private void stackGlobal() {
        PickleArguments names = new PickleArguments(file, "a name", popLast(2));
        push(globals.resolve(names.text(0), names.text(1)));
    }

    // Bytes

    /** Moves on by a number of bytes and gives where they start. */
    private int need(int count) {
        int at = pickle.position();
        if (count > pickle.remaining()) {
            throw bad("a pickle that ends at byte " + pickle.limit() + " in the middle of a value", "a whole pickle");
        }
        pickle.position(at + count);
        return at;
    }

    private int unsigned8() {
        return Byte.toUnsignedInt(pickle.get(need(1)));
    }

    private int int32() {
        return pickle.getInt(need(4));
    }

    /** An unsigned number of the given width, as the number of bytes of what follows. */
    private int length(int width) {
        long length = switch (width) {
            case 1 -> unsigned8();
            case 4 -> Integer.toUnsignedLong(int32());
            default -> pickle.getLong(need(8));
        };
        if (length < 0 || length > pickle.remaining()) {
            throw bad("a pickled value of " + Long.toUnsignedString(length) + " bytes", "at most the " + pickle.remaining() + " left");
        }
        return (int) length;
    }

    private long longOf(int width) {
        if (width > Long.BYTES) {
            throw bad("a whole number of " + width + " bytes", "at most 64 bits");
        }
        int at = need(width);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = value << 8 | Byte.toUnsignedLong(pickle.get(at + i));
        }
        int unused = Long.SIZE - 8 * width;
        return width == 0 ? 0 : value << unused >> unused;
    }

    private String utf8(int length) {
        return new String(bytes(length), StandardCharsets.UTF_8);
    }

    private String latin1(int length) {
        return new String(bytes(length), StandardCharsets.ISO_8859_1);
    }

    private byte[] bytes(int length) {
        budget.take(VALUE_COST + 3L * length, "texts");
        byte[] bytes = new byte[length];
        pickle.get(need(length), bytes);
        return bytes;
    }

    private String line() {
        int start = pickle.position();
        int end = start;
        while (end < pickle.limit() && pickle.get(end) != '\n') {
            end++;
        }
        String line = utf8(end - start);
        need(1);
        return line;
    }

    private FormatException bad(String found, String expected) {
        return new FormatException(file, found, expected);
    }
}
