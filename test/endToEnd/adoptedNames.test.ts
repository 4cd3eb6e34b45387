import assert from "node:assert/strict";
import {
  exampleConfiguration,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Snapshot } from "../../scripts/lab/simulatorState";
import type { Run, TestStack } from "../../scripts/lab/stack";
import { govcExample, runGovc, seedPrivileges } from "../support/govcExample";
import { killUpDuring } from "../support/killedUp";
import { stackCommand, succeeded } from "../support/stackCommand";
import { stackForEachTest } from "../support/stackForTests";

describe("what adoption meets", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForEachTest((made) => ({ simulator, stack } = made));

  const adopt = (...args: readonly string[]): Promise<Run> =>
    stackCommand({ simulator, stack }, "adopt", ...args);
  const snapshot = (): Promise<Snapshot> => simulator.control.snapshot();
  /** The example with one region and one zone, and what is changed in it. */
  function small(change: (configuration: WrittenConfiguration) => void): WrittenConfiguration {
    const configuration = exampleConfiguration();
    configuration.regions = configuration.regions.slice(0, 1);
    configuration.regions[0]!.zones.splice(1);
    delete configuration.regions[0]!.clusterConfiguration;
    delete configuration["clusterConfiguration"];
    change(configuration);
    return configuration;
  }

  it("names that break the program's own rules, wider categories, and another product's tags beside", async () => {
    stack.configure(
      small(({ regions: [region] }) => {
        region!.name = "DC.Region_X1";
        region!.zones[0]!.name = "Zone_A";
      }),
    );
    const privileges = [...seedPrivileges().slice(3), "Host.Config.Power"];
    await simulator.control.change(
      // All types, and several tags on an object.
      { operation: "createCategory", category: "k8s-region", cardinality: "MULTIPLE" },
      {
        ...{ operation: "createCategory", category: "k8s-zone", cardinality: "SINGLE" },
        ...{
          description: "zones of all",
          associableTypes: ["ClusterComputeResource", "Datastore", "HostSystem"],
        },
      },
      { operation: "createTag", category: "k8s-region", tag: "DC.Region_X1", description: "ours" },
      { operation: "createTag", category: "k8s-zone", tag: "Zone_A" },
      { operation: "createRole", role: "kubernetes", privileges },
      // OpenShift has categories of its own; Tanzu's tags are in the same one.
      { operation: "createCategory", category: "openshift-zone", cardinality: "SINGLE" },
      { operation: "createTag", category: "openshift-zone", tag: "us-east-1a" },
      { operation: "createTag", category: "k8s-zone", tag: "tanzu-zone-1" },
      ...["/X1/host/x1_cluster_prod", "/X2/host/x2_cluster_prod"].map((path) => ({
        ...{ operation: "attachTag" as const, category: "openshift-zone", tag: "us-east-1a", path },
      })),
      {
        ...{ operation: "attachTag", category: "k8s-zone", tag: "tanzu-zone-1" },
        path: "/X1/host/x1_cluster_stage",
      },
    );
    const before = await snapshot();
    const shown = await succeeded(adopt("--yes"));
    for (const said of [
      /5 there already, and to be used/,
      /types: its tags go on every type of object/,
      /cardinality: MULTIPLE, and the configuration says SINGLE/,
      /types: its tags also go on HostSystem/,
      /has 1 privilege besides: Host\.Config\.Power/,
      /lacks \d privileges/,
    ]) {
      assert.match(shown, said);
    }
    assert.deepEqual(await snapshot(), before);
    await stack.up();
    const during = await snapshot();
    const { categories, tags, roles } = during;
    assert.deepEqual({ ...before, categories, tags, roles }, before);
    assert.ok(during.attachments.length > before.attachments.length);
    assert.deepEqual((await stack.plan()).steps, []);
    await stack.destroy();
    assert.deepEqual(await snapshot(), before);
  });

  it("permissions of groups: one that was there stays, one that the stack granted goes", async () => {
    const group = { name: "kubernetes-admins@vsphere.local", group: true };
    stack.configure(
      small((configuration) => {
        configuration.role = { ...configuration.role, principals: [group], existing: true };
        configuration.role["grant"] = [{ path: "/X1" }, { path: "/X2" }];
      }),
    );
    await simulator.control.change(
      { operation: "createRole", role: "kubernetes", privileges: ["Datastore.Browse"] },
      {
        ...{ operation: "setPermission", path: "/X1", role: "kubernetes" },
        ...{ principal: group.name, group: true },
      },
    );
    const before = await snapshot();
    await stack.up();
    const granted = (await snapshot()).permissions.filter(({ role }) => role === "kubernetes");
    assert.deepEqual(
      granted.map(({ path, group: isGroup }) => [path, isGroup]),
      [
        ["/X1", true],
        ["/X2", true],
      ],
    );
    assert.deepEqual((await stack.plan()).steps, []);
    await stack.destroy();
    assert.deepEqual((await snapshot()).permissions, before.permissions);
    assert.deepEqual((await snapshot()).roles, before.roles);
  });

  it("vCenter's own role: it is used as it is, and nothing else", async () => {
    const named = (existing: boolean): WrittenConfiguration =>
      small((configuration) => {
        configuration.role = { ...configuration.role, name: "ReadOnly", existing };
      });
    stack.configure(named(false));
    const before = await snapshot();
    const refused = await adopt("--take", "--yes");
    assert.equal(refused.exitCode, 1, refused.output);
    assert.match(refused.output, /or say that it is used as it is \(role\.existing: true\)/);
    stack.configure(named(true));
    await stack.up();
    const { roles, permissions } = await snapshot();
    assert.deepEqual(roles, before.roles);
    assert.equal(permissions.length, before.permissions.length + 1);
    await stack.destroy();
    const after = await snapshot();
    assert.deepEqual(after.permissions, before.permissions);
    assert.deepEqual(after.roles, before.roles);
  });

  it("the second, read-only role of granular grants: it is taken over, and not used", async () => {
    const regions = {
      "k8s-region-x1": { distributedPortGroups: ["k8s-nodes"], vmFolder: "k8s/x1" },
    };
    stack.configure(
      small((configuration) => {
        configuration.role = { ...configuration.role, grant: "granular", granular: { regions } };
      }),
    );
    await simulator.control.change(
      ...["kubernetes", "kubernetes-read-only"].map((role) => ({
        ...{ operation: "createRole" as const, role, privileges: ["Datastore.Browse"] },
      })),
    );
    const shown = await adopt();
    assert.equal(shown.exitCode, 1, shown.output);
    assert.match(
      shown.output.replaceAll(/\s+/g, " "),
      /read-only role that exists: take it over with --take/,
    );
    assert.match(await succeeded(adopt("--take", "--yes")), /2 there already, and to be taken/);
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
    await stack.destroy();
    const { roles } = await snapshot();
    assert.deepEqual(
      roles.filter(({ name }) => name.startsWith("kubernetes")),
      [],
    );
  });

  it("a stack without the preflight", async () => {
    await runGovc(stack, govcExample());
    stack.configure({ ...exampleConfiguration(), preflight: "off" });
    const before = await snapshot();
    await succeeded(adopt("--yes"));
    await stack.up();
    assert.deepEqual(await snapshot(), before);
    await stack.destroy();
    assert.deepEqual(await snapshot(), before);
  });

  it("another role, which exists: the stack's own is never deleted for it", async () => {
    await simulator.control.change({
      ...{ operation: "createRole", role: "of-others", privileges: ["Datastore.Browse"] },
    });
    const before = await snapshot();
    await stack.up();
    const made = await snapshot();
    const using = (name: string): WrittenConfiguration => {
      const example = exampleConfiguration();
      return { ...example, role: { ...example.role, name, existing: true } };
    };
    stack.configure(using("of-others"));
    const refused = await stack.refusedPreview();
    assert.match(refused, /this stack made the role kubernetes, and would delete it/);
    await stack.refusedUp();
    assert.deepEqual(await snapshot(), made);

    stack.configure(using("kubernetes"));
    await stack.up();
    stack.configure(using("of-others"));
    await stack.up();
    const after = await snapshot();
    assert.deepEqual(after.roles, made.roles);
    assert.equal(after.permissions.filter(({ role }) => role === "of-others").length, 2);
    assert.equal(after.permissions.filter(({ role }) => role === "kubernetes").length, 0);
    await stack.destroy();
    const left = await snapshot();
    assert.deepEqual(left.permissions, before.permissions);
    assert.deepEqual(left.roles, made.roles);
  });

  it("an up that was killed while it granted a role of others: the preview says what it cannot know", async () => {
    await simulator.control.change({
      ...{ operation: "createRole", role: "kubernetes", privileges: ["Datastore.Browse"] },
    });
    stack.configure(small(({ role }) => (role["existing"] = true)));
    await killUpDuring({ simulator, stack }, ["SetEntityPermissions"]);
    const said =
      /\/X1: the permission of deckhouse@vsphere\.local with the role kubernetes was there before this stack, and stays\. If an interrupted pulumi up/;
    assert.match((await stack.plan()).messages, said);
    assert.match(
      await succeeded(adopt("--yes")),
      /granted with what exists \(existing: true\) counts as there/,
    );
    await stack.up();
    assert.doesNotMatch((await stack.plan()).messages, said);
    await stack.destroy();
    const { permissions } = await snapshot();
    assert.equal(permissions.filter(({ role }) => role === "kubernetes").length, 1);
  });
});
