package io.github.selfsup4j.inject;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import java.util.List;

/**
 * Turns plans into objects: the only place where components are made.
 *
 * <p>Every component gets a child injector of its own, which binds its config and its slots; services are those of the
 * parent. Guice's implicit features are off, so a component gets what its config says or a service that was bound by
 * name of its type, and nothing else.
 */
public final class ComponentFactory {
    private final Injector services;

    /** @param services binds what components may ask for besides their config and children */
    public ComponentFactory(Module services) {
        this.services = Guice.createInjector(Stage.PRODUCTION, binder -> {
            binder.requireExplicitBindings();
            binder.requireAtInjectOnConstructors();
            binder.requireExactBindingAnnotations();
            binder.disableCircularProxies();
            binder.install(services);
        });
    }

    /**
     * Builds a component and, through its constructor, everything below it.
     *
     * @throws ComponentException if a constructor fails; the message says where the config asks for it
     */
    public <T> T build(ComponentPlan plan, Class<T> type) {
        return type.cast(build(plan));
    }

    private Object build(ComponentPlan plan) {
        try {
            return services.createChildInjector(new PlanModule(plan))
                    .getInstance(plan.entry().type());
        } catch (ProvisionException e) {
            if (e.getCause() instanceof ComponentException below) {
                throw below;
            }
            throw new ComponentException(plan, e.getCause() == null ? e : e.getCause());
        }
    }

    private final class PlanModule extends AbstractModule {
        private final ComponentPlan plan;

        PlanModule(ComponentPlan plan) {
            this.plan = plan;
        }

        @Override
        protected void configure() {
            bind(plan.entry().type());
            plan.schema().config().ifPresent(type -> bindConfig(type, plan.config()));
            plan.schema().slots().forEach(this::bindSlot);
        }

        @SuppressWarnings("unchecked")
        private void bindConfig(Class<?> type, Object config) {
            bind((Class<Object>) type).toInstance(config);
        }

        @SuppressWarnings("unchecked")
        private void bindSlot(SlotSpec slot) {
            List<ComponentPlan> children = plan.children(slot.key());
            bind((Key<Object>) slot.binding()).toProvider(() -> switch (slot.shape()) {
                case ONE -> build(children.get(0));
                case OPTIONAL -> children.stream().findFirst().map(ComponentFactory.this::build);
                case LIST -> children.stream().map(ComponentFactory.this::build).toList();
                case LISTS ->
                    plan.childLists(slot.key()).stream()
                            .map(list -> list.stream()
                                    .map(ComponentFactory.this::build)
                                    .toList())
                            .toList();
            });
        }
    }
}
