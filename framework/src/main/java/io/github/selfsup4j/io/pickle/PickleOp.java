package io.github.selfsup4j.io.pickle;

/** The opcodes of Python's pickle protocols 2 to 5 that a checkpoint has a use for (CPython, {@code pickletools}). */
public final class PickleOp {
    public static final int MARK = '(';
    public static final int STOP = '.';
    public static final int POP = '0';
    static final int POP_MARK = '1';
    public static final int DUP = '2';
    public static final int BINFLOAT = 'G';
    public static final int BININT = 'J';
    public static final int BININT1 = 'K';
    static final int BININT2 = 'M';
    public static final int NONE = 'N';
    public static final int BINPERSID = 'Q';
    public static final int REDUCE = 'R';
    static final int BINSTRING = 'T';
    static final int SHORT_BINSTRING = 'U';
    public static final int BINUNICODE = 'X';
    public static final int EMPTY_LIST = ']';
    public static final int APPEND = 'a';
    public static final int BUILD = 'b';
    public static final int GLOBAL = 'c';
    public static final int APPENDS = 'e';
    public static final int BINGET = 'h';
    public static final int LONG_BINGET = 'j';
    public static final int BINPUT = 'q';
    public static final int LONG_BINPUT = 'r';
    public static final int SETITEM = 's';
    public static final int TUPLE = 't';
    public static final int SETITEMS = 'u';
    public static final int EMPTY_DICT = '}';
    public static final int EMPTY_TUPLE = ')';
    static final int BINBYTES = 'B';
    static final int SHORT_BINBYTES = 'C';
    public static final int PROTO = 0x80;
    public static final int NEWOBJ = 0x81;
    public static final int TUPLE1 = 0x85;
    public static final int TUPLE2 = 0x86;
    public static final int TUPLE3 = 0x87;
    public static final int NEWTRUE = 0x88;
    public static final int NEWFALSE = 0x89;
    public static final int LONG1 = 0x8a;
    static final int SHORT_BINUNICODE = 0x8c;
    public static final int BINUNICODE8 = 0x8d;
    static final int BINBYTES8 = 0x8e;
    static final int EMPTY_SET = 0x8f;
    static final int ADDITEMS = 0x90;
    static final int FROZENSET = 0x91;
    public static final int STACK_GLOBAL = 0x93;
    static final int MEMOIZE = 0x94;
    static final int FRAME = 0x95;
    static final int BYTEARRAY8 = 0x96;

    private PickleOp() {}
}
