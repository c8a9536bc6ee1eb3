package io.github.selfsup4j.tests.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import io.github.selfsup4j.config.ConfigFile;
import io.github.selfsup4j.config.ConfigReader;
import io.github.selfsup4j.config.Problem;
import io.github.selfsup4j.config.Problems;
import io.github.selfsup4j.inject.ComponentDescription;
import io.github.selfsup4j.inject.Planner;
import io.github.selfsup4j.model.Network;
import io.github.selfsup4j.nn.Layer;
import io.github.selfsup4j.registry.Component;
import io.github.selfsup4j.registry.ComponentEntry;
import io.github.selfsup4j.registry.ComponentScanner;
import io.github.selfsup4j.registry.Kind;
import io.github.selfsup4j.registry.Kinds;
import io.github.selfsup4j.registry.Registry;
import io.github.selfsup4j.runner.Hook;
import io.github.selfsup4j.runner.Stage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What holds of every registered component, whatever its name: a new one is tested for free. */
class EveryComponentTest {
    private final Registry registry = ComponentScanner.scan(List.of());

    @TempDir
    Path folder;

    private Stream<DynamicTest> each(Consumer<ComponentEntry> test) {
        assertTrue(registry.all().size() > 40, "found only " + registry.all().size());
        return registry.all().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.kind() + " " + entry.name(), () -> test.accept(entry)));
    }

    @TestFactory
    Stream<DynamicTest> hasOneInjectedConstructorWhichIsNotPublic() {
        return each(entry -> {
            List<Constructor<?>> injected = Arrays.stream(entry.type().getDeclaredConstructors())
                    .filter(constructor -> constructor.isAnnotationPresent(Inject.class))
                    .toList();
            assertEquals(1, injected.size());
            assertFalse(Modifier.isPublic(injected.get(0).getModifiers()), "objects are made by the factory");
        });
    }

    @TestFactory
    Stream<DynamicTest> isFinalAndNamedByItsAnnotation() {
        return each(entry -> {
            assertTrue(Modifier.isFinal(entry.type().getModifiers()));
            assertTrue(
                    List.of(entry.type().getAnnotation(Component.class).value()).contains(entry.name()));
        });
    }

    @TestFactory
    Stream<DynamicTest> isDocumentedWithEveryKeyOfItsConfig() {
        return each(entry -> {
            assertFalse(ComponentDescription.summary(entry).isBlank());
            configFields(entry.type())
                    .forEach(field ->
                            assertFalse(RuntimeJavadoc.getJavadoc(field).isEmpty(), () -> field + " has no Javadoc"));
            assertTrue(ComponentDescription.of(entry).contains(entry.name()));
        });
    }

    @TestFactory
    Stream<DynamicTest> tellsAnUnknownKeyWithFileAndLine() {
        return each(entry -> {
            List<Problem> problems = problemsOf("part:\n  type: " + entry.name() + "\n  no_such_key: 1\n", entry);
            assertTrue(
                    problems.stream()
                            .anyMatch(problem -> problem.path().equals("part.no_such_key")
                                    && problem.location().line() == 3),
                    () -> "only " + problems);
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesAMapForEveryPlainNumberOfItsConfig() {
        return each(entry -> configFields(entry.type())
                .filter(field -> field.getType().isPrimitive())
                .forEach(field -> {
                    String key = field.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
                    List<Problem> problems =
                            problemsOf("part: {type: " + entry.name() + ", " + key + ": {a: 1}}\n", entry);
                    assertTrue(
                            problems.stream().anyMatch(problem -> problem.path().equals("part." + key)),
                            () -> key + ": only " + problems);
                }));
    }

    @TestFactory
    Stream<DynamicTest> canBePlannedFromItsDefaultsOrSaysWhatIsMissing() {
        return each(entry -> {
            List<Problem> problems = problemsOf("part:\n  type: " + entry.name() + "\n", entry);
            problems.forEach(problem -> assertEquals(
                    "config.yaml",
                    Path.of(problem.location().file()).getFileName().toString()));
        });
    }

    @TestFactory
    Stream<DynamicTest> actsAtSomeStageIfItIsAHook() {
        return each(entry -> {
            if (Hook.class.isAssignableFrom(entry.type())) {
                boolean acts = Arrays.stream(entry.type().getMethods())
                        .anyMatch(method -> method.getDeclaringClass() != Hook.class
                                && Arrays.stream(Stage.values())
                                        .anyMatch(stage -> stage.method().equals(method.getName())));
                assertTrue(acts, entry.type() + " overrides no stage");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> isALayerIfItIsANetwork() {
        return each(entry -> {
            if (Network.class.isAssignableFrom(entry.type())) {
                assertTrue(Layer.class.isAssignableFrom(entry.type()));
            }
        });
    }

    private List<Problem> problemsOf(String yaml, ComponentEntry entry) {
        try {
            Path file = folder.resolve("config.yaml");
            Files.writeString(file, yaml);
            Problems problems = new Problems();
            ConfigFile config = ConfigReader.read(file, List.of(), Map.of(), problems);
            new Planner(registry, problems).plan(config.root().get("part").orElseThrow(), kindInterface(entry.type()));
            return problems.all();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The interface marked as the kind of a component. */
    private static Class<?> kindInterface(Class<?> component) {
        Deque<Class<?>> open = new ArrayDeque<>(List.of(component));
        while (!open.isEmpty()) {
            Class<?> type = open.remove();
            if (type.isAnnotationPresent(Kind.class)) {
                assertEquals(Kinds.of(component), Kinds.of(type));
                return assertInstanceOf(Class.class, type);
            }
            open.addAll(List.of(type.getInterfaces()));
            if (type.getSuperclass() != null) {
                open.add(type.getSuperclass());
            }
        }
        throw new AssertionError(component + " is of no kind");
    }

    private static Stream<Field> configFields(Class<?> component) {
        return Arrays.stream(component.getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals("Config"))
                .flatMap(config -> Arrays.stream(config.getFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()));
    }
}
