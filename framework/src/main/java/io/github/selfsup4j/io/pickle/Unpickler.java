package io.github.selfsup4j.io.pickle;

import io.github.selfsup4j.io.disk.FormatException;
import io.github.selfsup4j.io.disk.MemoryBudget;
import io.github.selfsup4j.io.tree.Tree;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The stack machine of Python's pickle, cut down to data. It builds lists, dictionaries and tensors out of the names
 * {@link PickleGlobals} allows, and refuses every other name and opcode.
 */
public final class Unpickler {
    private static final PickleValue NONE = new PickleValue.Final(Tree.none());
    private static final PickleValue TRUE = new PickleValue.Final(Tree.of(true));
    private static final PickleValue FALSE = new PickleValue.Final(Tree.of(false));
    private static final int OLDEST_PROTOCOL = 2;
    private static final int NEWEST_PROTOCOL = 5;
    /** Upper bounds of the bytes one such thing takes. */
    private static final int CONTAINER_COST = 128;

    private static final int ITEM_COST = 16;
    private static final int ENTRY_COST = 96;

    private final Path file;
    private final PickleBytes bytes;
    private final PickleStack stack;
    private final PickleGlobals globals;
    private final MemoryBudget budget;

    public Unpickler(Path file, ByteBuffer pickle, PickleGlobals globals, MemoryBudget budget) {
        this.file = file;
        this.bytes = new PickleBytes(file, pickle, budget);
        this.stack = new PickleStack(file, budget);
        this.globals = globals;
        this.budget = budget;
    }

    /** Runs the machine until it stops and gives the value it leaves. */
    public PickleValue load() {
        for (int opcode = bytes.unsigned8(); opcode != PickleOp.STOP; opcode = bytes.unsigned8()) {
            if (!control(opcode) && !scalar(opcode) && !container(opcode)) {
                throw bad("pickle opcode 0x" + Integer.toHexString(opcode), "the opcodes torch.save writes");
            }
        }
        return stack.pop();
    }

    /** How many bytes of the buffer the pickle took. */
    public int length() {
        return bytes.taken();
    }

    private boolean control(int opcode) {
        switch (opcode) {
            case PickleOp.PROTO -> protocol(bytes.unsigned8());
            case PickleOp.FRAME -> bytes.length(Long.BYTES);
            case PickleOp.MARK -> stack.mark();
            case PickleOp.POP -> stack.pop();
            case PickleOp.POP_MARK -> stack.popToMark();
            case PickleOp.DUP -> stack.push(stack.peek());
            case PickleOp.BINPUT -> stack.keep(bytes.unsigned8());
            case PickleOp.LONG_BINPUT -> stack.keep(bytes.int32());
            case PickleOp.MEMOIZE -> stack.keep();
            case PickleOp.BINGET -> stack.recall(bytes.unsigned8());
            case PickleOp.LONG_BINGET -> stack.recall(bytes.int32());
            case PickleOp.GLOBAL -> stack.push(globals.resolve(bytes.line(), bytes.line()));
            case PickleOp.STACK_GLOBAL -> stackGlobal();
            case PickleOp.BINPERSID -> stack.push(globals.persistent(stack.pop()));
            case PickleOp.REDUCE, PickleOp.NEWOBJ -> call();
            case PickleOp.BUILD -> build();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean scalar(int opcode) {
        switch (opcode) {
            case PickleOp.NONE -> stack.push(NONE);
            case PickleOp.NEWTRUE -> stack.push(TRUE);
            case PickleOp.NEWFALSE -> stack.push(FALSE);
            case PickleOp.BININT1 -> push(Tree.of((long) bytes.unsigned8()));
            case PickleOp.BININT2 -> push(Tree.of((long) bytes.unsigned16()));
            case PickleOp.BININT -> push(Tree.of((long) bytes.int32()));
            case PickleOp.LONG1 -> push(Tree.of(bytes.whole(bytes.unsigned8())));
            case PickleOp.BINFLOAT -> push(Tree.of(bytes.float64()));
            case PickleOp.SHORT_BINUNICODE -> push(Tree.of(bytes.utf8(bytes.length(1))));
            case PickleOp.BINUNICODE -> push(Tree.of(bytes.utf8(bytes.length(4))));
            case PickleOp.BINUNICODE8 -> push(Tree.of(bytes.utf8(bytes.length(8))));
            case PickleOp.SHORT_BINSTRING -> push(Tree.of(bytes.latin1(bytes.length(1))));
            case PickleOp.BINSTRING -> push(Tree.of(bytes.latin1(bytes.length(4))));
            case PickleOp.SHORT_BINBYTES -> push(new Tree.Bytes(bytes.latin1(bytes.length(1))));
            case PickleOp.BINBYTES -> push(new Tree.Bytes(bytes.latin1(bytes.length(4))));
            case PickleOp.BINBYTES8, PickleOp.BYTEARRAY8 -> push(new Tree.Bytes(bytes.latin1(bytes.length(8))));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) {
        switch (opcode) {
            case PickleOp.EMPTY_TUPLE -> pushItems(List.of(), true);
            case PickleOp.TUPLE1 -> pushItems(stack.pop(1), true);
            case PickleOp.TUPLE2 -> pushItems(stack.pop(2), true);
            case PickleOp.TUPLE3 -> pushItems(stack.pop(3), true);
            case PickleOp.TUPLE -> pushItems(stack.popToMark(), true);
            case PickleOp.EMPTY_LIST, PickleOp.EMPTY_SET -> pushItems(new ArrayList<>(), false);
            case PickleOp.FROZENSET -> pushItems(stack.popToMark(), false);
            case PickleOp.APPEND -> append(stack.pop(1));
            case PickleOp.APPENDS, PickleOp.ADDITEMS -> append(stack.popToMark());
            case PickleOp.EMPTY_DICT -> pushDictionary();
            case PickleOp.SETITEM -> setItems(stack.pop(2));
            case PickleOp.SETITEMS -> setItems(stack.popToMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void protocol(int version) {
        if (version < OLDEST_PROTOCOL || version > NEWEST_PROTOCOL) {
            throw bad("pickle protocol " + version, "2 to 5");
        }
    }

    private void push(Tree value) {
        stack.push(new PickleValue.Final(value));
    }

    private void pushItems(List<PickleValue> items, boolean isTuple) {
        budget.take(CONTAINER_COST, "lists");
        stack.push(new PickleValue.Items(items, isTuple));
    }

    private void pushDictionary() {
        budget.take(CONTAINER_COST, "dictionaries");
        stack.push(PickleValue.Dictionary.empty(false));
    }

    private void append(List<PickleValue> items) {
        if (!(stack.peek() instanceof PickleValue.Items sequence) || sequence.isTuple()) {
            throw bad("a pickle that appends to something that is no list", "a list");
        }
        budget.take((long) ITEM_COST * items.size(), "lists");
        sequence.items().addAll(items);
    }

    private void setItems(List<PickleValue> keysAndValues) {
        if (!(stack.peek() instanceof PickleValue.Dictionary dictionary) || keysAndValues.size() % 2 != 0) {
            throw bad("a pickle that sets the items of something that is no dictionary", "a dictionary");
        }
        budget.take((long) ENTRY_COST / 2 * keysAndValues.size(), "dictionaries");
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            dictionary.entries().put(PickleArguments.key(file, keysAndValues.get(i)), keysAndValues.get(i + 1));
        }
    }

    private void call() {
        PickleValue arguments = stack.pop();
        PickleValue function = stack.pop();
        if (!(function instanceof PickleValue.Global global) || !(arguments instanceof PickleValue.Items tuple)) {
            throw bad("a pickle that calls something that is no function", "the functions torch.save names");
        }
        stack.push(globals.call(global, tuple.items()));
    }

    /** Sets Python attributes, such as {@code state_dict._metadata}: they are dropped. */
    private void build() {
        stack.pop();
        if (!(stack.peek() instanceof PickleValue.Dictionary) && !(stack.peek() instanceof PickleValue.Final)) {
            throw bad("a pickle that sets attributes of something other than a dictionary or tensor", "one of these");
        }
    }

    private void stackGlobal() {
        PickleArguments names = new PickleArguments(file, "a name", stack.pop(2));
        stack.push(globals.resolve(names.text(0), names.text(1)));
    }

    private FormatException bad(String found, String expected) {
        return new FormatException(file, found, expected);
    }
}
