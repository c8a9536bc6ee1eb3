package io.github.selfsup4j.registry;

/**
 * A registered class.
 *
 * @param name the name it was asked for or registered under
 * @param kind the kind of component it is, for example {@code backbone}
 * @param type the class
 * @param origin the jar or folder it came from
 */
public record ComponentEntry(String name, String kind, Class<?> type, String origin) {}
