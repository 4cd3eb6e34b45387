import assert from "node:assert/strict";
import {
  exampleConfiguration,
  zoneOf,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import { TestStack } from "../../scripts/lab/stack";

const lun = "/X1/datastore/x1_lun_2";
const zones = ["k8s-zone-x1-a", "k8s-zone-x1-b"];

/** The example; with MULTIPLE, the first datastore is in both zones of its region. */
function configurationOf(zone: Readonly<Record<string, unknown>>): WrittenConfiguration {
  const configuration: WrittenConfiguration = { ...exampleConfiguration(), categories: { zone } };
  if (zone["cardinality"] === "MULTIPLE") {
    zoneOf(configuration, "k8s-zone-x1-b").datastores.push("x1_lun_2");
  }
  return configuration;
}

/** What vCenter itself has, asked past the program and its provider. */
function reader(simulator: Simulator): {
  cardinality: () => Promise<string | undefined>;
  zonesOf: (path: string) => Promise<string[]>;
} {
  const snapshot = () => simulator.control.snapshot();
  return {
    cardinality: async () =>
      (await snapshot()).categories.find(({ name }) => name === "k8s-zone")?.cardinality,
    zonesOf: async (path) =>
      (await snapshot()).attachments
        .filter((attachment) => attachment.category === "k8s-zone" && attachment.path === path)
        .map(({ tag }) => tag)
        .sort(),
  };
}

describe("a datastore may be in several zones when the zone category is MULTIPLE", () => {
  let simulator: Simulator;
  let stack: TestStack;

  before(async () => {
    simulator = await Simulator.start();
    const configuration = configurationOf({ cardinality: "MULTIPLE" });
    stack = await TestStack.create(simulator, { configuration });
  });

  after(async () => {
    stack.dispose();
    await simulator.stop();
  });

  it("up makes the category so, and attaches both zone tags", async () => {
    await stack.up();
    const { cardinality, zonesOf } = reader(simulator);
    assert.equal(await cardinality(), "MULTIPLE");
    assert.deepEqual(await zonesOf(lun), zones);
    assert.deepEqual(await zonesOf("/X1/host/x1_cluster_prod"), ["k8s-zone-x1-a"]);
  });

  it("a second preview shows no changes", async () => {
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("one of the tags that somebody detached is attached again", async () => {
    const pair = { category: "k8s-zone", tag: "k8s-zone-x1-b", path: lun };
    await simulator.control.change({ operation: "detachTag", ...pair });
    assert.deepEqual((await stack.plan()).steps, ["update topology-attachments"]);
    await stack.up();
    assert.deepEqual(await reader(simulator).zonesOf(lun), zones);
  });

  it("a zone of others on the datastore is left alone, and on a cluster refused", async () => {
    const theirs = { category: "k8s-zone", tag: "zone-of-others" };
    const cluster = "/X1/host/x1_cluster_prod";
    await simulator.control.change(
      { operation: "createTag", ...theirs },
      { operation: "attachTag", ...theirs, path: lun },
    );
    assert.deepEqual((await stack.plan()).steps, []);
    await simulator.control.change({ operation: "attachTag", ...theirs, path: cluster });
    const refused = await stack.preview();
    assert.notEqual(refused.exitCode, 0);
    assert.match(refused.output, /x1_cluster_prod": it carries zone-of-others of the category/);
    await simulator.control.change({ operation: "detachTag", ...theirs, path: cluster });
  });

  it("destroy detaches both tags, and leaves the category and the tag of others", async () => {
    await stack.destroy();
    const { cardinality, zonesOf } = reader(simulator);
    assert.deepEqual(await zonesOf(lun), ["zone-of-others"]);
    assert.equal(await cardinality(), "MULTIPLE");
  });
});

describe("a category grows from SINGLE to MULTIPLE, and never back", () => {
  for (const existing of [false, true]) {
    describe(existing ? "when others made it" : "when the stack made it", () => {
      let simulator: Simulator;
      let stack: TestStack;
      let tagIds: unknown;

      const zone = existing ? { existing } : {};

      before(async () => {
        simulator = await Simulator.start();
        if (existing) {
          await simulator.control.change({ operation: "createCategory", category: "k8s-zone" });
        }
        stack = await TestStack.create(simulator, { configuration: configurationOf(zone) });
        await stack.up();
        // It would go with the category.
        const theirs = { category: "k8s-zone", tag: "zone-of-others" };
        await simulator.control.change(
          { operation: "createTag", ...theirs },
          { operation: "attachTag", ...theirs, path: "/X1/datastore/x1_root" },
        );
        tagIds = (await stack.outputs())["tagIds"];
      });

      after(async () => {
        stack.dispose();
        await simulator.stop();
      });

      /** The category is still the one that it was, and so are its tags. */
      async function assertKept(): Promise<void> {
        const { zonesOf } = reader(simulator);
        assert.deepEqual(await zonesOf("/X1/datastore/x1_root"), ["zone-of-others"]);
        assert.deepEqual((await stack.outputs())["tagIds"], tagIds);
      }

      it("the preview names the datastore, its zones and the command, and changes nothing", async () => {
        stack.configure(configurationOf({ ...zone, cardinality: "MULTIPLE" }));
        const preview = await stack.preview();
        assert.notEqual(preview.exitCode, 0);
        const said = preview.output.replace(/\s+/g, " ");
        assert.match(
          said,
          /x1_lun_2: it is in the zones k8s-zone-x1-a and k8s-zone-x1-b, and the /,
        );
        assert.match(said, /That cannot be undone/);
        assert.notEqual((await stack.tryUp()).exitCode, 0);
        assert.equal(await reader(simulator).cardinality(), "SINGLE");
        await assertKept();

        const [command = ""] = /govc tags\.category\.update -m=true '[^']*'/.exec(said) ?? [];
        const { exitCode, output } = await stack.command("sh", ["-c", command]);
        assert.equal(exitCode, 0, output);
      });

      it("after the command, as it is printed, only attachments change", async () => {
        assert.deepEqual((await stack.plan()).steps, ["update topology-attachments"]);
        await stack.up();
        assert.deepEqual(await reader(simulator).zonesOf(lun), zones);
        assert.deepEqual((await stack.plan()).steps, []);
        await assertKept();
      });

      if (!existing) {
        it("a new description leaves it MULTIPLE, and does not replace it", async () => {
          const description = "Zones";
          stack.configure(configurationOf({ cardinality: "MULTIPLE", description }));
          assert.deepEqual((await stack.plan()).steps, ["update topology-zone-category"]);
          await stack.up();
          assert.equal(await reader(simulator).cardinality(), "MULTIPLE");
          await assertKept();
        });
      }

      it("SINGLE in the configuration again is said not to narrow it, and takes off second tags only", async () => {
        stack.configure(configurationOf({ ...zone, description: "Zones" }));
        const preview = await stack.preview();
        assert.equal(preview.exitCode, 0, preview.output);
        assert.match(
          preview.output.replace(/\s+/g, " "),
          /the category k8s-zone stays MULTIPLE in vCenter, which never narrows one/,
        );
        // What the checks have come to is an output: that the category stays wide is a warning from now on.
        assert.deepEqual((await stack.plan()).steps, [
          "update topology-attachments",
          "update vcenter",
        ]);
        await stack.up();
        const { cardinality, zonesOf } = reader(simulator);
        assert.equal(await cardinality(), "MULTIPLE");
        assert.deepEqual(await zonesOf(lun), ["k8s-zone-x1-a"]);
        assert.deepEqual((await stack.plan()).steps, []);
        await assertKept();
      });
    });
  }
});
