package io.pouchtwin.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: the arrows of docs/architecture.md. */
@AnalyzeClasses(packages = "io.pouchtwin", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

    @ArchTest
    static final ArchRule modulesKnowOnlyWhomTheyMay = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.pouchtwin..")
            .layer("contracts")
            .definedBy("io.pouchtwin.contracts..")
            .layer("kafka-stage")
            .definedBy("io.pouchtwin.stage..")
            .layer("embedded-kafka")
            .definedBy("io.pouchtwin.kafka.embedded..")
            .layer("cell-model")
            .definedBy("io.pouchtwin.cell..")
            .layer("hw-gateway")
            .definedBy("io.pouchtwin.gateway..")
            .layer("ingest")
            .definedBy("io.pouchtwin.ingest..")
            .layer("twin-engine")
            .definedBy("io.pouchtwin.twin..")
            .layer("history")
            .definedBy("io.pouchtwin.history..")
            .layer("streaming-api")
            .definedBy("io.pouchtwin.api..")
            .layer("benchmarks")
            .definedBy("io.pouchtwin.bench..")
            .layer("app")
            .definedBy("io.pouchtwin.app..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("streaming-api")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("history")
            .mayOnlyBeAccessedByLayers("streaming-api", "benchmarks", "app")
            .whereLayer("benchmarks")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("twin-engine")
            .mayOnlyBeAccessedByLayers("benchmarks", "app")
            .whereLayer("ingest")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("hw-gateway")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("embedded-kafka")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("cell-model")
            .mayOnlyBeAccessedByLayers("hw-gateway", "twin-engine", "benchmarks", "app")
            .whereLayer("kafka-stage")
            .mayOnlyBeAccessedByLayers("ingest", "twin-engine", "history", "streaming-api", "hw-gateway", "app")
            .whereLayer("contracts")
            .mayOnlyBeAccessedByLayers(
                    "hw-gateway", "ingest", "twin-engine", "history", "streaming-api", "benchmarks", "app");

    @ArchTest
    static final ArchRule theCellModelIsPure = noClasses()
            .that()
            .resideInAPackage("io.pouchtwin.cell..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.vertx..", "com.hazelcast..", "io.micrometer..")
            .because("the model is a library of pure functions");

    @ArchTest
    static final ArchRule onlyTheGatewaysVirtualTesterKnowsTheCellModel = noClasses()
            .that()
            .resideInAPackage("io.pouchtwin.gateway..")
            .and()
            .resideOutsideOfPackage("io.pouchtwin.gateway.emulator..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.pouchtwin.cell..")
            .because("a gateway carries what testers measured, it does not compute it");

    @ArchTest
    static final ArchRule arithmeticOfTheTwinKnowsNoIo = noClasses()
            .that()
            .resideInAPackage("io.pouchtwin.twin")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.vertx..", "com.hazelcast..", "io.micrometer..", "java.time..")
            .because("state and outputs are a function of the input alone");

    @ArchTest
    static final ArchRule arithmeticUsesTheDeterministicFunctions = noClasses()
            .that()
            .resideInAnyPackage("io.pouchtwin.cell.reduced..", "io.pouchtwin.twin")
            .should()
            .callMethod(Math.class, "exp", double.class)
            .orShould()
            .callMethod(Math.class, "log", double.class)
            .orShould()
            .callMethod(Math.class, "tanh", double.class)
            .orShould()
            .callMethod(Math.class, "pow", double.class, double.class)
            .because("their last bits differ between Java versions and machines");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.pouchtwin.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatAThingIs = classes()
            .that()
            .resideInAPackage("io.pouchtwin..")
            .should()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper")
            .andShould()
            .haveSimpleNameNotEndingWith("Manager")
            .andShould()
            .haveSimpleNameNotEndingWith("Impl");
}
