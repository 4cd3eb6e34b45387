import assert from "node:assert/strict";
import { exampleConfiguration, zoneOf } from "../../scripts/examples/exampleConfiguration";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";

// A stack that was destroyed left its categories; meanwhile others made a role, a tag and an attachment.
describe("advice is not given again after it was followed", () => {
  let simulator: Simulator;
  let stack: TestStack;
  const configuration = exampleConfiguration();

  /** What a preview complains of, in one line. */
  async function complaint(): Promise<string> {
    const { exitCode, output } = await stack.preview();
    assert.doesNotMatch(output, /^ +at .*:\d+:\d+/m);
    assert.notEqual(exitCode, 0, output);
    return output.replace(/\s+/g, " ");
  }

  stackForAllTests((made) => ({ simulator, stack } = made));

  before(async () => {
    const category = "k8s-zone";
    await simulator.control.change(
      { operation: "createCategory", category: "k8s-region" },
      { operation: "createCategory", category },
      { operation: "createTag", category, tag: "k8s-zone-x1-a" },
      { operation: "createTag", category, tag: "zone of others" },
    );
  });

  it("categories that exist: existing: true", async () => {
    assert.match(
      await complaint(),
      /categories\.region\.name: found "k8s-region", "k8s-zone": vCenter has these 2 tag categories already.*categories\.zone\.existing: true/,
    );
    stack.configure({
      ...configuration,
      categories: { region: { existing: true }, zone: { existing: true } },
    });
    assert.doesNotMatch(await complaint(), /categories\.\w+\.name: found/);
  });

  it("a tag that exists: another name", async () => {
    configuration["categories"] = { region: { existing: true }, zone: { existing: true } };
    assert.match(
      await complaint(),
      /regions\[0\]\.zones\[0\]\.name: found "k8s-zone-x1-a": vCenter has this tag .* already/,
    );
    const { regions } = configuration;
    const renamed = JSON.parse(
      JSON.stringify(regions).replaceAll("k8s-zone-x1-a", "k8s-zone-x1-new"),
    ) as typeof regions;
    configuration.regions.splice(0, regions.length, ...renamed);
    stack.configure(configuration);
    await stack.acceptedPreview();
  });

  it("a role that exists: another name", async () => {
    await simulator.control.change({
      ...{ operation: "createRole", role: "kubernetes", privileges: ["Datastore.Browse"] },
    } as const);
    configuration.role["name"] = "kubernetes-2";
    assert.match(
      await complaint(),
      /role\.name: found "kubernetes": vCenter has this role already, .*choose another name/,
    );
    stack.configure(configuration);
    await stack.acceptedPreview();
    await stack.up();
  });

  it("a tag of others on a datastore, which no cluster uses: the command, as it is printed", async () => {
    const path = "/X1/datastore/x1_root";
    await simulator.control.change({
      ...{ operation: "attachTag", category: "k8s-zone", tag: "zone of others", path },
    } as const);
    zoneOf(configuration, "k8s-zone-x1-new").datastores.push("x1_root");
    stack.configure(configuration);
    const said = await complaint();
    const [command = ""] = /govc tags\.detach -c '[^']*' '[^']*' '[^']*'/.exec(said) ?? [];
    const { exitCode, output } = await stack.command("sh", ["-c", command]);
    assert.equal(exitCode, 0, output);
    await stack.acceptedPreview();
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
  });
});
